import type { Terminal } from '../../src/cli/terminal.ts';

export interface FakeOptions {
  /** What is typed when something is asked, in its order; left out: nobody is there. */
  readonly answers?: readonly (string | null)[];
  readonly isTty?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** A terminal that keeps what is written, and lets a test press Ctrl-C and close pipes. */
export class FakeTerminal implements Terminal {
  stdout = '';
  stderr = '';
  time = 1_772_366_400_000;
  closed = false;
  readonly exits: number[] = [];
  readonly isTty: boolean;
  readonly colour = false;
  readonly canAsk: boolean;
  readonly #answers: (string | null)[];
  readonly #size: { readonly columns: number; readonly rows: number };
  readonly #ticks = new Set<() => void>();
  readonly #interrupts = new Set<(code: number) => void>();
  readonly #closing = new Set<() => void>();
  readonly #readers = new Set<(chunk: Buffer | null) => void>();

  constructor({ isTty = false, columns = 80, rows = 24, answers }: FakeOptions = {}) {
    this.canAsk = answers !== undefined;
    this.#answers = [...(answers ?? [])];
    this.isTty = isTty;
    this.#size = { columns, rows };
  }

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }

  size() {
    return this.#size;
  }

  now(): number {
    return this.time;
  }

  every(_ms: number, fn: () => void): Disposable {
    return kept(this.#ticks, fn);
  }

  onInterrupt(fn: (code: number) => void): Disposable {
    return kept(this.#interrupts, fn);
  }

  onClosed(fn: () => void): Disposable {
    return kept(this.#closing, fn);
  }

  onInput(take: (chunk: Buffer) => void, ended: () => void): Disposable {
    return kept(this.#readers, (chunk) => (chunk === null ? ended() : take(chunk)));
  }

  async flushed(): Promise<void> {
    await Promise.resolve();
  }

  async ask(prompt: string): Promise<string | null> {
    this.stderr += prompt;
    await Promise.resolve();
    return this.#answers.shift() ?? null;
  }

  exit(code: number): void {
    this.exits.push(code);
  }

  /** Something comes in on stdin; null: its end. */
  type(text: string | null): void {
    for (const read of this.#readers) read(text === null ? null : Buffer.from(text));
  }

  tick(): void {
    for (const fn of this.#ticks) fn();
  }

  interrupt(): void {
    for (const fn of this.#interrupts) fn(130);
  }

  close(): void {
    this.closed = true;
    for (const fn of this.#closing) fn();
  }

  /** Nothing may listen or tick after a verb has ended. */
  get leaks(): number {
    return this.#ticks.size + this.#interrupts.size + this.#closing.size + this.#readers.size;
  }
}

function kept<Fn>(set: Set<Fn>, fn: Fn): Disposable {
  set.add(fn);
  return { [Symbol.dispose]: () => void set.delete(fn) };
}
