import { window } from 'vscode';
import { moduleState } from '../../core/lookup.ts';
import type { ModuleState } from '../../core/module-state.ts';
import type { ModuleId, TreeId } from '../../core/ids.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { plainLabel } from '../native/shown-text.ts';
import { pickModule } from './pick-module.ts';

export async function contractFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const module = await pickModule(parts, run, 'Open the contract of which module?', () => true);
  const state = run.replayed?.state;
  if (module === null || state === undefined) return;
  const { version, history } = moduleState(state, module).contract;
  if (version === 1) return parts.documents.openContract(run, module, 1);
  const items = history.toReversed().map((each) => ({
    label: `v${each.version}`,
    description: each.version === version ? 'as it is' : '',
    detail: plainLabel(each.reason),
    version: each.version,
  }));
  const picked = await window.showQuickPick(items, { title: `Which version of ${module}?` });
  if (picked !== undefined) await parts.documents.openContract(run, module, picked.version);
}

export async function submissionFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const title = 'Compare the submission of which module?';
  const module = await pickModule(parts, run, title, (each) => treeOf(each) !== null);
  const state = run.replayed?.state;
  if (module === null || state === undefined) return;
  const tree = treeOf(moduleState(state, module));
  if (tree !== null) await parts.documents.diffSubmission(run, module, tree);
}

export async function transcriptFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const title = 'Open a transcript of which module?';
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
    parts.refused(`No agent of ${module} has left a transcript.`);
    return;
  }
  if (others.length === 0) return parts.documents.openTranscript(run, only.file);
  const items = rows.map(({ role, attempt, order, agent, file }) => {
    const which = agent > 1 ? `, agent ${agent}` : '';
    return { label: role, description: `${attempt}`, detail: `event ${order}${which}`, file };
  });
  const picked = await window.showQuickPick(items, { title: `Which transcript of ${module}?` });
  if (picked !== undefined) await parts.documents.openTranscript(run, picked.file);
}

/** What a module last handed in, as far as the run still speaks of it. */
function treeOf({ life, seal, formerSeal }: ModuleState): TreeId | null {
  if (life.at === 'submitted' || life.at === 'evaluating') return life.submission.tree;
  return seal?.tree ?? formerSeal?.tree ?? null;
}
