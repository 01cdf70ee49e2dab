import type { TreeId } from '../../core/ids.ts';
import type { CheckPlan, ResourceUse } from '../../core/plan/plan.ts';
import type { CheckResult, ListedTest } from '../../core/verdict.ts';
import type { CheckRun } from '../gates/check-request.ts';
import type { World } from './world.ts';

export interface ChecksOnTree {
  readonly tree: TreeId;
  readonly checks: readonly CheckPlan[];
  /** Held by their gate beside what they use themselves. */
  readonly resources: readonly ResourceUse[];
  /** Root-relative files in which canaries are planted. */
  readonly testFiles: readonly string[];
  readonly expected: readonly ListedTest[] | null;
  /** Checks by name that are run even where their result is kept, to hold the two against each other. */
  readonly anew?: readonly string[];
  /** `<run>/<order>`, which every process of these checks carries. */
  readonly effect: string;
}

type Room = Pick<World, 'runner' | 'sandbox' | 'environment'>;

/** Runs checks side by side, or in turns where they share resources; none stops the others. Rejects with the signal's reason alone. */
export function runChecks(
  { runner, sandbox, environment }: Room,
  { tree, checks, resources, testFiles, expected, effect, anew = [] }: ChecksOnTree,
  signal: AbortSignal,
): Promise<CheckRun[]> {
  const { digest, provided } = environment;
  const common = { folder: '', testFiles, expected, effect, sandbox, provided };
  const run = (check: CheckPlan): Promise<CheckRun> => {
    const again = anew.includes(check.name);
    const judged = { tree, environment: digest, withResources: resources.length > 0, again };
    return runner.run({ ...common, judged, check }, signal);
  };
  return Promise.all(checks.map(run));
}

/**
 * Files that a check's command names, itself or by their folder: where canaries are planted for
 * checks that belong to no contract. Owned files are never among them.
 */
export function filesNamedBy(command: string, unowned: readonly string[]): string[] {
  const words = command
    .split(/[\s"'=]+/)
    .map((word) => word.replace(/^\.\//, '').replace(/\/$/, ''));
  const named = new Set(words.filter((word) => word !== ''));
  return unowned.filter((path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (named.has(path.slice(0, end))) return true;
    }
    return false;
  });
}

/** What the journal keeps of a run: not the list of its tests, which stands in the contract. */
export function toResult(run: CheckRun): CheckResult {
  const { check, outcome, passed, failed, durationMs, cached, evidence } = run;
  return { check, outcome, passed, failed, durationMs: Math.round(durationMs), cached, evidence };
}

/** The same effect's id on every machine's processes: what a resume looks for. */
export const effectId = (world: Pick<World, 'run'>, order: number): string =>
  `${world.run}/${order}`;
