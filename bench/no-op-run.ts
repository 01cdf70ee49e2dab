import type { EffectResult } from '../src/core/commands.ts';
import type { StartRun } from '../src/core/commands/driver.ts';
import { checksAlone } from '../src/core/decide-evaluation.ts';
import type { Effect } from '../src/core/effects.ts';
import type { RunEvent } from '../src/core/events.ts';
import type { BaseRecord } from '../src/core/events/run-origin.ts';
import { digest, runId, treeId } from '../src/core/ids.ts';
import type { Plan } from '../src/core/plan/plan.ts';
import type { RunState } from '../src/core/state.ts';
import type { CheckResult } from '../src/core/verdict.ts';
import {
  RunLoop,
  type Performer,
  type RunJournal,
  type Unstamped,
} from '../src/engine/run-loop.ts';

const tree = treeId('0'.repeat(40));
const sha = digest('0'.repeat(64));
const base: BaseRecord = {
  tree,
  commit: tree,
  head: null,
  branch: null,
  repository: 'none',
  prefix: '',
  dirty: false,
  dirtyPaths: [],
  dirtyCount: 0,
  changes: tree,
  files: 0,
  bytes: 0,
  submodules: [],
  lfs: [],
};
const spent = { tokens: 10, microUsd: 10, turns: 1, ms: 1 };
const passed: CheckResult = {
  check: 'tests',
  outcome: 'passed',
  passed: 1,
  failed: 0,
  durationMs: 1,
  cached: false,
  evidence: [],
};

/** Agents and checks that are done at once, so that a run measures the orchestration alone. */
const noOp: Performer = { perform: (effect) => Promise.resolve(resultOf(effect)) };

export function resultOf(effect: Exclude<Effect, { type: 'abort' }>): Unstamped<EffectResult> {
  const { order } = effect;
  switch (effect.type) {
    case 'check-prerequisites':
      return { type: 'record-prerequisites', order, results: [] };
    case 'generate': {
      const { module } = effect;
      const submission = { tree, summary: '', problems: [], trespasses: [], findings: [], spent };
      return { type: 'record-submission', order, module, ...submission };
    }
    case 'evaluate': {
      const { module } = effect;
      const reviews = { review: checksAlone, others: [] };
      const judgement = { subject: tree, checks: [passed], ...reviews, seal: sha, spent };
      return { type: 'record-evaluation', order, module, ...judgement };
    }
    case 'deliver': {
      const result = { ok: true, kind: 'branch', name: 'bench', commit: null } as const;
      return { type: 'record-delivery', order, result };
    }
    case 'write-postmortem':
      return { type: 'record-postmortem', order, digest: sha };
    case 'await-provider':
    case 'rest':
    case 'amend':
    case 'split':
    case 'arbitrate':
    case 'verify-contract':
    case 'integrate':
    case 'run-gate':
    case 'compose-subject':
      throw new Error(`a run of no-op agents does not ${effect.type}`);
  }
}

export class MemoryJournal implements RunJournal {
  readonly events: RunEvent[] = [];
  flushes = 0;

  enqueue(events: readonly RunEvent[]): void {
    for (const event of events) this.events.push(event);
  }

  flush(): Promise<void> {
    this.flushes++;
    return Promise.resolve();
  }
}

export function startRun(plan: Plan): Unstamped<StartRun> {
  return {
    type: 'start-run',
    run: runId('20260101-0000-0000'),
    plan,
    base,
    sandbox: { mode: 'off', kind: 'none' },
    contracts: plan.modules.map(({ id }) => ({
      module: id,
      contract: tree,
      listing: sha,
      tests: 1,
    })),
    adoptable: [],
  };
}

/** Drives a plan from `start-run` to its postmortem, by no-op agents unless told; throws unless every module was sealed. */
export async function driveRun(
  command: Unstamped<StartRun>,
  journal: RunJournal,
  performer: Performer = noOp,
): Promise<RunState> {
  const loop = new RunLoop(null, {
    journal,
    performer,
    now: Date.now,
    observe: () => undefined,
    stayOpen: false,
  });
  loop.submit(command);
  loop.submit({ type: 'start-driver', driver: 1, host: 'bench', pid: 1 });
  const state = await loop.run();
  const complete = state.phase.at === 'finished' && state.phase.outcome === 'complete';
  if (!complete || state.sealed !== command.plan.modules.length) {
    throw new Error(`the run ended ${state.phase.at} with ${state.sealed} modules sealed`);
  }
  return state;
}
