import type { RunEvent } from '../core/events.ts';
import { modulePlan } from '../core/graph.ts';
import { noTree, type Digest, type GateId, type ModuleId, type TreeId } from '../core/ids.ts';
import { gateState, moduleNode, moduleState } from '../core/lookup.ts';
import { matchesAny } from '../core/paths.ts';
import type { RunState } from '../core/state.ts';
import type { ListedTest } from '../core/verdict.ts';
import { listingOfContract } from './perform/contract-text.ts';
import { maxChangedFiles, changedEntries, treeDiff, type FileDiff } from './store/tree-diff.ts';
import { isFile } from './store/tree-entry.ts';
import type { Store } from './store/store.ts';

/** Two sides of a comparison; a side is null where there is nothing on it. */
export interface Comparison {
  readonly before: TreeId | null;
  readonly after: TreeId;
  /** What of the two is compared. */
  readonly within: (path: string) => boolean;
  /** What stands on the left, in a word or two. */
  readonly against: string;
}

const maxContractChars = 64_000;
const everything = (): boolean => true;

/** The contract's tree in a version; null where the module never had that one. */
export function contractTreeOf(state: RunState, module: ModuleId, version: number): TreeId | null {
  if (version < 1) return null;
  const { contract } = moduleState(state, module);
  if (contract.version === version) return contract.tree;
  return contract.history.find((each) => each.version === version)?.tree ?? null;
}

/** A contract's Markdown in version `to`, and what makes it differ from version `from`. */
export async function compareContract(
  store: Store,
  state: RunState,
  module: ModuleId,
  versions: { readonly from: number; readonly to: number },
): Promise<{ readonly text: string; readonly files: readonly FileDiff[] }> {
  const before = contractTreeOf(state, module, versions.from);
  const after = contractTreeOf(state, module, versions.to);
  if (after === null) throw new Error(`${module} has no contract v${versions.to}`);
  const { file } = modulePlan(state.plan, moduleNode(state, module)).contract;
  const text = (await store.readFile(after, `contract/${file}`))?.toString('utf8') ?? '';
  const files = before === after ? [] : await treeDiff(store, before, after);
  return { text: text.slice(0, maxContractChars), files };
}

/** The tests of the current version; none while they are being listed. */
export async function contractTests(
  store: Store,
  state: RunState,
  module: ModuleId,
): Promise<readonly ListedTest[]> {
  const { contract } = moduleState(state, module);
  if (contract.listing === null) return [];
  return listingOfContract({ store, run: state.run }, contract);
}

/**
 * What a submission is compared with: the seal that the module had when it was handed in, or else
 * what the base holds in the module's paths. Throws where the module never handed in that tree.
 */
export function submissionComparison(
  state: RunState,
  events: readonly RunEvent[],
  module: ModuleId,
  tree: TreeId,
): Comparison {
  const { owns } = modulePlan(state.plan, moduleNode(state, module));
  let seal: TreeId | null = null;
  let found: Pick<Comparison, 'before' | 'against'> | null = null;
  for (const event of events) {
    if (!('module' in event) || event.module !== module) continue;
    if (event.type === 'submission-received' && event.tree === tree && found === null) {
      found =
        seal === null
          ? { before: state.base.tree, against: 'base' }
          : { before: seal, against: 'seal' };
    }
    if (event.type === 'module-sealed' || event.type === 'seal-adopted') {
      if (event.tree === tree && found === null) {
        found = { before: state.base.tree, against: 'base' };
      }
      seal = event.tree;
    }
  }
  if (found === null) throw new Error(`${module} never handed in ${tree.slice(0, 7)}`);
  return { ...found, after: tree, within: (path) => matchesAny(owns, path) };
}

/** The files of a submission, line by line. */
export function compareSubmission(
  store: Store,
  state: RunState,
  events: readonly RunEvent[],
  submission: { readonly module: ModuleId; readonly tree: TreeId },
): Promise<readonly FileDiff[]> {
  const comparison = submissionComparison(state, events, submission.module, submission.tree);
  return treeDiff(store, comparison.before, comparison.after, comparison.within);
}

/** What an approval gate asks about, against the base; null where it asks nothing and was told nothing. */
export async function approvalComparison(
  store: Store,
  state: RunState,
  gate: GateId,
): Promise<Comparison | null> {
  const { life } = gateState(state, gate);
  if (!('submission' in life)) return null;
  const after = await subjectTree(store, state, life.submission);
  return { before: state.base.tree, after, within: everything, against: 'base' };
}

async function subjectTree(store: Store, state: RunState, subject: Digest): Promise<TreeId> {
  // Written by us, and held against its digest when it is read.
  return ((await store.readJson(state.run, subject)) as { readonly tree: TreeId }).tree;
}

/** The files on both sides of a comparison, for the editor's own diff. */
export async function comparedFiles(
  store: Store,
  { before, after, within }: Comparison,
): Promise<{
  readonly files: readonly {
    readonly path: string;
    readonly inBefore: boolean;
    readonly inAfter: boolean;
  }[];
  /** How many there are in all. */
  readonly count: number;
}> {
  const changed = await changedEntries(store, before, after, within);
  const files = changed.slice(0, maxChangedFiles).map((entry) => ({
    path: entry.path,
    inBefore: entry.before !== null,
    inAfter: entry.after !== null,
  }));
  return { files, count: changed.length };
}

/** Where a piece of evidence points to: a file of the contract's tests, of what was judged, or of the base. */
export async function evidencePlace(
  store: Store,
  state: RunState,
  events: readonly RunEvent[],
  about: { readonly module: ModuleId; readonly tree: TreeId | null; readonly file: string },
): Promise<{ readonly tree: TreeId; readonly path: string } | null> {
  const { module, tree, file } = about;
  const version = events.findLast(
    (event) =>
      event.type === 'submission-received' && event.module === module && event.tree === tree,
  );
  const contract =
    (version?.type === 'submission-received'
      ? contractTreeOf(state, module, version.version)
      : null) ?? moduleState(state, module).contract.tree;
  const places = [
    { tree: contract, path: `tests/${file}` },
    { tree: contract, path: `contract/${file}` },
    ...(tree === null ? [] : [{ tree, path: file }]),
    { tree: state.base.tree, path: file },
  ];
  for (const place of places) {
    if (place.tree === noTree) continue;
    const entries = await store.listTree(place.tree);
    if (entries.some(({ path, mode }) => path === place.path && isFile(mode))) return place;
  }
  return null;
}
