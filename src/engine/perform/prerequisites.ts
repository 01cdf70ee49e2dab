import type { EffectResult } from '../../core/commands.ts';
import type { PrerequisiteResult } from '../../core/commands/run-result.ts';
import type { CheckPrerequisites } from '../../core/effects.ts';
import type { CheckPlan, CommandPrerequisite, Prerequisite } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import type { Evidence } from '../../core/verdict.ts';
import type { Performing } from '../performing.ts';
import type { Unstamped } from '../run-loop.ts';
import { checkMcp } from './prerequisite-mcp.ts';
import { checkProgram } from './prerequisite-program.ts';
import type { Found, PrerequisiteRoom } from './prerequisite-room.ts';
import { checkService } from './prerequisite-service.ts';
import { checkVariable } from './prerequisite-variable.ts';
import { effectId, runChecks } from './run-checks.ts';
import type { World } from './world.ts';

const commandTimeoutMs = 60_000;
/** Each may start a process of its own. */
const atOnce = 16;

/**
 * Checks all prerequisites side by side and tells each as soon as it is known; their results are
 * never taken from an earlier run.
 */
export async function checkPrerequisites(
  world: World,
  { order }: CheckPrerequisites,
  state: RunState,
  work: Pick<Performing, 'report' | 'signal'>,
): Promise<Unstamped<EffectResult>> {
  const { prerequisites } = state.plan;
  const { signal } = work;
  const { environment, folders, sandbox } = world;
  const room: PrerequisiteRoom = {
    ...{ env: process.env, sandbox, effect: effectId(world, order), signal },
    base: (name) => folders.create(world.run, `prerequisite-${order}-${name}`, state.base.tree),
    provided: environment.provided,
  };
  const results: PrerequisiteResult[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < prerequisites.length; at = next++) {
      const prerequisite = prerequisites[at];
      if (prerequisite === undefined) return;
      const result = await check(world, room, state, prerequisite);
      signal.throwIfAborted();
      results[at] = result;
      // A single one is told with the end.
      if (prerequisites.length > 1) work.report({ type: 'record-prerequisite', order, result });
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, prerequisites.length) }, worker);
  // Nothing may still be at work when this ends.
  for (const end of await Promise.allSettled(workers)) {
    if (end.status === 'rejected') throw end.reason;
  }
  return { type: 'record-prerequisites', order, results };
}

async function check(
  world: World,
  room: PrerequisiteRoom,
  state: RunState,
  prerequisite: Prerequisite,
): Promise<PrerequisiteResult> {
  if ('run' in prerequisite) return runCommand(world, room, state, prerequisite);
  const found = await find(room, prerequisite);
  const { name } = prerequisite;
  if (found.ok) return { name, passed: true, evidence: [] };
  return { name, passed: false, evidence: [said(name, world.secrets(found.says))] };
}

function find(
  room: PrerequisiteRoom,
  prerequisite: Exclude<Prerequisite, CommandPrerequisite>,
): Promise<Found> | Found {
  if ('env' in prerequisite) return checkVariable(room.env, prerequisite);
  if ('program' in prerequisite) return checkProgram(room, prerequisite);
  if ('service' in prerequisite) return checkService(prerequisite, room.signal);
  return checkMcp(room, prerequisite);
}

const said = (check: string, says: string): Evidence => ({
  ...{ kind: 'check', check, test: null, file: null, line: null, says },
});

async function runCommand(
  world: World,
  room: PrerequisiteRoom,
  state: RunState,
  { name, run, timeoutMs }: CommandPrerequisite,
): Promise<PrerequisiteResult> {
  // With a network: prerequisites ask for what the machine offers, and results with a network
  // are not kept.
  const check: CheckPlan = {
    ...{ name, run, report: 'exit', reportFile: '', between: [], resources: [] },
    timeoutMs: timeoutMs ?? commandTimeoutMs,
    sandbox: { network: true, read: [], env: [] },
  };
  const { effect, signal } = room;
  const on = { tree: state.base.tree, resources: [], testFiles: [], expected: null };
  const [ran] = await runChecks(world, { ...on, checks: [check], effect }, signal);
  // Of all that the plan passes to anything: a prerequisite may find it elsewhere, and print it.
  const redact = world.secrets;
  const evidence = (ran?.evidence ?? []).map((each) => ({ ...each, says: redact(each.says) }));
  return { name, passed: ran?.outcome === 'passed', evidence };
}
