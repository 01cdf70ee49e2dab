import { l10n, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { RunKey } from '../../protocol/board.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { retryProvider } from '../actions/switch-agents.ts';
import { shortRun } from '../actions/short-run.ts';
import { sentence } from '../actions/sentence.ts';
import { tellFailure } from '../actions/tell-failure.ts';
import { settings } from '../contributions.ts';
import { late } from '../late-door.ts';
import { keyText } from '../runs/run-place.ts';
import type { LiveRun } from '../runs/runs.ts';
import { nextNotice, toldOf, withTold, type Notice, type Told } from './notice.ts';
import { ask, outputButton, say, type Button } from './say.ts';
import { watchCurrent, type Ending } from './watch-current.ts';

/** The number is that of its shape. */
const toldKey = 'ashlar.toldNeeds.1';

type Parts = ActionParts;

/** One notification when a person becomes needed, and one for a run that was left unfinished. */
export function notify(parts: Parts): Ending[] {
  const { runs, context } = parts;
  const offered = new Set<string>();
  return [
    watchCurrent(runs, { changed: (run) => run !== null && tellNeeds(parts, context, run) }),
    runs.onDidChange(() => offerInterrupted(parts, offered)),
    runs.onDidStop(({ key, message }) => {
      // It is interrupted by that; one offer to go on is enough.
      offered.add(keyText(key));
      const text = l10n.t(
        'Run {0} stopped: {1}',
        ...[shortRun(key.run), sentence(oneLine(message, 300))],
      );
      ask(parts.log, 'error', text, [
        [l10n.t('Go On'), () => goOn(parts, key)],
        outputButton(parts.log),
      ]);
    }),
  ];
}

function tellNeeds(parts: Parts, { workspaceState }: ExtensionContext, run: LiveRun): void {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const before = workspaceState.get<Told>(toldKey, []);
  const name = keyText(run.key);
  const known = toldOf(before, name);
  const { told, notice } = nextNotice(known, run.engine.needsYou(state));
  if (told.join() !== known.join()) {
    void workspaceState.update(toldKey, withTold(before, name, told));
  }
  if (notice === null) return;
  const section = workspace.getConfiguration(settings.section, run.folder.uri);
  if (section.get<boolean>(settings.notifyWhenNeeded) !== false) tell(parts, run, notice);
}

function tell(parts: Parts, { key }: LiveRun, { says, approvals, canRetry }: Notice): void {
  // The notification may be older than what is current by now: it is about its own run.
  const withRun = (act: (run: LiveRun) => Promise<void>) => async (): Promise<void> => {
    const run = await parts.runs.follow(key);
    if (run !== null) await act(run);
    else say(parts.log, 'error', l10n.t('There is no run {0} any more.', key.run));
  };
  const approve: Button = [
    l10n.t('Approve…'),
    withRun((run) => late().approveTold(parts, run, approvals)),
  ];
  const retry: Button = [l10n.t('Try Again'), withRun((run) => retryProvider(parts, run))];
  const open: Button = [l10n.t('Open Board'), () => parts.boards.open(key, { view: 'gates' })];
  ask(parts.log, 'warning', l10n.t('Ashlar, run {0}: {1}', shortRun(key.run), says), [
    ...(approvals.length > 0 ? [approve] : []),
    ...(canRetry ? [retry] : []),
    open,
  ]);
}

function offerInterrupted(parts: Parts, offered: Set<string>): void {
  if (!workspace.isTrusted) return;
  const { interrupted } = parts.runs;
  const names = new Set(interrupted.map(keyText));
  // Whatever goes on may be interrupted again.
  for (const name of offered) if (!names.has(name)) offered.delete(name);
  for (const key of interrupted) {
    const name = keyText(key);
    if (offered.has(name)) continue;
    offered.add(name);
    ask(
      parts.log,
      'info',
      l10n.t('Run {0} was interrupted. Nothing that was sealed is lost.', shortRun(key.run)),
      [
        [l10n.t('Go On'), () => goOn(parts, key)],
        [l10n.t('Open Board'), () => parts.boards.open(key)],
        [l10n.t('Not Now'), () => undefined],
      ],
    );
  }
}

async function goOn(parts: Parts, key: RunKey): Promise<void> {
  const began = await parts.runs.resume(key);
  if (began.ok) return;
  const refused = (says: string): void => say(parts.log, 'error', says);
  tellFailure({ ...parts, refused }, began, () => goOn(parts, key));
}
