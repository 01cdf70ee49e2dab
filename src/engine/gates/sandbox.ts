import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** `require`: no check without one; `prefer`: where the system offers one; `off`: never. */
export type SandboxMode = 'require' | 'prefer' | 'off';

/** What the system offers. */
export type Sandbox =
  | { readonly kind: 'bwrap'; readonly version: string }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** What a person can do about it. */
      readonly install: string;
    };

export type SandboxChoice =
  | { readonly ok: true; readonly sandbox: Sandbox | null }
  | { readonly ok: false; readonly code: 'no-sandbox'; readonly message: string };

let detected: Promise<Sandbox> | null = null;

/** Tried once, for real: that `bwrap` is installed does not say that it may make namespaces. */
export function detectSandbox(): Promise<Sandbox> {
  detected ??= trySandbox('bwrap');
  return detected;
}

/** The sandbox that a mode leads to, or why the mode cannot be kept. A null sandbox is none. */
export function chooseSandbox(mode: SandboxMode, sandbox: Sandbox): SandboxChoice {
  if (mode === 'off') return { ok: true, sandbox: null };
  if (sandbox.kind === 'bwrap') return { ok: true, sandbox };
  if (mode === 'prefer') return { ok: true, sandbox: null };
  const message = `A sandbox is required and not there: ${sandbox.reason}. ${sandbox.install}`;
  return { ok: false, code: 'no-sandbox', message };
}

const install =
  'Install it with your package manager: apt install bubblewrap, dnf install bubblewrap.';

/** Exported with the program's name, so that a test can try one that is not there. */
export async function trySandbox(program: string): Promise<Sandbox> {
  if (process.platform !== 'linux') {
    return {
      kind: 'none',
      reason: `bubblewrap is not made for ${process.platform}`,
      install: 'Run Ashlar on Linux, in WSL or in a dev container.',
    };
  }
  const run = promisify(execFile);
  try {
    const { stdout } = await run(program, ['--version'], { timeout: 10_000 });
    const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'unknown';
    const trial = [
      '--unshare-all',
      '--die-with-parent',
      '--ro-bind',
      '/',
      '/',
      '--proc',
      '/proc',
      '--dev',
      '/dev',
    ];
    await run(program, [...trial, '--', '/bin/sh', '-c', ':'], { timeout: 10_000 });
    return { kind: 'bwrap', version };
  } catch (error) {
    return isMissing(error)
      ? { kind: 'none', reason: 'bubblewrap (bwrap) is not installed', install }
      : {
          kind: 'none',
          reason: `bubblewrap may not make namespaces here (${firstLine(error)})`,
          install: 'Allow user namespaces (kernel.unprivileged_userns_clone, AppArmor) for bwrap.',
        };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function firstLine(error: unknown): string {
  const text =
    error instanceof Error &&
    'stderr' in error &&
    typeof error.stderr === 'string' &&
    error.stderr !== ''
      ? error.stderr
      : String(error);
  return text.trim().split('\n', 1)[0]?.slice(0, 200) ?? '';
}
