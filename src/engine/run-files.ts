import type { RunEvent } from '../core/events.ts';
import { modulePlan } from '../core/graph.ts';
import { noTree, type Digest, type GateId, type ModuleId, type TreeId } from '../core/ids.ts';
import { moduleNode, moduleState } from '../core/lookup.ts';
import { matchesAny } from '../core/paths.ts';
import { askedBefore, handedIn, hasAsked, type Side } from '../core/projections/handed-in.ts';
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
  /** What stands on the left. */
  readonly against: Side;
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
 * What a submission is compared with; without `side` the seal that the module had when it was handed in,
 * or else what the base holds in the module's paths. Throws where there is no such tree or side.
 */
export function submissionComparison(
  state: RunState,
  events: readonly RunEvent[],
  module: ModuleId,
  tree: TreeId,
  side?: Side,
): Comparison {
  const { owns } = modulePlan(state.plan, moduleNode(state, module));
  const submission = handedIn(events, module).find((each) => each.tree === tree);
  if (submission === undefined) throw new Error(`${module} never handed in ${tree.slice(0, 7)}`);
  const against = side ?? (submission.seal === null ? 'base' : 'seal');
  const before = against === 'base' ? state.base.tree : submission[against];
  if (before === null) {
    const lacks = against === 'seal' ? 'no seal' : 'handed in nothing';
    throw new Error(`${module} had ${lacks} before ${tree.slice(0, 7)}`);
  }
  return { before, after: tree, within: (path) => matchesAny(owns, path), against };
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

/** What an approval gate asks about; it may have asked about another submission since. */
export interface Asked {
  readonly gate: GateId;
  readonly submission: Digest;
}

/**
 * What an approval gate asked about, against the base or what it asked about before; null where it never
 * asked about that.
 */
export async function approvalComparison(
  store: Store,
  { state, events }: { readonly state: RunState; readonly events: readonly RunEvent[] },
  { gate, submission }: Asked,
  side: Exclude<Side, 'seal'> = 'base',
): Promise<Comparison | null> {
  if (!hasAsked(events, gate, submission)) return null;
  const after = await subjectTree(store, state, submission);
  if (side === 'base') {
    return { before: state.base.tree, after, within: everything, against: side };
  }
  const earlier = askedBefore(events, gate, submission);
  if (earlier === null) throw new Error(`gate ${gate} has not asked before`);
  const before = await subjectTree(store, state, earlier);
  return { before, after, within: everything, against: side };
}

/** What an approval brings: the first files, how many in all, and how many changed since it asked before. */
export async function approvalFiles(
  store: Store,
  run: { readonly state: RunState; readonly events: readonly RunEvent[] },
  asked: Asked,
): Promise<{
  readonly files: readonly Pick<FileDiff, 'path' | 'added' | 'removed'>[];
  readonly count: number;
  readonly changed: number | null;
}> {
  const { gate, submission } = asked;
  const comparison = await approvalComparison(store, run, asked);
  if (comparison === null) throw new Error(`gate ${gate} never asked about this submission`);
  const { before, after } = comparison;
  const earlier = askedBefore(run.events, gate, submission);
  const since = earlier === null ? null : await subjectTree(store, run.state, earlier);
  const changed = since === null ? null : (await changedEntries(store, since, after)).length;
  const count = (await changedEntries(store, before, after)).length;
  const files = (await treeDiff(store, before, after)).map(({ path, added, removed }) => ({
    ...{ path, added, removed },
  }));
  return { files, count, changed };
}

async function subjectTree(store: Store, state: RunState, subject: Digest): Promise<TreeId> {
  // Written by us, and held against its digest when it is read.
  return ((await store.readJson(state.run, subject)) as { readonly tree: TreeId }).tree;
}

/** The files on both sides of a comparison, for the editor's own diff. */
export async function comparedFiles(
  store: Store,
  { before, after, within }: Omit<Comparison, 'against'>,
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

/** A file of a sealed version: of what it promised, of the tests that decided, or of what was sealed. */
export interface SealedFile {
  readonly part: 'contract' | 'tests' | 'files';
  readonly tree: TreeId;
  /** Within the tree. */
  readonly path: string;
  /** Root-relative. */
  readonly name: string;
}

/** More than anybody picks from. */
const maxSealedFiles = 2_000;

/** What a person can read of a sealed version: what was handed in first, then what it was held to. */
export async function sealedFiles(
  store: Store,
  state: RunState,
  module: ModuleId,
  { tree, version }: { readonly tree: TreeId; readonly version: number },
): Promise<SealedFile[]> {
  const { owns } = modulePlan(state.plan, moduleNode(state, module));
  const own = (await store.listTree(tree)).filter(({ path }) => matchesAny(owns, path));
  const files = own.map(({ path }): SealedFile => ({ part: 'files', tree, path, name: path }));
  const contract = contractTreeOf(state, module, version);
  const promised = contract === null || contract === noTree ? [] : await store.listTree(contract);
  const parts = (['contract', 'tests'] as const).flatMap((part) =>
    promised
      .filter(({ path }) => path.startsWith(`${part}/`))
      .map(({ path }): SealedFile => {
        return { part, tree: contract ?? noTree, path, name: path.slice(part.length + 1) };
      }),
  );
  return [...files, ...parts].slice(0, maxSealedFiles);
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
