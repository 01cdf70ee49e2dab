import { isDigest, treeId, type Digest, type RunId, type TreeId } from '../../core/ids.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';
import { runGit } from './git.ts';
import { Lru } from './lru.ts';
import type { ObjectFormat } from './object-id.ts';
import { ObjectReader, type StoredObject } from './object-reader.ts';
import { ObjectWriter } from './object-writer.ts';
import { checkRef, runRef } from './ref-name.ts';
import { RefWriter, type RefChange } from './ref-writer.ts';
import { prepareStoreFolder } from './store-folder.ts';
import { StoreError } from './store-error.ts';
import { comparePaths, type TreeEntry } from './tree-entry.ts';
import { nestTrees } from './tree-nest.ts';
import { formatTree, parseTree, type TreeLine } from './tree-object.ts';
import { userObjectFormat } from './user-repository.ts';

/** Listings are kept up to this many entries in all: some 200 bytes each. */
const maxListedEntries = 200_000;
/** Contents that were put or read last: every work folder of a run is filled with much the same. */
const maxCachedBytes = 64 * 1024 ** 2;
const maxCachedBlobBytes = 1024 ** 2;

/**
 * The bare repository of a workspace that holds base, submissions, contracts and seals. Objects are
 * durable when the call that puts them resolves; they stay as long as a ref leads to them. Throws
 * `StoreError` alone.
 */
export class Store implements AsyncDisposable {
  /** The user's folder that this store belongs to. */
  readonly workspace: string;
  /** `.ce-workspace/store.git`, absolute. */
  readonly gitDir: string;
  readonly format: ObjectFormat;
  readonly #reader: ObjectReader;
  readonly #writer: ObjectWriter;
  readonly #refs: RefWriter;
  readonly #listings = new Lru<readonly TreeEntry[]>(maxListedEntries);
  readonly #blobs = new Lru<Buffer>(maxCachedBytes);

  /** Opens the store of a workspace, and makes it first where there is none. */
  static async open(workspace: string): Promise<Store> {
    const { gitDir, format } = await prepareStoreFolder(workspace, () =>
      userObjectFormat(workspace),
    );
    return new Store(workspace, gitDir, format);
  }

  private constructor(workspace: string, gitDir: string, format: ObjectFormat) {
    this.workspace = workspace;
    this.gitDir = gitDir;
    this.format = format;
    const place = { cwd: gitDir, gitDir };
    this.#reader = new ObjectReader(place);
    this.#writer = new ObjectWriter(gitDir, format);
    this.#refs = new RefWriter(place);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#reader.dispose(), this.#refs.dispose()]);
  }

  /** An object by its id or by the full name of a ref; null where there is none. */
  readObject(name: string): Promise<StoredObject | null> {
    return this.#reader.read(name);
  }

  putBlob(bytes: Uint8Array): Promise<string> {
    return this.#writer.write('blob', bytes);
  }

  /** The bytes of a blob, by its id or by a ref; others may hold them too, so they are not to be changed. */
  async readBlob(name: string): Promise<Buffer> {
    const known = this.#blobs.get(name);
    if (known !== undefined) return known;
    const { oid, content } = await this.#expect(name, 'blob');
    const weight = content.length + 200;
    if (weight <= maxCachedBlobBytes) this.#blobs.set(oid, content, weight);
    return content;
  }

  /** Stores the content of a commit object, as `commit-object.ts` writes it. */
  putCommit(content: Uint8Array): Promise<string> {
    return this.#writer.write('commit', content);
  }

  /** One level of a tree. */
  putTreeLines(lines: readonly TreeLine[]): Promise<string> {
    return this.#writer.write('tree', formatTree(lines));
  }

  async readTreeLines(tree: string): Promise<TreeLine[]> {
    return parseTree((await this.#expect(tree, 'tree')).content, this.format);
  }

  /** A whole tree from its files; throws `path-collision` where two cannot stand side by side. */
  async putTree(entries: Iterable<TreeEntry>): Promise<TreeId> {
    return treeId(await nestTrees(entries, (lines) => this.putTreeLines(lines)));
  }

  /** Every file, link and submodule of a tree, sorted by path. */
  async listTree(tree: TreeId): Promise<readonly TreeEntry[]> {
    const known = this.#listings.get(tree);
    if (known !== undefined) return known;
    const entries: TreeEntry[] = [];
    await this.#list(tree, '', entries);
    entries.sort(comparePaths);
    this.#listings.set(tree, entries, entries.length);
    return entries;
  }

  async #list(tree: string, prefix: string, into: TreeEntry[]): Promise<void> {
    const lines = await this.readTreeLines(tree);
    this.#writer.know(tree);
    const inner: Promise<void>[] = [];
    for (const { name, mode, oid } of lines) {
      const path = prefix + name;
      if (mode === '40000') inner.push(this.#list(oid, `${path}/`, into));
      else into.push({ path, mode, oid });
    }
    await Promise.all(inner);
  }

  /** The bytes of a file or a link's target; null where the tree has neither at this path. */
  async readFile(tree: TreeId, path: string): Promise<Buffer | null> {
    const entries = await this.listTree(tree);
    const entry = entries.find((candidate) => candidate.path === path);
    return entry === undefined || entry.mode === '160000' ? null : this.readBlob(entry.oid);
  }

  /** Sets and deletes refs together, durably; null deletes. */
  setRefs(changes: readonly RefChange[]): Promise<void> {
    for (const { ref } of changes) checkRef(ref);
    return this.#refs.change(changes);
  }

  setRef(ref: string, oid: string): Promise<void> {
    return this.setRefs([{ ref, oid }]);
  }

  /** Keeps a tree, and all it holds, for as long as the ref is there. */
  keepTree(ref: string, tree: TreeId): Promise<void> {
    return this.setRef(ref, tree);
  }

  /** What a ref points to; null where it is not set. */
  async readRef(ref: string): Promise<string | null> {
    checkRef(ref);
    return (await this.#reader.read(ref))?.oid ?? null;
  }

  /** The refs below a prefix such as `refs/ashlar/<run>`, with the object each points to, sorted. */
  async listRefs(prefix: string): Promise<RefChange[]> {
    checkRef(prefix);
    const { stdout } = await runGit({
      cwd: this.gitDir,
      gitDir: this.gitDir,
      args: ['for-each-ref', '--format=%(objectname) %(refname)', prefix],
    });
    const lines = stdout.toString().split('\n').filter(Boolean);
    return lines.map((line) => {
      const space = line.indexOf(' ');
      return { oid: line.slice(0, space), ref: line.slice(space + 1) };
    });
  }

  async deleteRefs(prefix: string): Promise<void> {
    const refs = await this.listRefs(prefix);
    await this.setRefs(refs.map(({ ref }) => ({ ref, oid: null })));
  }

  /** Keeps a JSON value for as long as the run's refs are there. The digest is that of its canonical bytes. */
  async putJson(run: RunId, value: unknown): Promise<{ digest: Digest; oid: string }> {
    const bytes = Buffer.from(canonicalJson(value));
    const digest = sha256(bytes);
    const ref = runRef(run, 'json', digest);
    const oid = await this.putBlob(bytes);
    if ((await this.readRef(ref)) !== oid) await this.setRef(ref, oid);
    return { digest, oid };
  }

  /** A JSON value of the run; throws `not-found`, or `object-broken` where it is not what was put. */
  async readJson(run: RunId, digest: Digest): Promise<unknown> {
    if (!isDigest(digest)) throw new StoreError('bad-name', `not a digest: ${String(digest)}`);
    const bytes = await this.readBlob(runRef(run, 'json', digest));
    if (sha256(bytes) !== digest) {
      throw new StoreError('object-broken', `the record ${digest} is not what was put`);
    }
    return JSON.parse(bytes.toString()) as unknown;
  }

  async #expect(name: string, type: StoredObject['type']): Promise<StoredObject> {
    const object = await this.#reader.read(name);
    if (object === null) throw new StoreError('not-found', `the store has no object ${name}`);
    if (object.type === type) return object;
    throw new StoreError('object-broken', `${name} is a ${object.type}, not a ${type}`);
  }
}
