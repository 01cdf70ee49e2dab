import { phrase } from '../../core/phrase.ts';
import { randomBytes } from 'node:crypto';
import { treeId, type TreeId } from '../../core/ids.ts';
import { BaseRefusal } from './base-refusal.ts';
import { FastImport } from './fast-import.ts';
import { isLfsPointer } from './lfs-pointer.ts';
import { Limiter } from './limiter.ts';
import { objectId } from './object-id.ts';
import type { Store } from './store.ts';
import { isFile, type TreeEntry } from './tree-entry.ts';
import { UserFiles } from './user-file.ts';

/** What to copy from the workspace into the store. */
export interface FolderCopy {
  readonly paths: readonly string[];
  /** The files that git tracks, by path. */
  readonly indexed: ReadonlyMap<string, TreeEntry>;
  /** False where the file system has no executable bit: then the index says it. */
  readonly keepsExecutable: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface CopiedFile extends TreeEntry {
  readonly bytes: number;
  /** The id of the same text with line feeds alone; null where that is no other text. */
  readonly unixOid: string | null;
  readonly isPointer: boolean;
}

export interface CopiedFolder {
  readonly tree: TreeId;
  readonly commit: string;
  /** Sorted by path; what was listed and is gone is left out. */
  readonly files: readonly CopiedFile[];
}

const readAhead = 16;

/** Copies files byte for byte into a parentless commit, each read once. */
export async function copyFolder(store: Store, copy: FolderCopy): Promise<CopiedFolder> {
  const ref = `refs/ashlar/taking/${randomBytes(6).toString('hex')}`;
  const pack = new FastImport(store.gitDir, ref, 'Base');
  const source = new UserFiles(store.workspace);
  const limiter = new Limiter(readAhead);
  try {
    const copied = await Promise.all(
      copy.paths.map((path) => limiter.run(() => copyFile(store, copy, { path, source, pack }))),
    );
    await pack.finish();
    const files = copied.filter((file) => file !== null);
    return { ...(await takeCommit(store, ref)), files: files.sort(byPath) };
  } finally {
    await pack.abort();
  }
}

const byPath = (a: TreeEntry, b: TreeEntry): number => (a.path < b.path ? -1 : 1);

interface Copying {
  readonly path: string;
  readonly source: UserFiles;
  readonly pack: FastImport;
}

async function copyFile(
  store: Store,
  { indexed, keepsExecutable, signal }: FolderCopy,
  { path, source, pack }: Copying,
): Promise<CopiedFile | null> {
  signal?.throwIfAborted();
  const known = indexed.get(path);
  if (known?.mode === '160000') {
    await pack.add(path, known.mode, known.oid);
    return { ...known, path, bytes: 0, unixOid: null, isPointer: false };
  }
  const file = await source.read(path).catch((error: unknown) => {
    throw new BaseRefusal('unreadable', phrase('{0} cannot be read.', path), error);
  });
  if (file === null) return null;
  const { content } = file;
  const useIndexed = !keepsExecutable && known !== undefined && isFile(file.mode);
  const mode = useIndexed && isFile(known.mode) ? known.mode : file.mode;
  await pack.add(path, mode, content);
  const oid = objectId(store.format, 'blob', content);
  const unix = known !== undefined && known.oid !== oid ? toUnix(content) : null;
  return {
    path,
    mode,
    oid,
    bytes: content.length,
    unixOid: unix === null ? null : objectId(store.format, 'blob', unix),
    isPointer: isFile(mode) && isLfsPointer(content),
  };
}

/** Null for what git would not convert: no CRLF in it, or a NUL byte. */
function toUnix(content: Buffer): Buffer | null {
  if (!content.includes('\r\n') || content.includes(0)) return null;
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

async function takeCommit(store: Store, ref: string): Promise<{ tree: TreeId; commit: string }> {
  const commit = await store.readObject(ref);
  if (commit === null) throw new Error(`fast-import left nothing at ${ref}`);
  await store.setRefs([{ ref, oid: null }]);
  const line = commit.content.toString('utf8', 0, 5 + (store.format === 'sha1' ? 40 : 64));
  return { tree: treeId(line.slice('tree '.length)), commit: commit.oid };
}
