import type { TreeId } from '../../core/ids.ts';
import type { ModulePlan } from '../../core/plan/plan.ts';
import type { ListedTest } from '../../core/verdict.ts';
import type { ContractState } from '../../core/module-state.ts';
import type { ContractText } from '../agents/task.ts';
import { contractPart } from '../store/contract-tree.ts';
import type { Store } from '../store/store.ts';
import { isFile } from '../store/tree-entry.ts';
import type { World } from './world.ts';

/** A contract's Markdown, as agents read it. */
export async function contractText(
  store: Store,
  { contract: { file } }: ModulePlan,
  { version, tree }: ContractState,
): Promise<ContractText> {
  const text = await store.readFile(tree, `contract/${file}`);
  return { version, text: text?.toString('utf8') ?? '' };
}

/** Root-relative files of a contract's tests. */
export async function testFilesOf(store: Store, contract: TreeId): Promise<string[]> {
  const tests = contractPart(await store.listTree(contract), 'tests');
  return tests.filter(({ mode }) => isFile(mode)).map(({ path }) => path);
}

/** The exact list of a contract's tests, as it was written when the contract was. */
export async function listingOfContract(
  { store, run }: Pick<World, 'store' | 'run'>,
  contract: Pick<ContractState, 'listing'>,
): Promise<readonly ListedTest[]> {
  if (contract.listing === null) throw new Error('a contract is used before its tests are listed');
  return (await store.readJson(run, contract.listing)) as readonly ListedTest[];
}

/** Where a contract's files lie. */
export const contractPaths = ({ contract: { file, tests, stub } }: ModulePlan) => ({
  ...{ file, tests, stub },
});

/** How a module's checks are run. */
export const checkCommands = ({ checks }: ModulePlan) =>
  checks.map(({ name, run, report }) => ({ name, run, report }));
