/** What starts an editor: a node, and the script of its server. */
export interface EditorProgram {
  readonly node: string;
  readonly entry: string;
}

/** A served editor at work. */
export interface ServedEditor {
  readonly origin: string;
  /** The file that its server writes to. */
  readonly log: string;
  readonly ended: Promise<unknown>;
  /** Ends the server and everything that it started. */
  readonly stop: () => Promise<void>;
  /** The same without a word, as a machine that loses its power does. */
  readonly kill: () => Promise<void>;
}

export interface ServeOptions {
  readonly port?: number;
  readonly trust?: boolean;
  readonly testDriver?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export function layOutState(state: string, settings?: Readonly<Record<string, unknown>>): void;

export function installExtension(
  editor: EditorProgram,
  state: string,
  vsix: string,
  env?: NodeJS.ProcessEnv,
): Promise<void>;

export function startEditor(
  editor: EditorProgram,
  state: string,
  options?: ServeOptions,
): Promise<ServedEditor>;

export function address(origin: string, path: string): string;
