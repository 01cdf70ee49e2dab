import type { Clock } from '../clock.ts';
import type { JournalEvent, JournalPosition } from './codec.ts';
import { watchFolder } from './folder-watch.ts';
import { journalBytes } from './journal-file.ts';
import { journalProblem, type JournalProblem } from './problem.ts';
import { readJournal, readOn, type JournalRead } from './read-journal.ts';
import { RepeatedTask } from './repeated-task.ts';

export interface FollowOptions<E extends JournalEvent> {
  readonly clock: Clock;
  /** Where what is known already ends; null from the beginning. */
  readonly from: JournalPosition | null;
  /** Whole decisions only, each event once, in order. */
  readonly onEvents: (events: readonly E[], head: JournalPosition) => void;
  /** Called once, and then nothing more: what follows cannot be relied on. */
  readonly onProblem: (problem: JournalProblem) => void;
}

const pollMs = 1_000;

/** Hands on the decisions of a run as its driver writes them. Reads only; any number may follow. */
export class Follower<E extends JournalEvent> implements AsyncDisposable {
  readonly #folder: string;
  readonly #options: FollowOptions<E>;
  readonly #task: RepeatedTask;
  readonly #watch: Disposable;
  #head: JournalPosition | null;
  /** Seen once. A driver that cuts a torn tail while it is read looks like damage, once. */
  #suspect: string | null = null;
  #ended = false;

  constructor(folder: string, options: FollowOptions<E>) {
    this.#folder = folder;
    this.#options = options;
    this.#head = options.from;
    this.#task = new RepeatedTask(() => this.#readOn());
    this.#watch = watchFolder(folder, { clock: options.clock, pollMs }, () => this.#task.nudge());
    this.#task.nudge();
  }

  /** Returns when everything that is in the journal now has been handed on. */
  catchUp(): Promise<void> {
    return this.#task.run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]();
    this.#ended = true;
    await this.#task.settled();
  }

  #hasEnded(): boolean {
    return this.#ended;
  }

  async #readOn(): Promise<void> {
    if (this.#hasEnded()) return;
    const read = await this.#read();
    if (read === null || this.#hasEnded()) return; // it may have ended meanwhile
    if ('problem' in read) {
      this.#report(read.problem);
      return;
    }
    this.#head = read.head;
    if (read.head !== null && read.events.length > 0) {
      this.#options.onEvents(read.events, read.head);
    }
    if (read.problems[0] === undefined) this.#suspect = null;
    else this.#report(read.problems[0]);
  }

  async #read(): Promise<JournalRead<E> | { readonly problem: JournalProblem } | null> {
    const head = this.#head;
    // One byte more than is new: the newline that ends the head must still be there.
    const known = head !== null && head.end > 0 ? 1 : 0;
    const bytes = await journalBytes(this.#folder, (head?.end ?? 0) - known);
    if (bytes === 'file-too-large') return { problem: journalProblem(bytes, 0) };
    if (head === null) return bytes === null ? null : readJournal<E>(bytes);
    if (known === 1 && bytes?.[0] !== 0x0a) {
      return { problem: journalProblem('tail-missing', head.seq + 1) };
    }
    return bytes === null ? null : readOn<E>(bytes.subarray(known), head);
  }

  #report(problem: JournalProblem): void {
    const key = `${problem.code} ${problem.line}`;
    if (this.#suspect === key) {
      this.#ended = true;
      this.#watch[Symbol.dispose]();
      this.#options.onProblem(problem);
    }
    this.#suspect = key;
  }
}
