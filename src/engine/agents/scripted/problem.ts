/** What is wrong with a script, where its author finds it. */
export interface ScriptProblem {
  /** Relative to the script's folder, with `/`. */
  readonly file: string;
  /** 1-based; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly message: string;
}
