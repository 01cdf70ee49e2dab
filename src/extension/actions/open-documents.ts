import { l10n, window } from 'vscode';
import { moduleState } from '../../core/lookup.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { plainLabel } from '../native/shown-text.ts';
import { pickModule } from './pick-module.ts';

/** Which version of which module's contract; only what is not known is asked. */
export async function openContract(
  parts: ActionParts,
  run: LiveRun,
  known: ModuleId | null,
): Promise<void> {
  const title = l10n.t('Open the contract of which module?');
  const module = known ?? (await pickModule(parts, run, title, () => true));
  const state = run.replayed?.state;
  if (module === null || state === undefined) return;
  const { version, history } = moduleState(state, module).contract;
  if (version === 1) return parts.documents.openContract(run, module, 1);
  const items = history.toReversed().map((each) => ({
    label: `v${each.version}`,
    description: each.version === version ? l10n.t('as it is') : '',
    detail: plainLabel(each.reason),
    version: each.version,
  }));
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which version of {0}?', module),
  });
  if (picked !== undefined) await parts.documents.openContract(run, module, picked.version);
}

export async function transcriptFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const title = l10n.t('Open a transcript of which module?');
  const module = await pickModule(parts, run, title, () => true);
  if (module !== null) await openTranscript(parts, run, module);
}

/** Of the agents that worked on a module; asks which where there were several, the latest first. */
export async function openTranscript(
  parts: ActionParts,
  run: LiveRun,
  module: ModuleId,
): Promise<void> {
  const { listTranscripts, runFolder } = run.engine;
  const folder = runFolder(run.folder.uri.fsPath, run.key.run);
  const rows = (await listTranscripts(folder, module, null)).toReversed();
  const [only, ...others] = rows;
  if (only === undefined) {
    parts.refused(l10n.t('No agent of {0} has left a transcript.', module));
    return;
  }
  if (others.length === 0) return parts.documents.openTranscript(run, only.file);
  const items = rows.map(({ role, attempt, order, agent, file }) => {
    const detail =
      agent > 1 ? l10n.t('event {0}, agent {1}', order, agent) : l10n.t('event {0}', order);
    return { label: role, description: `${attempt}`, detail, file };
  });
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which transcript of {0}?', module),
  });
  if (picked !== undefined) await parts.documents.openTranscript(run, picked.file);
}
