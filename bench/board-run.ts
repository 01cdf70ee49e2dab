import { decide } from '../src/core/decide.ts';
import { checksAlone } from '../src/core/decide-evaluation.ts';
import type { Effect } from '../src/core/effects.ts';
import type { RunEvent } from '../src/core/events.ts';
import { digest, gateId, nodeRef, streamId, tierId, treeId } from '../src/core/ids.ts';
import { outstanding } from '../src/core/outstanding.ts';
import type { CheckPlan, Plan } from '../src/core/plan/plan.ts';
import type { RunState } from '../src/core/state.ts';
import type { Unstamped } from '../src/engine/run-loop.ts';
import { startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { shapeOf } from './shapes.ts';

/** A run as the board gets it: whole decisions, made by the rules themselves. */
export type Decisions = readonly (readonly RunEvent[])[];

/** Agents that are at work at once; each says twice how far it is before it hands in. */
const atWork = 40;
const reports = 2;
const spent = { tokens: 900, microUsd: 4_000, turns: 1, ms: 20 };
/** Every so manieth first attempt fails. */
const failing = 9;

/** Layers of modules in tiers of about √N, streams of as many tiers each, one gate at the end. */
export function boardPlan(modules: number): Plan {
  const plain = planOf(shapeOf('layered', modules));
  const width = Math.round(Math.sqrt(modules));
  const tiers = Array.from({ length: Math.ceil(modules / width) }, (_, tier) => ({
    id: tierId(`tier-${tier}`),
    includes: [],
    modules: plain.modules.slice(tier * width, (tier + 1) * width).map(({ id }) => id),
    resources: [],
    checks: [checkOf('cross')],
  }));
  const streams = ['north', 'east', 'south', 'west'];
  const pool = { max: atWork, agent: 'none', model: null, definition: null, budget: null };
  return {
    ...plain,
    pools: { planners: pool, builders: pool, reviewers: pool },
    streams: streams.map((id) => ({ id: streamId(id), title: id, lead: null })),
    modules: plain.modules.map((module, i) => ({
      ...module,
      stream: streamId(streams[Math.floor((i * streams.length) / modules)] ?? 'north'),
      checks: [checkOf('unit'), checkOf('lint')],
    })),
    tiers,
    gates: [
      {
        kind: 'end-to-end',
        id: gateId('whole'),
        requires: tiers.map(({ id }) => nodeRef('tier', id)),
        checks: [checkOf('whole')],
      },
    ],
  };
}

function checkOf(name: string): CheckPlan {
  const sandbox = { network: false, read: [], env: [] };
  return {
    name,
    run: '',
    report: 'tap',
    reportFile: '',
    between: [],
    timeoutMs: 1_000,
    resources: [],
    sandbox,
  };
}

/** Plays a plan to its end, what is at work coming back in turn, a second apart. */
export function playRun(plan: Plan): Decisions {
  const decisions: (readonly RunEvent[])[] = [];
  let state: RunState | null = null;
  let at = Date.UTC(2026, 0, 1);
  const apply = (command: Unstamped): void => {
    at += 1_000;
    const decision = decide(state, { ...command, at });
    if (!decision.ok) throw new Error(decision.refusal.message);
    state = decision.state;
    if (decision.events.length > 0) decisions.push(decision.events);
  };
  apply(startRun(plan));
  apply({ type: 'start-driver', driver: 1, host: 'bench', pid: 1 });
  for (let turn = 0; ; turn++) {
    const effects = outstanding(state as unknown as RunState);
    const effect = effects[turn % Math.max(1, effects.length)];
    if (effect === undefined) return decisions;
    for (const command of answers(effect, turn)) apply(command);
  }
}

function answers(effect: Effect, turn: number): Unstamped[] {
  const { order } = effect;
  switch (effect.type) {
    case 'check-prerequisites':
      return [{ type: 'record-prerequisites', order, results: [] }];
    case 'generate': {
      const of = { order, module: effect.module, spent };
      const said = Array.from({ length: reports }, (_, i): Unstamped => {
        const fraction = (i + 1) / (reports + 1);
        return { type: 'record-progress', ...of, says: `turn ${i + 1} of ${reports}`, fraction };
      });
      const done = { summary: 'It is done.', problems: [], trespasses: [], findings: [] };
      return [...said, { type: 'record-submission', ...of, tree: treeOf(order), ...done }];
    }
    case 'evaluate': {
      const passes = turn % failing !== 0;
      return [
        {
          ...{ type: 'record-evaluation', order, module: effect.module, spent },
          checks: ['unit', 'lint'].map((check) => resultOf(check, passes)),
          ...{ subject: treeOf(order), review: checksAlone, others: [] },
          seal: passes ? digest('5'.repeat(64)) : null,
        },
      ];
    }
    case 'integrate':
    case 'run-gate': {
      const [gate, check] =
        effect.type === 'integrate'
          ? [nodeRef('tier', effect.tier), 'cross']
          : [nodeRef('gate', effect.gate), 'whole'];
      const checks = [resultOf(check, true)];
      const of = { order, gate, tree: treeOf(order), checks, blames: [], spent };
      return [{ type: 'record-integration', ...of }];
    }
    case 'deliver': {
      const result = { ok: true, kind: 'branch', name: 'bench', commit: null } as const;
      return [{ type: 'record-delivery', order, result }];
    }
    case 'write-postmortem':
      return [{ type: 'record-postmortem', order, digest: digest('0'.repeat(64)) }];
    case 'await-provider':
    case 'rest':
    case 'amend':
    case 'split':
    case 'arbitrate':
    case 'verify-contract':
    case 'compose-subject':
    case 'abort':
      throw new Error(`a run for the board does not ${effect.type}`);
  }
}

const treeOf = (order: number) => treeId(order.toString(16).padStart(40, '0'));

function resultOf(check: string, passed: boolean) {
  const says = 'expected 2 to be 1';
  const evidence = { kind: 'test', check, test: 'adds', file: 'a.test.js', line: 7, says } as const;
  return {
    check,
    outcome: passed ? ('passed' as const) : ('failed' as const),
    passed: passed ? 12 : 11,
    failed: passed ? 0 : 1,
    durationMs: 40,
    cached: false,
    evidence: passed ? [] : [evidence],
  };
}
