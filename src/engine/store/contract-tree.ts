import type { TreeId } from '../../core/ids.ts';
import { matchesAny, patternPrefix } from '../../core/paths.ts';
import type { ContractPlan } from '../../core/plan/plan.ts';
import { overlay } from './overlay.ts';
import type { Store } from './store.ts';
import { isFile, type TreeEntry } from './tree-entry.ts';

/** The folders of a contract's tree: its Markdown, the tests that decide, the stand-in. */
export type ContractPart = 'contract' | 'tests' | 'stub';

export interface ContractTree {
  readonly tree: TreeId;
  /** Root-relative, sorted. */
  readonly testFiles: readonly string[];
  /** Root-relative, the stub folder stripped: what the stub stands for. Sorted. */
  readonly stubFiles: readonly string[];
}

export interface ContractFailure {
  readonly code: 'contract-missing' | 'no-tests' | 'no-stub' | 'not-of-contract';
  readonly message: string;
}

export type ContractOutcome =
  | { readonly ok: true; readonly contract: ContractTree }
  | { readonly ok: false; readonly failure: ContractFailure };

/** Where a contract's files lie. */
export type ContractPaths = Pick<ContractPlan, 'file' | 'tests' | 'stub'>;

/** Takes from a base what one contract is made of: `contract/…`, `tests/…` and `stub/…`, each root-relative. */
export async function contractTree(
  store: Store,
  base: TreeId,
  plan: ContractPaths,
): Promise<ContractOutcome> {
  return sealContract(store, plan, await contractEntries(store, base, plan));
}

/** What lies at a contract's places in a base, as its tree holds it; it may lack a part. */
export async function contractEntries(
  store: Store,
  base: TreeId,
  plan: ContractPaths,
): Promise<TreeEntry[]> {
  const entries = await store.listTree(base);
  return entries.flatMap((entry) =>
    pathsInContract(plan, entry.path).map((path) => ({ ...entry, path })),
  );
}

/** Where a root-relative file stands in the contract's tree; more than one place, or none. */
export function pathsInContract(plan: ContractPaths, path: string): string[] {
  const paths: string[] = [];
  if (path === plan.file) paths.push(`contract/${path}`);
  if (matchesAny(plan.tests, path)) paths.push(`tests/${path}`);
  const stub = plan.stub.find((pattern) => matchesAny([pattern], path));
  if (stub !== undefined) {
    const folder = patternPrefix(stub);
    paths.push(`stub/${folder === '' ? path : path.slice(folder.length + 1)}`);
  }
  return paths;
}

/** The files of one part, root-relative. */
export function contractPart(entries: readonly TreeEntry[], part: ContractPart): TreeEntry[] {
  const prefix = `${part}/`;
  return entries
    .filter(({ path }) => path.startsWith(prefix))
    .map((entry) => ({ ...entry, path: entry.path.slice(prefix.length) }));
}

/** A contract's files where they lie in the workspace. */
export async function contractFiles(
  store: Store,
  contract: TreeId,
  plan: ContractPaths,
): Promise<TreeEntry[]> {
  const entries = await store.listTree(contract);
  const folder = patternPrefix(plan.stub[0] ?? '');
  const stub = contractPart(entries, 'stub').map((entry) => ({
    ...entry,
    path: folder === '' ? entry.path : `${folder}/${entry.path}`,
  }));
  return overlay([contractPart(entries, 'contract'), contractPart(entries, 'tests'), stub]);
}

/** Puts a contract's tree, if it has all that a contract needs. */
export async function sealContract(
  store: Store,
  plan: ContractPaths,
  entries: readonly TreeEntry[],
): Promise<ContractOutcome> {
  const filesOf = (part: ContractPart): string[] =>
    contractPart(entries, part)
      .filter(({ mode }) => isFile(mode))
      .map(({ path }) => path);
  const [testFiles, stubFiles] = [filesOf('tests'), filesOf('stub')];
  if (!filesOf('contract').includes(plan.file)) {
    return refuse('contract-missing', `There is no contract file ${plan.file}.`);
  }
  if (testFiles.length === 0) {
    return refuse(
      'no-tests',
      `No file matches the tests ${plan.tests.join(', ') || '(none named)'}.`,
    );
  }
  // A document may do without: nothing stands in for it then.
  if (stubFiles.length === 0 && plan.stub.length > 0) {
    return refuse('no-stub', `No file matches the stub ${plan.stub.join(', ')}.`);
  }
  return { ok: true, contract: { tree: await store.putTree(entries), testFiles, stubFiles } };
}

export function refuse(code: ContractFailure['code'], message: string): ContractOutcome {
  return { ok: false, failure: { code, message } };
}
