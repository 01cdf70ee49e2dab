/** A Chromium, and what its environment must hold. */
export interface BrowserProgram {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

export function provideBrowser(env?: NodeJS.ProcessEnv): Promise<BrowserProgram>;
