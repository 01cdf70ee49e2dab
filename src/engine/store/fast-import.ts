import { once } from 'node:events';
import { identity } from './commit-object.ts';
import { startGit, type RunningGit } from './git.ts';
import type { EntryMode } from './tree-entry.ts';

/**
 * Streams a whole folder into one pack and one parentless commit at `ref`: for the thousands of
 * files of a base a pack costs one sync, where loose objects would cost one each.
 */
export class FastImport {
  readonly #git: RunningGit;
  #drained: Promise<unknown> | null = null;

  constructor(gitDir: string, ref: string, message: string) {
    this.#git = startGit({
      cwd: gitDir,
      gitDir,
      // A pack also for a few objects: one sync.
      settings: [['fastimport.unpackLimit', '1']],
      args: ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'],
    });
    const text = Buffer.from(message);
    this.#git.child.stdout.resume();
    this.#git.child.stdin.write(
      `reset ${ref}\ncommit ${ref}\ncommitter ${identity} 0 +0000\ndata ${text.length}\n${message}\n`,
    );
  }

  /** Adds a file or a link with its content, or a submodule with its commit's id. */
  async add(path: string, mode: EntryMode, content: Uint8Array | string): Promise<void> {
    const { stdin } = this.#git.child;
    const quoted = `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
    if (typeof content === 'string') {
      stdin.write(`M ${mode} ${content} ${quoted}\n`);
      return;
    }
    stdin.write(`M ${mode} inline ${quoted}\ndata ${content.length}\n`);
    stdin.write(content);
    const flowing = stdin.write('\n');
    if (flowing) return;
    // One wait for all that write at the same time.
    this.#drained ??= Promise.race([once(stdin, 'drain'), this.#git.done]).finally(() => {
      this.#drained = null;
    });
    await this.#drained;
  }

  /** Resolves when everything is on disk. */
  async finish(): Promise<void> {
    this.#git.child.stdin.end('done\n');
    await this.#git.done;
  }

  async abort(): Promise<void> {
    this.#git.child.kill('SIGKILL');
    await this.#git.done.catch(() => undefined);
  }
}
