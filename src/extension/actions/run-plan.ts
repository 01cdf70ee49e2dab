import {
  l10n,
  commands as vscodeCommands,
  ProgressLocation,
  window,
  workspace,
  type CancellationToken,
  type Progress,
  type Uri,
} from 'vscode';
import type { Way } from '../../core/way.ts';
import { settings } from '../contributions.ts';
import { plainMessage } from '../native/shown-text.ts';
import type { Began } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { tellFailure } from './tell-failure.ts';
import { namedPlan, pickAnyPlan, pickPlan } from './pick-plan.ts';
import { isTrusted } from './trust.ts';

export async function choosePlanAndRun(parts: ActionParts, way: Way = 'parallel'): Promise<void> {
  const plan = await pickPlan(parts, l10n.t('Run which plan?'));
  if (plan !== null) await runPlan(parts, plan, way);
}

/** Asked for where no file is meant: what happens to be open in the editor does not count. */
export async function chooseAnyPlanAndRun(parts: ActionParts): Promise<void> {
  const plan = await pickAnyPlan(parts, l10n.t('Run which plan?'));
  if (plan !== null) await runPlan(parts, plan);
}

export async function runNamedPlan(parts: ActionParts, named: string): Promise<void> {
  const plan = namedPlan(parts, named);
  if (plan !== null) await runPlan(parts, plan);
}

/** Holds the plan against the bar and starts it; what was found stays underlined in the file. */
export async function runPlan(parts: ActionParts, plan: Uri, way: Way = 'parallel'): Promise<void> {
  if (!(await isTrusted())) return;
  const began = await startWithProgress(parts, plan, way);
  if (!began.ok && began.code === 'cancelled') return;
  parts.plans.show(plan, began.diagnostics, began.ok || began.code === 'plan-refused');
  if (began.ok) {
    for (const note of began.notes) parts.log.info(note);
    const section = workspace.getConfiguration(settings.section, plan);
    const isWanted = section.get<boolean>(settings.openBoardOnStart) !== false;
    if (isWanted) await parts.boards.open(began.key);
    return;
  }
  tellFailure(parts, began, () => runPlan(parts, plan, way));
  if (began.code === 'plan-refused') {
    await window.showTextDocument(await workspace.openTextDocument(plan));
    await vscodeCommands.executeCommand('workbench.actions.view.problems');
  }
}

/** Contracts are tried for real before anything starts; that can take a while, and be left. */
function startWithProgress({ runs }: ActionParts, plan: Uri, way: Way): Promise<Began> {
  const title = l10n.t('Preparing {0}', plainMessage(workspace.asRelativePath(plan)));
  const where = { location: ProgressLocation.Notification, title, cancellable: true };
  const start = async (progress: Progress<{ message: string }>, token: CancellationToken) => {
    const cancelling = new AbortController();
    const subscriptions = [
      token.onCancellationRequested(() => cancelling.abort()),
      runs.onDidChange(() => {
        if (runs.starting === null) return;
        progress.report({ message: plainMessage(runs.starting.says, 120) });
      }),
    ];
    try {
      return await runs.start(plan, cancelling.signal, way);
    } finally {
      for (const each of subscriptions) each.dispose();
    }
  };
  return Promise.resolve(window.withProgress(where, start));
}
