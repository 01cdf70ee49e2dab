import { ProgressLocation, window } from 'vscode';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import { engine } from '../engine-door.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { sentence } from './sentence.ts';
import { shortRun } from './short-run.ts';

const maxProblems = 100;

/** Whether the run is as it was recorded; what is not is in the output. */
export async function verifyRun({ log, refused }: ActionParts, run: LiveRun): Promise<void> {
  const name = shortRun(run.key.run);
  const verified = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Verifying run ${name}` },
    async () => {
      const { verifyRun: verify } = await engine();
      return verify(run.folder.uri.fsPath, run.key.run);
    },
  );
  if (!verified.ok) {
    refused(sentence(verified.message));
    return;
  }
  const { problems, checked } = verified;
  const what = `${counted(checked.events, 'event')} and ${counted(checked.seals, 'seal')}`;
  if (problems.length === 0) {
    void window.showInformationMessage(
      `Run ${name} is whole: ${what}. That finds accidents and edits, not somebody who rewrote all of it.`,
    );
    return;
  }
  for (const problem of problems.slice(0, maxProblems)) {
    log.error(`run ${name}: ${oneLine(problem, 300)}`);
  }
  const show = 'Show Output';
  const found = `${counted(problems.length, 'problem')} in ${what}`;
  const answer = await window.showErrorMessage(
    `Run ${name} is not as it was recorded: ${found}.`,
    show,
  );
  if (answer === show) log.show(true);
}
