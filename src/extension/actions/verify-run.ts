import { l10n, ProgressLocation, window } from 'vscode';
import { plural } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { engine } from '../engine-door.ts';
import { say } from '../native/say.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { sentence } from './sentence.ts';
import { shortRun } from './short-run.ts';

const maxProblems = 100;

/** Whether the run is as it was recorded; what is not is in the output. */
export async function verifyRun({ log, refused }: ActionParts, run: LiveRun): Promise<void> {
  const name = shortRun(run.key.run);
  const verified = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Verifying run {0}', name) },
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
  const what = l10n.t(
    '{0} and {1}',
    plural(checked.events, '{0} event', '{0} events'),
    plural(checked.seals, '{0} seal', '{0} seals'),
  );
  if (problems.length === 0) {
    say(
      log,
      'info',
      l10n.t(
        'Run {0} is whole: {1}. That finds accidents and edits, not somebody who rewrote all of it.',
        ...[name, what],
      ),
    );
    return;
  }
  for (const problem of problems.slice(0, maxProblems)) {
    log.error(`run ${name}: ${oneLine(problem, 300)}`);
  }
  const show = l10n.t('Show Output');
  const says = plural(
    problems.length,
    'Run {1} is not as it was recorded: {0} problem in {2}.',
    'Run {1} is not as it was recorded: {0} problems in {2}.',
    ...[name, what],
  );
  const answer = await window.showErrorMessage(says, show);
  if (answer === show) log.show(true);
}
