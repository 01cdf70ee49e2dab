import type { Digest } from '../../core/ids.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';
import type { CheckRequest } from './check-request.ts';
import type { ToolChain } from './toolchain.ts';

/** Raised whenever the same run would be judged otherwise than before. */
const runnerVersion = 2;

/** What the machine adds to a result. */
export interface Surroundings {
  readonly toolChain: ToolChain;
  readonly sandboxed: boolean;
  /** The environment from which the plan lets named variables through. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The key under which a check's result is kept: everything that it depends on. Null where it
 * depends on more than can be named: on the network, on folders outside the tree, or on resources,
 * such as what lies in a database.
 */
export function checkKey(request: CheckRequest, surroundings: Surroundings): Digest | null {
  const { check, judged, expected } = request;
  if (judged === null || check.sandbox.network || check.sandbox.read.length > 0) return null;
  if (check.resources.length > 0 || judged.withResources === true) return null;
  const list = expected
    ?.filter((test) => test.check === check.name)
    .map((test) => canonicalJson(test));
  return sha256(
    canonicalJson({
      runnerVersion,
      tree: judged.tree,
      environment: judged.environment,
      check,
      expected: list === undefined ? null : list.sort(),
      testFiles: [...request.testFiles].sort(),
      toolChain: surroundings.toolChain,
      sandboxed: surroundings.sandboxed,
      env: check.sandbox.env.map((name) => [name, surroundings.env[name] ?? null]),
    }),
  );
}
