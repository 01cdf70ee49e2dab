import { l10n, window } from 'vscode';
import type { RunState } from '../../core/state.ts';
import type { AskedGate } from '../native/notice.ts';
import { plainMessage } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { approve, approveFromPalette } from './decide-gate.ts';
import { openGates } from './open-gates.ts';

/**
 * From a notification, which no extension can take back: what it told of may be decided by now, on the
 * board or by somebody else. Then that is said, and nothing else is approved instead.
 */
export async function approveTold(
  parts: ActionParts,
  run: LiveRun,
  told: readonly AskedGate[],
): Promise<void> {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const open = openGates(state).filter(({ gate, submission, refused }) =>
    told.some((each) => !refused && each.gate === gate && each.submission === submission),
  );
  const [first] = open;
  if (first === undefined) await sayDecided(parts, run, state, told);
  else if (open.length === 1) await approve(parts, run, first, true);
  else await approveFromPalette(parts, run);
}

async function sayDecided(
  parts: ActionParts,
  run: LiveRun,
  state: RunState,
  told: readonly AskedGate[],
): Promise<void> {
  const says = told.map((each) => whatBecame(state, each)).join(' ');
  const board = l10n.t('Open Board');
  const answer = await window.showInformationMessage(plainMessage(says), board);
  if (answer === board) await parts.boards.open(run.key, { view: 'gates' });
}

/** What became of a gate that asked about a submission. */
function whatBecame({ gates }: RunState, { gate, submission }: AskedGate): string {
  const life = [...gates].find(({ id }) => id === gate)?.life;
  if (life === undefined) return l10n.t('The plan has no gate {0} any more.', gate);
  const asks = 'submission' in life ? life.submission : null;
  if (life.at === 'asked') {
    return asks === submission
      ? l10n.t('Gate {0} still waits for your decision.', gate)
      : l10n.t('Gate {0} asks about a newer submission by now: look at that first.', gate);
  }
  if (asks === submission && life.at === 'approved') {
    return l10n.t('Gate {0} is decided already: {1} approved it.', gate, life.by);
  }
  if (asks === submission && life.at === 'refused') {
    return l10n.t('Gate {0} is decided already: {1} refused it.', gate, life.by);
  }
  return l10n.t('Gate {0} does not ask about this any more.', gate);
}
