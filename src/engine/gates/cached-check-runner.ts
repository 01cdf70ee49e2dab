import type { Digest } from '../../core/ids.ts';
import type { GateCache } from './cache.ts';
import { checkKey } from './check-key.ts';
import type { CheckRequest, CheckRun, CheckRunner } from './check-request.ts';
import { chooseSandbox, detectSandbox, type Sandbox } from './sandbox.ts';
import { toolChain } from './toolchain.ts';

export interface CachedCheckRunnerOptions {
  readonly runner: CheckRunner;
  readonly cache: GateCache;
  /** As the runner's. */
  readonly env?: NodeJS.ProcessEnv;
  readonly detect?: () => Promise<Sandbox>;
}

/** Does not judge again what was judged once; who asks for the same at the same time shares one run. */
export class CachedCheckRunner implements CheckRunner {
  readonly #runner: CheckRunner;
  readonly #cache: GateCache;
  readonly #env: NodeJS.ProcessEnv;
  readonly #detect: () => Promise<Sandbox>;
  readonly #running = new Map<Digest, Promise<CheckRun>>();

  constructor(options: CachedCheckRunnerOptions) {
    this.#runner = options.runner;
    this.#cache = options.cache;
    this.#env = options.env ?? process.env;
    this.#detect = options.detect ?? detectSandbox;
  }

  /** The kept result, without a run: before a tree is laid out for one. Null where there is none. */
  async lookUp(request: CheckRequest): Promise<CheckRun | null> {
    const key = await this.#key(request);
    return key === null || request.judged?.again === true ? null : this.#cache.lookUp(key);
  }

  async run(request: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    const key = await this.#key(request);
    if (key === null) return this.#runner.run(request, signal);
    for (;;) {
      signal.throwIfAborted();
      const running = this.#running.get(key);
      if (running === undefined) return this.#lead(key, request, signal);
      const shared = await follow(running, signal);
      if (shared !== null) return shared;
      // Who led was called off, and its tree may be gone with it: the next one leads.
    }
  }

  async #lead(key: Digest, request: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    const led = this.#judge(key, request, signal);
    this.#running.set(key, led);
    try {
      return await led;
    } finally {
      this.#running.delete(key);
    }
  }

  async #judge(key: Digest, request: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    const kept = request.judged?.again === true ? null : await this.#cache.lookUp(key);
    if (kept !== null) return kept;
    return this.#cache.keep(key, await this.#runner.run(request, signal));
  }

  async #key(request: CheckRequest): Promise<Digest | null> {
    if (request.judged === null) return null;
    const choice = chooseSandbox(request.sandbox, await this.#detect());
    if (!choice.ok) return null;
    return checkKey(request, {
      toolChain: await toolChain(this.#env.PATH ?? ''),
      sandboxed: choice.sandbox !== null,
      env: this.#env,
    });
  }
}

/** The result of another's run; null where that run was called off. Rejects when aborted itself. */
async function follow(running: Promise<CheckRun>, signal: AbortSignal): Promise<CheckRun | null> {
  let stop = (): void => undefined;
  const aborted = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([running.catch(() => null), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
