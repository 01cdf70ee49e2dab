import { listChanges, readChanges } from './base-changes.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';
import { CommitChain } from './commit-chain.ts';
import { findBranches, moveBranch, type DeliveryBranch } from './delivery-branch.ts';
import { formatMessage } from './delivery-commit.ts';
import type {
  DeliveredSeal,
  Delivery,
  DeliveryFailureCode,
  DeliveryOutcome,
} from './delivery-record.ts';
import { laySeal } from './result-tree.ts';
import type { Store } from './store.ts';
import type { TreeEntry } from './tree-entry.ts';
import type { UserRepository } from './user-repository.ts';

const fixes: Readonly<Record<DeliveryFailureCode, string>> = {
  'repository-gone': 'Bring it back, and resume the run to deliver it.',
  'branch-checked-out': 'Switch to another branch, and resume the run to deliver it.',
  'branch-refused': 'Rename the branches that are in the way, and resume the run to deliver it.',
};

/** Puts the seals on a branch of the run's own: all at once, by moving the branch last. */
export async function deliverBranch(
  store: Store,
  repository: UserRepository,
  delivery: Delivery,
): Promise<DeliveryOutcome> {
  for (const branch of await findBranches(repository, delivery.run)) {
    await using chain = new CommitChain(store, repository, delivery.base.prefix);
    if (branch.tip === null) await layAll(store, chain, delivery);
    else await layNew(store, chain, delivery, { ...branch, tip: branch.tip });
    const { name } = branch;
    const { tip, commits } = await chain.finish();
    if (tip === null) return fail('branch-refused', 'The run has made nothing to deliver.');
    if (tip === branch.tip) return { ok: true, kind: 'branch', name, commit: tip, commits };
    if (branch.checkedOut) {
      return fail('branch-checked-out', `The branch ${name} is checked out.`);
    }
    if (await moveBranch(repository, branch, tip)) {
      return { ok: true, kind: 'branch', name, commit: tip, commits };
    }
  }
  return fail('branch-refused', `No branch ashlar/${delivery.run} could be made.`);
}

function fail(code: DeliveryFailureCode, message: string): DeliveryOutcome {
  return { ok: false, failure: { code, message, fix: fixes[code] } };
}

/** What the run started from, where that is not the user's commit, and then every seal. */
async function layAll(store: Store, chain: CommitChain, delivery: Delivery): Promise<void> {
  const { base, run, at, seals } = delivery;
  const trailers = { run, module: null, tree: base.tree };
  const listing = await store.listTree(base.tree);
  if (base.head !== null && (await chain.startFrom(base.head))) {
    const changes = await readChanges(store, base.changes);
    const title = `Uncommitted changes when run ${run} started`;
    if (changes.length > 0) await chain.add(changes, at, formatMessage(title, '', trailers));
  } else {
    const changes = listChanges([], listing);
    await chain.add(changes, at, formatMessage(`What run ${run} started from`, '', trailers));
  }
  await laySeals(store, chain, delivery, { listing, seals, asCommitted: plainEntry });
}

/** On a branch of this run: the modules whose seal is another than the one delivered last. */
async function layNew(
  store: Store,
  chain: CommitChain,
  delivery: Delivery,
  branch: DeliveryBranch & { readonly tip: string },
): Promise<void> {
  await chain.startFrom(branch.tip);
  const seals = delivery.seals.filter(({ module, tree }) => branch.delivered.get(module) !== tree);
  if (seals.length === 0) return;
  const listing = (await chain.list(branch.tip)).map(plainEntry);
  const asCommitted = await committedForms(store, chain, delivery.base);
  await laySeals(store, chain, delivery, { listing, seals, asCommitted });
}

/** A file of the base as the user's commit has it, where line ends or a filter make the difference. */
type CommittedForm = (entry: TreeEntry) => TreeEntry;

async function committedForms(
  store: Store,
  chain: CommitChain,
  base: BaseRecord,
): Promise<CommittedForm> {
  if (base.head === null) return plainEntry;
  const committed = new Map((await chain.list(base.head)).map((entry) => [entry.path, entry]));
  const changed = new Set((await readChanges(store, base.changes)).map(({ path }) => path));
  const given = new Map((await store.listTree(base.tree)).map((entry) => [entry.path, entry]));
  return (entry) => {
    const { path, oid, mode } = entry;
    const was = given.get(path);
    const isSame = was?.oid === oid && was.mode === mode && !changed.has(path);
    return plainEntry((isSame ? committed.get(path) : undefined) ?? entry);
  };
}

const plainEntry = ({ path, mode, oid }: TreeEntry): TreeEntry => ({ path, mode, oid });

interface Laying {
  readonly listing: readonly TreeEntry[];
  readonly seals: readonly DeliveredSeal[];
  readonly asCommitted: CommittedForm;
}

async function laySeals(
  store: Store,
  chain: CommitChain,
  { run }: Delivery,
  { listing: first, seals, asCommitted }: Laying,
): Promise<void> {
  let listing = first;
  for (const { module, title, summary, tree, owns, at } of seals) {
    const sealed = (await store.listTree(tree)).map(asCommitted);
    const next = laySeal(listing, owns, sealed);
    const message = formatMessage(title, summary, { run, module, tree });
    await chain.add(listChanges(listing, next), at, message);
    listing = next;
  }
}
