import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { startGit, type GitCommand, type RunningGit } from './git.ts';
import { StoreError } from './store-error.ts';

/** Sets a ref to an object, or deletes it with null. */
export interface RefChange {
  readonly ref: string;
  readonly oid: string | null;
}

interface Asked {
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

/** A lock of git's own that is older belongs to a process that was killed: refs change in milliseconds. */
const staleLockMs = 10_000;

/**
 * Changes refs through one `git update-ref --stdin` that stays. The changes of one call are made
 * together or not at all, and are on disk when it resolves; calls are served one after another.
 */
export class RefWriter {
  readonly #command: GitCommand & { readonly gitDir: string };
  #git: RunningGit | null = null;
  #asked: Asked | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #line = '';

  constructor(place: { readonly cwd: string; readonly gitDir: string }) {
    this.#command = { ...place, args: ['update-ref', '--stdin'] };
  }

  change(changes: readonly RefChange[]): Promise<void> {
    if (changes.length === 0) return Promise.resolve();
    const done = this.#queue.then(async () => {
      try {
        await this.#commit(changes);
      } catch (error) {
        if (!(await this.#removeStaleLocks(changes))) throw error;
        await this.#commit(changes);
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #commit(changes: readonly RefChange[]): Promise<void> {
    const lines = changes.map(({ ref, oid }) =>
      oid === null ? `delete ${ref}\n` : `update ${ref} ${oid}\n`,
    );
    const git = this.#git ?? this.#start();
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      git.child.stdin.write(`start\n${lines.join('')}commit\n`);
    });
  }

  #start(): RunningGit {
    const git = startGit(this.#command);
    this.#git = git;
    git.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#line + text).split('\n');
      this.#line = lines.pop() ?? '';
      if (lines.includes('commit: ok')) this.#asked?.resolve();
    });
    const ended = (cause: unknown) => this.#end(git, cause);
    git.done.then(() => ended(null), ended);
    return git;
  }

  #end(git: RunningGit, cause: unknown): void {
    if (this.#git !== git) return;
    this.#git = null;
    this.#line = '';
    const stderr = cause instanceof StoreError ? cause.stderr : '';
    this.#asked?.reject(new StoreError('git-failed', 'a ref could not be set', { stderr, cause }));
  }

  /** True where a lock was in the way that nobody holds any more. */
  async #removeStaleLocks(changes: readonly RefChange[]): Promise<boolean> {
    const locks = [...changes.map(({ ref }) => `${ref}.lock`), 'packed-refs.lock'];
    let removed = false;
    for (const lock of locks) {
      const file = join(this.#command.gitDir, lock);
      const age = await stat(file).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age < staleLockMs) continue;
      await unlink(file).catch(() => undefined);
      removed = true;
    }
    return removed;
  }

  async dispose(): Promise<void> {
    await this.#queue;
    const git = this.#git;
    if (git === null) return;
    git.child.stdin.end();
    await git.done.catch(() => undefined);
  }
}
