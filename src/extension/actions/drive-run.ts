import { l10n, window } from 'vscode';
import { late } from '../late-door.ts';
import type { ForeignDriver, LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { carryOut } from './carry-out.ts';
import { shortRun } from './short-run.ts';
import { tellFailure } from './tell-failure.ts';
import { whatStays } from './what-stays.ts';

export async function pauseRun(parts: ActionParts, run: LiveRun): Promise<void> {
  await carryOut(parts, run, { type: 'pause' });
}

/** Ends a pause, and takes the run over where nobody drives it. */
export async function resumeRun(
  parts: ActionParts,
  run: LiveRun,
  gone?: ForeignDriver,
): Promise<void> {
  const began = await parts.runs.resume(run.key, gone);
  if (began.ok) return;
  const { foreign } = began;
  if (foreign === undefined) tellFailure(parts, began, () => resumeRun(parts, run, gone));
  else if (await late().hasEnded(run, foreign)) await resumeRun(parts, run, foreign);
}

export async function cancelRun(parts: ActionParts, run: LiveRun): Promise<void> {
  const yes = l10n.t('Cancel the Run');
  const answer = await window.showWarningMessage(
    l10n.t('Cancel run {0}?', shortRun(run.key.run)),
    { modal: true, detail: whatStays(run.replayed?.state.sealed ?? 0) },
    yes,
  );
  if (answer !== yes) return;
  await carryOut(parts, run, { type: 'cancel', reason: 'cancelled on the board' });
}
