import { window } from 'vscode';
import { moduleState } from '../../core/lookup.ts';
import type { ModuleState } from '../../core/state.ts';
import type { TreeId } from '../../core/ids.ts';
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

/** What a module last handed in, as far as the run still speaks of it. */
function treeOf({ life, seal, formerSeal }: ModuleState): TreeId | null {
  if (life.at === 'submitted' || life.at === 'evaluating') return life.submission.tree;
  return seal?.tree ?? formerSeal?.tree ?? null;
}
