import { l10n, ProgressLocation, RelativePattern, window, workspace } from 'vscode';
import {
  commands as vscodeCommands,
  type ExtensionContext,
  type LogOutputChannel,
  type Uri,
} from 'vscode';
import { heard } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { CheckedPlan } from '../../engine/check-plan.ts';
import { sentence } from '../actions/sentence.ts';
import { planLanguageSelector, previewViewType, settings } from '../contributions.ts';
import { engine } from '../engine-door.ts';
import { late } from '../late-door.ts';
import { ask, say } from '../native/say.ts';
import { plainMessage } from '../native/shown-text.ts';
import type { WindowModels } from '../runs/models.ts';
import type { Runs } from '../runs/runs.ts';
import { checkOutcome } from './check-words.ts';
import { PlanDiagnostics } from './plan-diagnostics.ts';
import { registerPlanFixes } from './plan-fixes.ts';
import { registerPlanLanguage } from './plan-languages.ts';
import type { Plans } from './plans.ts';

const maxPlans = 200;
const leftOut = '{**/node_modules/**,**/.ce-workspace/**}';

/** Registers all that plan files get from the editor. */
export function createPlans(
  context: ExtensionContext,
  runs: Runs,
  models: WindowModels,
  log: LogOutputChannel,
): Plans {
  const diagnostics = new PlanDiagnostics(log);
  const { extensionUri } = context;
  const parts = { extensionUri, runs, log };
  context.subscriptions.push(
    diagnostics,
    window.registerWebviewPanelSerializer(previewViewType, {
      deserializeWebviewPanel: async (panel, state) => {
        await runs.ready;
        late().restorePreview(panel, state, parts);
      },
    }),
    registerPlanFixes(diagnostics),
    ...registerPlanLanguage(runs),
  );
  return {
    find: findPlans,
    check: (plan) => check(plan, diagnostics, models, log),
    preview: (plan) => late().previewPlan(plan, parts),
    show: (plan, found, isWhole) => {
      if (isWhole) diagnostics.show(plan, found);
    },
  };
}

async function findPlans(): Promise<Uri[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const found = await Promise.all(
    folders.map((folder) => {
      const pattern = new RelativePattern(folder, planLanguageSelector.pattern);
      return workspace.findFiles(pattern, leftOut, maxPlans);
    }),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** With its files, and with its contracts tried on their stubs for real. */
async function check(
  plan: Uri,
  diagnostics: PlanDiagnostics,
  models: WindowModels,
  log: LogOutputChannel,
): Promise<void> {
  const folder = workspace.getWorkspaceFolder(plan);
  if (folder === undefined) return;
  const document = await workspace.openTextDocument(plan);
  if (document.isDirty && !(await document.save())) {
    say(log, 'error', l10n.t('The plan could not be saved, and what is saved is checked.'));
    return;
  }
  const { version } = document;
  const section = workspace.getConfiguration(settings.section, plan);
  const name = plainMessage(workspace.asRelativePath(plan));
  const where = {
    location: ProgressLocation.Notification,
    title: l10n.t('Checking {0}', name),
    cancellable: true,
  };
  const checked = await window.withProgress(
    where,
    async (progress, token): Promise<CheckedPlan | null> => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const { checkPlan } = await engine();
      const { service } = await models.options();
      try {
        return await checkPlan({
          workspace: folder.uri.fsPath,
          planFile: plan.fsPath,
          base: section.get<string>(settings.base) === 'HEAD' ? 'HEAD' : 'work-tree',
          sandbox: sandboxMode(section.get(settings.sandbox)),
          signal: abort.signal,
          service,
          onProgress: (says) => progress.report({ message: plainMessage(says, 120) }),
        });
      } catch (error) {
        if (abort.signal.aborted) return null;
        throw error;
      }
    },
  );
  if (checked === null) return;
  if (!checked.ok) {
    say(log, 'error', sentence(heard(checked.message, checked.words)));
    return;
  }
  diagnostics.show(plan, checked.diagnostics, version);
  for (const note of checked.notes) log.info(`${name}: ${oneLine(note, 1_000)}`);
  const { isFit, says } = checkOutcome(checked);
  if (isFit) {
    say(log, 'info', `${name}: ${says}`);
    return;
  }
  const show = l10n.t('Show Problems');
  ask(log, 'error', `${name}: ${says}`, [
    [show, () => vscodeCommands.executeCommand('workbench.actions.view.problems')],
  ]);
}

/** Settings are written by hand: what is none of the words counts as the default. */
function sandboxMode(value: unknown): 'prefer' | 'require' | 'off' {
  return value === 'require' || value === 'off' ? value : 'prefer';
}
