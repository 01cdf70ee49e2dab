import { l10n, window } from 'vscode';
import { plainMessage } from '../native/shown-text.ts';
import type { ForeignDriver, LiveRun } from '../runs/runs.ts';
import { shortRun } from './short-run.ts';

/** Whether a person knows that the process on another host, which holds the run's lock, has ended. */
export async function hasEnded(run: LiveRun, { pid, host }: ForeignDriver): Promise<boolean> {
  const where = plainMessage(host, 100);
  const yes = l10n.t('Take Over');
  const answer = await window.showWarningMessage(
    l10n.t('Take run {0} over from {1}?', shortRun(run.key.run), where),
    {
      modal: true,
      detail: l10n.t(
        'Process {0} on {1} drives this run, as its lock says; whether it still does cannot be seen from here. Take the run over only if you know that it has ended. If it has not, it stops at its next step, and what its agents are doing is done again.',
        pid,
        where,
      ),
    },
    yes,
  );
  return answer === yes;
}
