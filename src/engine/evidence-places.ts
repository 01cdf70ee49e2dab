import { noTree, parseNodeRef, type ModuleId, type NodeRef, type TreeId } from '../core/ids.ts';
import { kindOf, modulesBelow } from '../core/graph.ts';
import { nodeOfRef } from '../core/projections/node-words.ts';
import type { RunState } from '../core/state.ts';
import { contractTreeOf } from './run-files.ts';
import type { Store } from './store/store.ts';
import { isFile } from './store/tree-entry.ts';

/** A file of the store that evidence points to. */
export interface EvidenceFile {
  readonly tree: TreeId;
  /** In that tree. */
  readonly path: string;
  /** In the workspace, where the same file would lie. */
  readonly workspacePath: string;
  /** Of its content. */
  readonly oid: string;
  /** True where it is part of what was handed in. */
  readonly handedIn: boolean;
}

/** What a verdict was about, as far as places depend on it. */
export interface Judged {
  readonly gate: NodeRef;
  readonly of: { readonly version: number; readonly tree: TreeId } | null;
}

/**
 * Where files that a verdict names lie: among the contract's tests, in what was handed in or, for a
 * tier or a gate, in the seals below it, or else in the base. A file that lies in none of them has no
 * place: names come from agents and checks. `first` is the first file of what was handed in.
 */
export async function evidenceFiles(
  store: Store,
  state: RunState,
  judged: Judged,
  files: readonly string[],
): Promise<{
  readonly found: ReadonlyMap<string, EvidenceFile>;
  readonly first: EvidenceFile | null;
}> {
  const wanted = new Set(files);
  const found = new Map<string, EvidenceFile>();
  let first: EvidenceFile | null = null;
  for (const { tree, below, handedIn } of placesOf(state, judged)) {
    if (tree === noTree || (found.size === wanted.size && (first !== null || !handedIn))) continue;
    for (const { path, mode, oid } of await store.listTree(tree)) {
      if (!isFile(mode) || !path.startsWith(below)) continue;
      const workspacePath = path.slice(below.length);
      const file = { tree, path, workspacePath, oid, handedIn };
      if (handedIn) first ??= file;
      if (wanted.has(workspacePath) && !found.has(workspacePath)) found.set(workspacePath, file);
    }
  }
  return { found, first };
}

interface Place {
  readonly tree: TreeId;
  /** The folder of it that stands for the root. */
  readonly below: string;
  readonly handedIn: boolean;
}

/** Of a gate of very many modules only so many seals are looked through. */
const maxSeals = 200;

function placesOf(state: RunState, { gate, of }: Judged): Place[] {
  const base = { tree: state.base.tree, below: '', handedIn: false };
  const node = nodeOfRef(state.graph, gate);
  if (node === null) return [base];
  if (kindOf(state.graph, node) !== 'module') {
    const seals = modulesBelow(state.graph, node).map((each) => state.modules.get(each).seal);
    const trees = seals.flatMap((seal) => (seal === null ? [] : [seal.tree]));
    return [base, ...trees.slice(0, maxSeals).map((tree) => ({ ...base, tree }))];
  }
  const id = parseNodeRef(gate).id as ModuleId;
  const { contract } = state.modules.get(node);
  const version = of?.version ?? contract.version;
  const tests = { tree: contractTreeOf(state, id, version) ?? contract.tree, handedIn: false };
  const submission = of === null ? [] : [{ tree: of.tree, below: '', handedIn: true }];
  const contractPlaces = [
    { ...tests, below: 'tests/' },
    { ...tests, below: 'contract/' },
  ];
  return [...contractPlaces, ...submission, base];
}
