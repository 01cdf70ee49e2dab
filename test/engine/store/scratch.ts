import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runId } from '../../../src/core/ids.ts';
import { takeBase } from '../../../src/engine/store/base.ts';
import type { BaseRecord } from '../../../src/core/events/run-origin.ts';
import type { Store } from '../../../src/engine/store/store.ts';

/** A temporary folder with a git of its own, removed at the end of the test. */
export interface Scratch extends Disposable {
  readonly path: string;
  readonly at: (...segments: string[]) => string;
  /** Writes files by path; folders are made. */
  readonly write: (files: Readonly<Record<string, string | Uint8Array>>, folder?: string) => void;
  /** Runs git in a folder (`.` unless given) as a user would, without the machine's configuration. */
  readonly git: (folder: string, ...args: string[]) => string;
  readonly shell: (folder: string, script: string) => string;
}

export const run = runId('20250102-0304-abcd');

export function scratch(): Scratch {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ashlar-store-')));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: path,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'User',
    GIT_AUTHOR_EMAIL: 'user@example.org',
    GIT_COMMITTER_NAME: 'User',
    GIT_COMMITTER_EMAIL: 'user@example.org',
    GIT_AUTHOR_DATE: '1700000000 +0000',
    GIT_COMMITTER_DATE: '1700000000 +0000',
    GIT_ALLOW_PROTOCOL: 'file',
  };
  const at = (...segments: string[]): string => join(path, ...segments);
  const run = (command: string, args: readonly string[], folder: string): string =>
    execFileSync(command, args, {
      cwd: at(folder),
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    path,
    at,
    write: (files, folder = '.') => {
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(dirname(at(folder, file)), { recursive: true });
        writeFileSync(at(folder, file), content);
      }
    },
    git: (folder, ...args) => run('git', ['-c', 'init.defaultBranch=main', ...args], folder).trim(),
    shell: (folder, script) => run('sh', ['-ec', script], folder),
    [Symbol.dispose]: () => {
      execFileSync('chmod', ['-R', 'u+rwX', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Takes a base that must succeed. */
export async function takeBaseOf(
  store: Store,
  commit: 'work-tree' | 'HEAD' = 'work-tree',
): Promise<BaseRecord> {
  const outcome = await takeBase(store, { commit, run });
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`);
  return outcome.base;
}

/** A tree as text: path → content; links as `-> target`, executables with a `*` behind the path. */
export async function contentsOf(
  store: Store,
  tree: BaseRecord['tree'],
): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const { path, mode, oid } of await store.listTree(tree)) {
    if (mode === '160000') contents[path] = 'submodule';
    else if (mode === '120000') contents[path] = `-> ${(await store.readBlob(oid)).toString()}`;
    else contents[mode === '100755' ? `${path}*` : path] = (await store.readBlob(oid)).toString();
  }
  return contents;
}

/** A fingerprint of everything in a folder: names, modes, contents, times of change. */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const stats = lstatSync(path);
    hash.update(`${path}\0${stats.mode}\0${stats.isDirectory() ? '' : stats.mtimeMs}\0`);
    if (stats.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (stats.isDirectory())
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (stats.isFile()) hash.update(readFileSync(path));
  };
  visit(folder);
  return hash.digest('hex');
}
