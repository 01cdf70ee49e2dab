import { l10n, window } from 'vscode';
import { conflictOf } from '../../core/conflict.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { carryOut } from './carry-out.ts';
import { disputeWords, rulingChoices } from './dispute-words.ts';
import { shortRun } from './short-run.ts';

type Escalated = Extract<NeedsYou, { readonly kind: 'escalated' }>;

/** Asks how a dispute that waits for a person ends, and why; `module`: whose, where that was chosen. */
export async function decideDispute(
  parts: ActionParts,
  run: LiveRun,
  module?: ModuleId,
): Promise<void> {
  const need = await pickDispute(parts, run, module);
  const dispute = need?.dispute ?? null;
  if (need === null || dispute === null) return;
  const { state } = run.replayed ?? {};
  if (state === undefined) return;
  const { conflict, rulings } = dispute;
  const about = conflictOf(state, conflict);
  const words = disputeWords(about);
  const look = {
    label: l10n.t('Look at it first'),
    description: l10n.t('on the board'),
    detail: words,
  };
  const picked = await window.showQuickPick(
    [...rulingChoices(about, rulings), { ...look, ruling: null }],
    {
      ignoreFocusOut: true,
      title: l10n.t('How does the dispute about {0} end?', need.module),
      placeHolder: words,
    },
  );
  if (picked === undefined) return;
  if (picked.ruling === null) return parts.boards.open(run.key, { view: 'gates' });
  const reason = await window.showInputBox({
    title: l10n.t('{0}: why?', picked.label),
    prompt: l10n.t('{0} Whoever works on the module next reads your reason.', words),
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? l10n.t('Say in a sentence why.') : null),
  });
  if (reason === undefined) return;
  const request = { type: 'resolve', conflict, decision: picked.ruling, reason } as const;
  await carryOut(parts, run, request);
}

async function pickDispute(
  { refused }: ActionParts,
  run: LiveRun,
  module: ModuleId | undefined,
): Promise<Escalated | null> {
  const state = run.replayed?.state;
  const open = state === undefined ? [] : run.engine.needsYou(state).filter(isDispute);
  if (module !== undefined) {
    const its = open.find((need) => need.module === module);
    if (its === undefined) refused(l10n.t('No dispute about {0} waits for you now.', module));
    return its ?? null;
  }
  if (open.length === 0) {
    refused(l10n.t('No dispute of run {0} waits for you now.', shortRun(run.key.run)));
    return null;
  }
  const picked = await window.showQuickPick(
    open.map((need) => ({
      ...{ label: need.module, description: plainLabel(need.says), need },
      detail: plainLabel(need.detail),
    })),
    { ignoreFocusOut: true, title: l10n.t('Decide which dispute?') },
  );
  return picked?.need ?? null;
}

const isDispute = (need: NeedsYou): need is Escalated =>
  need.kind === 'escalated' && need.dispute !== null;
