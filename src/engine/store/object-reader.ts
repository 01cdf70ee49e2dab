import { StoreError } from './store-error.ts';
import { startGit, type GitCommand, type RunningGit } from './git.ts';
import type { ObjectType } from './object-id.ts';

export interface StoredObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

interface Waiting {
  readonly name: string;
  readonly resolve: (object: StoredObject | null) => void;
  readonly reject: (error: StoreError) => void;
}

/**
 * Reads objects through one `git cat-file --batch` that stays: a read costs a pipe's round trip
 * instead of a process. The child is started at the first read, and again after it has died.
 */
export class ObjectReader {
  readonly #command: GitCommand;
  #git: RunningGit | null = null;
  #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** Bytes that must be there before the next answer can be read. */
  #wanted = 0;

  constructor(place: Pick<GitCommand, 'cwd' | 'gitDir'>) {
    this.#command = { ...place, args: ['cat-file', '--batch'] };
  }

  /** The object of this id or full ref name; null where there is none. */
  read(name: string): Promise<StoredObject | null> {
    if (/[\s\0]/.test(name)) throw new StoreError('bad-name', `not an object: ${name}`);
    const git = this.#git ?? this.#start();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject });
      git.child.stdin.write(`${name}\n`);
    });
  }

  #start(): RunningGit {
    const git = startGit(this.#command);
    this.#git = git;
    git.child.stdout.on('data', (chunk: Buffer) => this.#take(git, chunk));
    const ended = (cause: unknown) => this.#end(git, cause);
    git.done.then(() => ended(null), ended);
    return git;
  }

  #end(git: RunningGit, cause: unknown): void {
    if (this.#git !== git) return;
    this.#git = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#chunks = [];
    this.#buffered = this.#wanted = 0;
    for (const { name, reject } of waiting) {
      reject(new StoreError('object-broken', `cannot read object ${name}`, { cause }));
    }
  }

  #take(git: RunningGit, chunk: Buffer): void {
    if (this.#git !== git) return;
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#wanted) return;
    let data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#wanted = 0;
    for (;;) {
      const answer = readAnswer(data);
      if (typeof answer === 'number') {
        this.#wanted = answer;
        break;
      }
      data = data.subarray(answer.length);
      this.#waiting.shift()?.resolve(answer.object);
    }
    this.#chunks = data.length === 0 ? [] : [data];
    this.#buffered = data.length;
  }

  async dispose(): Promise<void> {
    const git = this.#git;
    if (git === null) return;
    git.child.stdin.end();
    await git.done.catch(() => undefined);
  }
}

/** The first answer in `data` and its length, or how many bytes it takes at least. */
function readAnswer(
  data: Buffer,
): { readonly object: StoredObject | null; readonly length: number } | number {
  const line = data.indexOf(10);
  if (line === -1) return data.length + 1;
  const [oid = '', type = '', size = ''] = data.toString('utf8', 0, line).split(' ');
  if (size === '') return { object: null, length: line + 1 }; // '<name> missing'
  const end = line + 1 + Number(size);
  if (data.length < end + 1) return end + 1;
  // Copied, so that a small object does not keep a large chunk in memory.
  const content = Buffer.from(data.subarray(line + 1, end));
  return { object: { oid, type: type as ObjectType, content }, length: end + 1 };
}
