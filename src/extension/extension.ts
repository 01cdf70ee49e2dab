import { window, workspace, type ExtensionContext } from 'vscode';
import { setLanguage } from '../core/language.ts';
import type { ActionParts } from './actions/action-parts.ts';
import { registerCommands } from './actions/register-commands.ts';
import { finishExample } from './actions/run-example.ts';
import { modelPlaces } from './agents/model-places.ts';
import { windowEditorModels } from './agents/window-models.ts';
import { registerBoards } from './board/boards.ts';
import { comparisonViewType } from './contributions.ts';
import { createDocuments } from './documents/documents.ts';
import { createRunFiles } from './documents/run-files.ts';
import { createDrafts } from './drafts/drafts.ts';
import { engine } from './engine-door.ts';
import { editorLanguage } from './language.ts';
import { late } from './late-door.ts';
import { keepContextKeys } from './native/context-keys.ts';
import { onLoadFailure, tellLoadFailure } from './native/load-failure.ts';
import { notify } from './native/notifications.ts';
import { keepOutput } from './native/output.ts';
import { offerTools } from './native/offer-tools.ts';
import { showStatus } from './native/status-bar.ts';
import { whenRun } from './native/when-run.ts';
import { createPlans } from './plan/create-plans.ts';
import { createRuns } from './runs/create-runs.ts';
import { WindowModels } from './runs/models.ts';
import type { Runs } from './runs/runs.ts';

let active: Runs | null = null;

/** Puts the parts together. Nothing of the engine is loaded before somebody needs it. */
export function activate(context: ExtensionContext): void {
  setLanguage(editorLanguage());
  const log = window.createOutputChannel('Ashlar', { log: true });
  context.subscriptions.push(onLoadFailure((failure) => tellLoadFailure(log, failure)));
  const models = new WindowModels(context.secrets, log, windowEditorModels, modelPlaces);
  const runs = createRuns(context, log, models);
  active = runs;
  const files = createRunFiles({ engine, isTrusted: () => workspace.isTrusted });
  context.subscriptions.push(log, models, runs, files);

  const documents = createDocuments(context, runs, files);
  const drafts = createDrafts(context, { runs, files, documents, log });
  const plans = createPlans(context, runs, models, log);
  const boards = registerBoards(context, runs, { drafts, documents, plans, log, files, models });
  const parts = { context, runs, models, drafts, documents, boards, plans, log };
  const fromHere: ActionParts = { ...parts, refused: (message) => boards.refused(message) };
  context.subscriptions.push(
    ...registerCommands(parts),
    window.registerWebviewPanelSerializer(comparisonViewType, {
      deserializeWebviewPanel: (panel, state) => late().restoreComparison(fromHere, panel, state),
    }),
    ...offerTools(fromHere),
    ...showStatus(runs),
    ...notify(fromHere),
    ...keepContextKeys(runs, drafts),
    ...keepOutput(runs, log),
    whenRun(runs, () => late().showVerdicts(fromHere, files)),
  );

  finishExample(fromHere).catch((error: unknown) => log.error(String(error)));
}

/** Waits until every run that is driven here has stopped where it is, so that the next window can go on. */
export async function deactivate(): Promise<void> {
  await active?.stop();
  active = null;
}
