import { unbounded } from '../../../src/core/plan/unbounded.ts';
import type { Command } from '../../../src/core/commands.ts';
import type { Review } from '../../../src/core/commands/judging-result.ts';
import { decide } from '../../../src/core/decide.ts';
import { checksAlone } from '../../../src/core/decide-evaluation.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import type { Adoptable, BaseRecord } from '../../../src/core/events/run-origin.ts';
import {
  digest,
  gateId,
  moduleId,
  nodeRef,
  runId,
  streamId,
  tierId,
  treeId,
  type Order,
} from '../../../src/core/ids.ts';
import { moduleState } from '../../../src/core/lookup.ts';
import type { CheckPlan, ModulePlan, Plan } from '../../../src/core/plan/plan.ts';
import { replay, type Replayed } from '../../../src/core/projections/timeline.ts';
import type { RunState } from '../../../src/core/state.ts';
import type { CheckResult, Evidence } from '../../../src/core/verdict.ts';

type WithoutTime = Command extends infer C ? (C extends Command ? Omit<C, 'at'> : never) : never;

export const tree = (letter: string) => treeId(letter.repeat(40));
export const hash = (letter: string) => digest(letter.repeat(64));
export const spent = (tokens: number, usd = 0) => ({
  ...{ tokens, microUsd: usd * 1_000_000, turns: 1, ms: 1_000 },
});

/** A run told in commands: what the rules make of them is its journal. Times are in seconds. */
export class Story {
  readonly events: RunEvent[] = [];
  readonly startedAt = 1_772_366_400_000; // 2026-03-01 12:00:00 UTC
  #state: RunState | null = null;
  #at = this.startedAt;

  constructor(plan: Plan = smallPlan(), adoptable: readonly Adoptable[] = []) {
    const contracts = plan.modules.map(({ id }) => ({
      ...{ module: id, contract: tree('c'), listing: hash('a'), tests: 12 },
    }));
    const base: BaseRecord = {
      ...{ tree: tree('b'), commit: 'b'.repeat(40), head: 'd'.repeat(40), branch: 'main' },
      repository: 'top',
      ...{ prefix: '', dirty: false, dirtyPaths: [], dirtyCount: 0 },
      ...{ changes: 'e'.repeat(40), files: 10, bytes: 100, submodules: [], lfs: [] },
    };
    const run = runId('20260301-1200-ab3d');
    const sandbox = { mode: 'prefer', kind: 'bwrap' } as const;
    this.do({ type: 'start-run', run, plan, base, sandbox, contracts, adoptable });
    this.do({ type: 'start-driver', driver: 1, host: 'here', pid: 1 });
  }

  get state(): RunState {
    return this.#state!;
  }

  get now(): number {
    return this.#at;
  }

  get replayed(): Replayed {
    return replay(this.events)!;
  }

  after(seconds: number): this {
    this.#at += seconds * 1000;
    return this;
  }

  do(command: WithoutTime): this {
    const decision = decide(this.#state, { ...command, at: this.#at });
    if (!decision.ok) throw new Error(decision.refusal.message);
    this.#state = decision.state;
    this.events.push(...decision.events);
    return this;
  }

  go(): this {
    return this.do({ type: 'record-prerequisites', order: 1 as Order, results: [] });
  }

  progress(name: string, says: string, fraction: number | null): this {
    const at = this.#of(name);
    return this.do({ type: 'record-progress', ...at, says, fraction, spent: spent(10) });
  }

  /** Its builder is given a note of an earlier run. */
  read(name: string): this {
    const note = {
      ...{ file: `2026-02-01-pitfall-${name}.md`, type: 'pitfall' },
      ...{ title: `${name}: the last token is lost`, digest: hash('a') },
    };
    const to = { role: 'generator', attempt: 1, agent: 1, notes: [note] } as const;
    return this.do({ type: 'record-insights', ...this.#of(name), ...to });
  }

  submit(name: string, summary = `${name} is done`): this {
    const at = this.#of(name);
    const work = {
      tree: tree('1'),
      summary,
      problems: [],
      findings: [],
      trespasses: [],
      spent: spent(1_000, 0.25),
    };
    return this.do({ type: 'record-submission', ...at, ...work });
  }

  pass(name: string): this {
    return this.judge(name, [checked('unit', 'passed')]);
  }

  fail(name: string, says: string): this {
    return this.judge(name, [checked('unit', 'failed', [evidence(says)])]);
  }

  /** Its checks pass, yet its reviewer holds that the contract is not kept. */
  revise(name: string, says: string): this {
    const review = {
      verdict: 'NEEDS_REVISION',
      summary: says,
      evidence: [evidence(says)],
      testsWrong: null,
    } as const;
    return this.judge(name, [checked('unit', 'passed')], review);
  }

  /** The tests of its new contract are listed. */
  list(name: string): this {
    const result = { ok: true, listing: hash('6'), tests: 13 } as const;
    return this.do({ type: 'record-verification', ...this.#of(name), result });
  }

  /** Built in 60 s and judged in 10. */
  seal(...names: string[]): this {
    this.after(60);
    for (const name of names) this.submit(name);
    this.after(10);
    for (const name of names) this.pass(name);
    return this;
  }

  passTier(name: string): this {
    return this.#integrate(nodeRef('tier', name), this.#judging('tier', name), null);
  }

  /** The check between lexer and parser fails; lexer is blamed. */
  failTier(name: string, reason: string): this {
    return this.#integrate(nodeRef('tier', name), this.#judging('tier', name), reason);
  }

  passGate(name: string): this {
    return this.#integrate(nodeRef('gate', name), this.#judging('gate', name), null);
  }

  subject(name: string, letter = 'f'): this {
    const gate = gateId(name);
    const order = this.#judging('gate', name);
    return this.do({ type: 'record-subject', order, gate, submission: hash(letter) });
  }

  approve(name: string, letter = 'f'): this {
    const of = { gate: gateId(name), submission: hash(letter), by: 'sam', note: 'looks right' };
    return this.do({ type: 'approve-gate', ...of });
  }

  deliver(): this {
    const { phase } = this.state;
    if (phase.at !== 'delivering') throw new Error(`not delivering but ${phase.at}`);
    const name = `ashlar/${this.state.run}`;
    const result = { ok: true, kind: 'branch', name, commit: '9'.repeat(40) } as const;
    return this.do({ type: 'record-delivery', order: phase.order, result });
  }

  /** From the first module to the question whether to ship. */
  toApproval(): this {
    this.go().seal('lexer', 'vm').seal('parser').after(5).passTier('core');
    return this.after(5).passGate('accept').subject('ship');
  }

  #of(name: string) {
    const module = moduleId(name);
    const { life } = moduleState(this.state, module);
    if (!('order' in life) || life.order === null) throw new Error(`${name} is ${life.at}`);
    return { module, order: life.order };
  }

  judge(name: string, checks: readonly CheckResult[], review: Review = checksAlone): this {
    const reviewed = { review, others: [], seal: hash('5'), spent: spent(100, 0.01) };
    const judged = { subject: tree('2'), checks, ...reviewed };
    return this.do({ type: 'record-evaluation', ...this.#of(name), ...judged });
  }

  #judging(kind: 'tier' | 'gate', name: string): Order {
    const { tiers, gates } = this.state;
    const all = kind === 'tier' ? [...tiers] : [...gates];
    const life = all.find(({ id }) => id === name)?.life;
    if (life?.at !== 'judging') throw new Error(`${kind} ${name} is ${String(life?.at)}`);
    return life.order;
  }

  #integrate(gate: ReturnType<typeof nodeRef>, order: Order, reason: string | null): this {
    const between = [moduleId('lexer'), moduleId('parser')];
    const says = 'tokens have no columns';
    const checks =
      reason === null
        ? [checked('cross', 'passed')]
        : [checked('cross', 'failed', [evidence(says)])];
    const blame = { check: 'cross', between, blamed: moduleId('lexer'), how: 'declared' } as const;
    const blames = reason === null ? [] : [{ ...blame, reason }];
    const of = { gate, order, tree: tree('2'), spent: spent(50) };
    return this.do({ type: 'record-integration', ...of, checks, blames });
  }
}

export const evidence = (says: string): Evidence => ({
  ...{ kind: 'test', check: 'unit', test: 'reads numbers', file: 'tests/a.test.js', line: 7, says },
});

export function checked(
  check: string,
  outcome: CheckResult['outcome'],
  found: readonly Evidence[] = [],
): CheckResult {
  const counts = { passed: 12 - found.length, failed: found.length };
  return { check, outcome, ...counts, durationMs: 400, cached: false, evidence: found };
}

/** lexer ◄─ parser, vm; tier core of all three; gate accept; approval ship. */
export function smallPlan(): Plan {
  return {
    ashlar: 1,
    artifact: {
      ...{ name: 'tiny', kind: 'compiler', purpose: 'Compile a small language.' },
      ...{ sourceOfTruth: [], success: 'every program prints its golden output' },
    },
    preconditions: { modules: 'm', interfaces: 'i', workPerModule: 'w' },
    environment: null,
    prerequisites: [],
    models: [],
    pools: {
      planners: { max: 1, agent: 'scripted', model: null, definition: null, budget: null },
      builders: { max: 2, agent: 'scripted', model: null, definition: null, budget: null },
      reviewers: { max: 2, agent: 'scripted', model: null, definition: null, budget: null },
    },
    budget: { tokens: 1_000_000, minutes: 60, microUsd: 20_000_000, ...unbounded },
    stallMinutes: 5,
    resources: [],
    streams: [{ id: streamId('main'), title: 'Main', lead: null }],
    modules: [planned('lexer', []), planned('parser', ['lexer']), planned('vm', [])],
    handoffs: [],
    tiers: [
      {
        id: tierId('core'),
        includes: [],
        modules: ['lexer', 'parser', 'vm'].map(moduleId),
        resources: [],
        checks: [planCheck('cross')],
      },
    ],
    gates: [
      {
        ...{ kind: 'end-to-end', id: gateId('accept') },
        ...{ requires: [nodeRef('tier', 'core')], checks: [planCheck('golden')] },
      },
      { kind: 'approval', id: gateId('ship'), requires: [nodeRef('gate', 'accept')] },
    ],
  };
}

const planCheck = (name: string): CheckPlan => ({
  ...{
    name,
    run: 'true',
    report: 'exit',
    reportFile: '',
    between: [],
    timeoutMs: 60_000,
    resources: [],
  },
  sandbox: { network: false, read: [], env: [] },
});

function planned(name: string, needs: readonly string[]): ModulePlan {
  return {
    ...{ id: moduleId(name), kind: 'code', purpose: `The ${name}.`, stream: streamId('main') },
    owns: [`src/${name}/**`],
    contract: {
      author: 'plan',
      file: `contracts/${name}.md`,
      tests: [`tests/${name}/**`],
      stub: [],
    },
    needs: needs.map((need) => ({ kind: 'hard', on: nodeRef('module', need) })),
    resources: [],
    checks: [planCheck('unit')],
    reviewers: 1,
    estimate: { minutes: 2, review: 1, source: 'plan', runs: 0 },
    budget: { turns: 20, tokens: 100_000, minutes: 15, microUsd: 5_000_000, attempts: 3 },
    onExhausted: ['escalate'],
  };
}
