import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../core/ids.ts';
import type { Environment } from '../../core/plan/plan.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';
import { bwrapArguments } from './bwrap.ts';
import type { ProvidedFolder } from './check-request.ts';
import { childEnvironment } from './child-environment.ts';
import { runChild, type ChildEnd } from './child.ts';
import { copyTree } from './copy-tree.ts';
import { printed } from './evidence-list.ts';
import { excerptLine } from './excerpt.ts';
import { chooseSandbox, detectSandbox, type SandboxMode } from './sandbox.ts';
import { makeScratch, type Scratch } from './scratch.ts';
import { toolChain } from './toolchain.ts';

export interface SetUpRequest {
  readonly environment: Environment;
  /** Absolute: a tree that holds the inputs. Nothing else of it is seen by the set-up. */
  readonly folder: string;
  /** Absolute, in the system's cache: what was set up once is found there by every later run. */
  readonly cacheFolder: string;
  readonly effect: string;
  readonly sandbox: SandboxMode;
  readonly timeoutMs: number;
  /** What it prints, a line at a time, as plain text. */
  readonly onProgress: (line: string) => void;
}

export type SetUpFailure =
  | 'input-missing'
  | 'no-sandbox'
  | 'setup-failed'
  | 'setup-timed-out'
  /** it ended well and left less than the plan says it provides */
  | 'not-provided';

export type SetUp =
  | {
      readonly ok: true;
      readonly digest: Digest;
      readonly provided: readonly ProvidedFolder[];
      /** True where an earlier set-up of the same inputs was found. */
      readonly reused: boolean;
    }
  | {
      readonly ok: false;
      readonly code: SetUpFailure;
      readonly message: string;
      /** The end of what it printed; empty where it did not run. */
      readonly output: string;
    };

/** Names that reach a registry through a company's network; no keys among them. */
const networkNames = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'npm_config_registry'],
];
const outputLimitBytes = 64 * 1024;

/**
 * Makes what a plan's environment provides, once for the same inputs, command and platform. It runs
 * beside its inputs alone, so that nothing else can decide what comes of it.
 */
export async function setUpEnvironment(request: SetUpRequest, signal: AbortSignal): Promise<SetUp> {
  const { environment, cacheFolder } = request;
  const digest = await environmentDigest(request);
  if (digest === null) {
    const message = `Not all inputs are there: ${environment.inputs.join(', ')}`;
    return { ok: false, code: 'input-missing', message, output: '' };
  }
  const place = join(cacheFolder, digest);
  const found = (reused: boolean): SetUp => {
    const provided = environment.provides.map((path) => ({ source: join(place, path), path }));
    return { ok: true, digest, provided, reused };
  };
  if (await exists(place)) return found(true);

  await mkdir(cacheFolder, { recursive: true });
  const draft = await mkdtemp(join(cacheFolder, '.draft-'));
  try {
    for (const input of environment.inputs) {
      await copyTree(join(request.folder, input), join(draft, input));
    }
    const failure = await make(request, draft, signal);
    if (failure !== null) return failure;
    // Whoever was faster made the same.
    await rename(draft, place).catch(async (error: unknown) => {
      if (!(await exists(place))) throw error;
    });
    return found(false);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Null where an input is missing. */
async function environmentDigest({ environment, folder }: SetUpRequest): Promise<Digest | null> {
  const { setup, inputs, provides, network } = environment;
  try {
    const contents = await Promise.all(
      inputs.map(async (input) => [input, sha256(await readFile(join(folder, input)))]),
    );
    const chain = await toolChain(process.env.PATH ?? '');
    return sha256(canonicalJson({ v: 1, setup, contents, provides, network, ...chain }));
  } catch {
    return null;
  }
}

async function make(
  request: SetUpRequest,
  draft: string,
  signal: AbortSignal,
): Promise<SetUp | null> {
  const { environment, timeoutMs } = request;
  const choice = chooseSandbox(request.sandbox, await detectSandbox());
  if (!choice.ok) return { ok: false, code: choice.code, message: choice.message, output: '' };
  await using scratch = await makeScratch();
  const passed = environment.network ? networkNames : [];
  const env = childEnvironment(process.env, passed, scratch, request.effect);
  const end = await runChild({
    ...{ command: environment.setup, cwd: draft, env, timeoutMs, outputLimitBytes, signal },
    ...{ effect: request.effect, ownsCwd: true, input: null, onStdout: lines(request.onProgress) },
    confine: choice.sandbox === null ? null : confinement(request, draft, scratch, env.PATH ?? ''),
  });
  if (end.aborted) throw signal.reason;
  return await failureOf(end, request, draft);
}

async function failureOf(
  end: ChildEnd,
  { environment, timeoutMs }: SetUpRequest,
  draft: string,
): Promise<SetUp | null> {
  const fail = (code: SetUpFailure, why: string): SetUp => {
    const message = `${environment.setup}: ${why}`;
    return { ok: false, code, message, output: printed(end).trim() };
  };
  if (end.startError !== null) return fail('setup-failed', end.startError);
  if (end.timedOut) return fail('setup-timed-out', `ran longer than ${timeoutMs / 1000} s`);
  if (end.exit !== 0) return fail('setup-failed', `ended with exit code ${end.exit ?? 'unknown'}`);
  for (const path of environment.provides) {
    if (!(await exists(join(draft, path)))) return fail('not-provided', `left no ${path}`);
  }
  return null;
}

function confinement(
  { environment }: SetUpRequest,
  draft: string,
  { home, temporary }: Scratch,
  path: string,
): (argv: readonly string[]) => readonly string[] {
  const writable = [draft, home, temporary].map((folder) => ({ source: folder, target: folder }));
  const outside = bwrapArguments({
    ...{ tree: draft, writable, provided: [], network: environment.network, read: [], path },
  });
  return (argv) => ['bwrap', ...outside, ...argv];
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** Hands on whole lines, and no more of an endless one than a person reads. */
function lines(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = (parts.pop() ?? '').slice(-1000);
    for (const part of parts) {
      const line = excerptLine(part);
      if (line !== '') onLine(line);
    }
  };
}
