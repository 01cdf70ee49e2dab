/** The one seam between the command line and the process it runs in. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether stdout is a terminal that can be drawn on. */
  readonly isTty: boolean;
  readonly colour: boolean;
  size(): { readonly columns: number; readonly rows: number };
  /** UTC milliseconds. */
  now(): number;
  /** Calls `fn` again and again until disposed; keeps no process alive. */
  every(ms: number, fn: () => void): Disposable;
  /** Ctrl-C, or a request to end; `code` is the exit code that belongs to it. */
  onInterrupt(fn: (code: number) => void): Disposable;
  /** Nobody reads stdout any more. */
  onClosed(fn: () => void): Disposable;
  readonly closed: boolean;
  /** Whether somebody can be asked. */
  readonly canAsk: boolean;
  /** Writes a prompt and reads one line; null where the input ends, or the signal aborts. */
  ask(prompt: string, signal: AbortSignal): Promise<string | null>;
  /** What comes in on stdin, until its end or until disposed. */
  onInput(take: (chunk: Buffer) => void, ended: () => void): Disposable;
  /** Resolves when all that was written has left the process. */
  flushed(): Promise<void>;
  /** Ends the process without waiting for anything. */
  exit(code: number): void;
}
