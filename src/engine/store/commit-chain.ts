import type { BaseChange } from './base-record.ts';
import { formatCommit } from './commit-object.ts';
import { ObjectReader } from './object-reader.ts';
import { ObjectWriter } from './object-writer.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';
import { sendObjects } from './transfer.ts';
import { editTree, type TreeAccess } from './tree-edit.ts';
import { formatTree, parseTree, type TreeLine } from './tree-object.ts';
import { listCommit, type CommittedFile } from './user-listing.ts';
import type { UserRepository } from './user-repository.ts';

/**
 * New commits in the user's repository, one on top of the other, which no ref leads to yet. Contents
 * come from the store; of the user's trees only the levels on the way to a change are written anew.
 */
export class CommitChain implements AsyncDisposable {
  readonly #store: Store;
  readonly #repository: UserRepository;
  /** The workspace's folder in the repository: '' or `packages/app/`. */
  readonly #prefix: string;
  readonly #reader: ObjectReader;
  readonly #writer: ObjectWriter;
  readonly #blobs = new Set<string>();
  readonly #commits: string[] = [];
  #tip: string | null = null;
  #tree: string | null = null;

  constructor(store: Store, repository: UserRepository, prefix: string) {
    const gitDir = repository.commonDir;
    this.#store = store;
    this.#repository = repository;
    this.#prefix = prefix;
    this.#reader = new ObjectReader({ cwd: gitDir, gitDir });
    this.#writer = new ObjectWriter(gitDir, store.format);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.dispose();
  }

  /** Goes on from a commit; false, and nothing changed, where the repository does not have it any more. */
  async startFrom(commit: string): Promise<boolean> {
    const object = await this.#reader.read(commit);
    if (object?.type !== 'commit') return false;
    this.#tip = commit;
    this.#tree = /^tree ([0-9a-f]+)/.exec(object.content.toString())?.[1] ?? null;
    return true;
  }

  /** The workspace's files at a commit of the repository. */
  list(commit: string): Promise<CommittedFile[]> {
    const { commonDir } = this.#repository;
    return listCommit({ gitDir: commonDir, prefix: this.#prefix }, commit, false);
  }

  /** Adds a commit with these changes, relative to the workspace; `at` in UTC milliseconds. */
  async add(changes: readonly BaseChange[], at: number, message: string): Promise<void> {
    const moved = changes.map((change) => ({ ...change, path: this.#prefix + change.path }));
    this.#tree = await editTree(this.#access, this.#tree, moved);
    for (const { now } of changes) {
      if (now !== null && now.mode !== '160000') this.#blobs.add(now.oid);
    }
    const parents = this.#tip === null ? [] : [this.#tip];
    const tree = this.#tree ?? (await this.#writer.write('tree', formatTree([])));
    this.#tip = await this.#writer.write('commit', formatCommit({ tree, parents, at, message }));
    this.#commits.push(this.#tip);
  }

  /** Brings the contents over. After this a ref may be set to the tip. */
  async finish(): Promise<{ readonly tip: string | null; readonly commits: readonly string[] }> {
    const { commonDir } = this.#repository;
    await sendObjects({ from: this.#store.gitDir, to: commonDir, oids: this.#blobs });
    return { tip: this.#tip, commits: this.#commits };
  }

  get #access(): TreeAccess {
    return {
      read: (tree) => this.#readTree(tree),
      write: (lines) => this.#writer.write('tree', formatTree(lines)),
    };
  }

  async #readTree(tree: string): Promise<TreeLine[]> {
    const object = await this.#reader.read(tree);
    if (object?.type === 'tree') return parseTree(object.content, this.#store.format);
    throw new StoreError('not-found', `the repository has no tree ${tree}`);
  }
}
