import { execFile } from 'node:child_process';
import { oneLine } from '../../core/projections/safe-text.ts';

/** How a program of the user's ended, with their own settings and credentials. */
export interface ProgramRun {
  /** 0 where all went well; null where it could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  /** What it said, in one line, without credentials that stand in addresses. */
  readonly says: string;
}

const maxOutputBytes = 1_000_000;
const maxMs = 5 * 60_000;

/** Runs `git` or `gh` as the user would, but for questions on a terminal: nobody answers those. */
export function runProgram(
  program: string,
  args: readonly string[],
  {
    cwd,
    env,
    signal,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal?: AbortSignal },
): Promise<ProgramRun> {
  // Keys of agents are none of its business.
  const { ANTHROPIC_API_KEY: _, ASHLAR_KEY_FILE: __, ...rest } = env;
  const quiet = { ...rest, GIT_TERMINAL_PROMPT: '0', GH_PROMPT_DISABLED: '1', LC_ALL: 'C.UTF-8' };
  const options = { cwd, env: quiet, maxBuffer: maxOutputBytes, timeout: maxMs };
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      { ...options, ...(signal === undefined ? {} : { signal }) },
      (error, stdout, stderr) => {
        const says = oneLine(withoutCredentials(stderr === '' ? stdout : stderr), 400);
        if (error === null) resolve({ code: 0, stdout, says });
        else if (signal?.aborted === true) reject(new Error('it was cancelled', { cause: error }));
        else if (error.code === 'ENOENT') resolve({ code: null, stdout: '', says: '' });
        else {
          const code = typeof error.code === 'number' ? error.code : 1;
          resolve({ code, stdout, says: error.killed === true ? 'it took too long' : says });
        }
      },
    );
    child.stdin?.end();
  });
}

const withoutCredentials = (text: string): string => text.replace(/\/\/[^@/\s]+@/g, '//');
