import { accountOf, boundOf } from '../../src/core/accounts.ts';
import { grantOf } from '../../src/core/allowance.ts';
import {
  addAmounts,
  overrun,
  scaleAmount,
  zeroAmount,
  type Amount,
} from '../../src/core/budget.ts';
import { decide } from '../../src/core/decide.ts';
import { checksAlone } from '../../src/core/decide-evaluation.ts';
import type { Effect } from '../../src/core/effects.ts';
import { modulePlan } from '../../src/core/graph.ts';
import { nodeRef, type NodeRef, type Order } from '../../src/core/ids.ts';
import { moduleNode } from '../../src/core/lookup.ts';
import { outstanding } from '../../src/core/outstanding.ts';
import type { Plan, ScopeBudget } from '../../src/core/plan/plan.ts';
import { partScopes, sharedScopesOf, type Scope, type SharedScope } from '../../src/core/scopes.ts';
import { isOver, type RunState } from '../../src/core/state.ts';
import { AttemptMeter } from '../../src/engine/agents/attempt-meter.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import type { Random } from '../sim/random.ts';
import { beginning, digest, tree } from './scenario-beginning.ts';
import { plan } from './scenario-plan.ts';

/** What came of one run, as far as money goes. */
export interface Spent {
  readonly calls: number;
  readonly refused: number;
  readonly takeovers: number;
  readonly changes: number;
  readonly exhausted: boolean;
  readonly sealedAll: boolean;
}

interface Worker {
  readonly effect: Effect;
  readonly scopes: readonly Scope[];
  readonly meter: AttemptMeter;
  readonly allowance: Amount;
  /** The most that a call of it costs. */
  readonly price: Amount;
  /** Calls under way, oldest first, by what they may cost at most. */
  readonly held: Amount[];
  ms: number;
}

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;
const shared: readonly SharedScope[] = ['run', ...partScopes];

/**
 * A run in memory: the rules decide, and agents spend through the purse that real ones have. What is
 * really spent is counted apart, and held against every bound after every call and every decision.
 */
export class SpendingRun {
  readonly #random: Random;
  #state: RunState | null = null;
  #at = Date.UTC(2026, 0, 1);
  readonly #workers = new Map<Order, Worker>();
  /** Dead agents whose calls are still under way. */
  readonly #late: Worker[] = [];
  readonly #really = new Map<Scope, Amount>();
  /** What was committed when a bound was lowered: that much cannot be taken back. */
  readonly #floors = new Map<Scope, Amount>();
  readonly #tally = { calls: 0, refused: 0, takeovers: 0, changes: 0, exhausted: false };

  constructor(random: Random) {
    this.#random = random;
    for (const move of beginning({ plan: randomBudgets(random) })) {
      this.#decide(typeof move === 'function' ? move(this.#state!) : move);
    }
  }

  play(steps: number): Spent {
    for (let step = 0; step < steps && !isOver(this.#run); step++) this.#step();
    const { sealed, modules } = this.#run;
    return { ...this.#tally, sealedAll: sealed === modules.length };
  }

  get #run(): RunState {
    if (this.#state === null) throw new Error('the run has not begun');
    return this.#state;
  }

  #step(): void {
    const random = this.#random;
    this.#at += random.between(1, 90_000);
    const late = this.#late.pop();
    if (late !== undefined) this.#settleCall(late);
    if (random.chance(0.01)) {
      this.#takeOver();
      return;
    }
    if (random.chance(0.02)) {
      this.#changeBudget(null);
      return;
    }
    const effects = outstanding(this.#run);
    if (effects.length === 0) {
      this.#help();
      return;
    }
    const effect = random.pick(effects);
    const worker = this.#workers.get(effect.order);
    if (worker === undefined) this.#decide(resultOf(random, this.#run, effect, zeroAmount));
    else this.#work(worker);
  }

  /** An agent calls, waits for a call, takes its time, ends, or dies. */
  #work(worker: Worker): void {
    const random = this.#random;
    const { effect } = worker;
    const what = random.weighed({ call: 55, settle: 25, ends: 18, dies: 2 });
    worker.ms += Math.min(random.between(0, 60_000), worker.allowance.ms - worker.ms);
    this.#count(worker, { ...zeroAmount, ms: 0 });
    if (what === 'settle' && worker.held.length > 0) {
      this.#settleCall(worker);
      return;
    }
    if (what === 'call') {
      if (worker.meter.maySpend(worker.price)) {
        worker.held.push(worker.price);
        this.#tally.calls++;
        return;
      }
      this.#tally.refused++;
      if (effect.type === 'generate') {
        this.#end(worker, 'exhausted');
        return;
      }
    }
    this.#end(worker, what === 'dies' ? 'unknown' : 'answer');
  }

  /** The call cost what it may, or less. */
  #settleCall(worker: Worker): void {
    const most = worker.held.shift();
    if (most === undefined) return;
    const share = this.#random.chance(0.5) ? 1 : this.#random.fraction();
    const cost = {
      tokens: Math.floor(most.tokens * share),
      microUsd: Math.floor(most.microUsd * share),
      turns: most.turns,
      ms: 0,
    };
    worker.meter.spend(cost);
    this.#count(worker, cost);
    if (worker.held.length > 0 && !this.#workers.has(worker.effect.order)) this.#late.push(worker);
  }

  #end(worker: Worker, how: 'answer' | 'exhausted' | 'unknown'): void {
    const { effect, meter, ms } = worker;
    const spent = { ...meter.committed, ms };
    this.#count(worker, { ...zeroAmount, ms });
    this.#workers.delete(effect.order);
    if (worker.held.length > 0) this.#late.push(worker);
    if (how === 'unknown') this.#decide({ type: 'record-abort', order: effect.order, effect });
    else if (how === 'exhausted' && effect.type === 'generate') {
      const { order, module } = effect;
      const what = overrun(addAmounts(meter.committed, worker.price), worker.allowance);
      const end = { outcome: 'exhausted', message: '', seed: null, restMs: 0 } as const;
      this.#decide({ type: 'record-generation-end', order, module, ...end, what, spent });
    } else this.#decide(resultOf(this.#random, this.#run, effect, spent));
  }

  #takeOver(): void {
    this.#tally.takeovers++;
    for (const worker of this.#workers.values()) {
      this.#count(worker, { ...zeroAmount, ms: worker.ms });
      if (worker.held.length > 0) this.#late.push(worker);
    }
    this.#workers.clear();
    const driver = this.#run.driver + 1;
    this.#decide({ type: 'start-driver', driver, host: 'here', pid: driver });
    for (const effect of outstanding(this.#run)) this.#seat(effect);
  }

  /** Nothing is at work: somebody gives more, or another contract. */
  #help(): void {
    const [used] = this.#run.exhausted;
    if (used !== undefined) {
      this.#changeBudget(used.scope);
      return;
    }
    const stuck = [...this.#run.modules].find(({ life }) => life.at === 'escalated');
    if (stuck === undefined) return;
    if (this.#random.chance(0.5)) {
      this.#changeBudget(nodeRef('module', stuck.id));
      return;
    }
    const contract = tree(`${stuck.id}-by-hand-${this.#at}`);
    const asked = { module: stuck.id, contract, reason: 'clearer', by: 'ada' };
    this.#decide({ type: stuck.seal === null ? 'amend-contract' : 'reopen-module', ...asked });
  }

  /** `scope`: one that is raised; null: any, upwards or downwards. */
  #changeBudget(scope: Scope | null): void {
    const random = this.#random;
    const ids = this.#run.plan.modules.map(({ id }) => nodeRef('module', id));
    const of = scope ?? random.pick<Scope>([...shared, random.pick(ids)]);
    const factor = scope === null ? 0.2 + 2 * random.fraction() : 1.5 + random.fraction();
    const before = this.#bound(of);
    const to = (unit: keyof Amount): number | null =>
      before[unit] === Infinity ? null : Math.ceil(before[unit] * factor);
    for (const each of [of])
      this.#floors.set(each, maxAmount(this.#floor(each), this.#committed(each)));
    const ms = to('ms');
    const budget = {
      tokens: to('tokens'),
      microUsd: to('microUsd'),
      turns: to('turns'),
      minutes: of === 'run' ? Math.ceil(this.#run.plan.budget.minutes * factor) : ms && ms / 60_000,
      attempts: of.startsWith('module:') ? random.between(1, 9) : null,
    };
    this.#tally.changes++;
    this.#decide({ type: 'change-budget', scope: of, budget, by: 'ada' });
  }

  #decide(command: Unstamped): void {
    const decision = decide(this.#state, { ...command, at: this.#at });
    if (!decision.ok) return;
    this.#state = decision.state;
    if (decision.events.some(({ type }) => type === 'budget-exhausted'))
      this.#tally.exhausted = true;
    for (const effect of decision.effects) {
      if (effect.type === 'abort') {
        const worker = this.#workers.get(effect.order);
        if (worker !== undefined)
          this.#end(worker, this.#random.chance(0.5) ? 'answer' : 'unknown');
      } else this.#seat(effect);
    }
    for (const scope of shared) this.#hold(scope);
    for (const { id } of this.#run.plan.modules) this.#hold(nodeRef('module', id));
  }

  #seat(effect: Effect): void {
    const allowance = this.#run.reservations.get(effect.order);
    const payers = payersOf(effect);
    if (allowance === undefined || payers === null) return;
    const random = this.#random;
    const { tokens, microUsd, turns } = allowance;
    const part = random.pick([0.02, 0.1, 0.3, 0.7, 1.2]);
    const price = {
      tokens: Math.ceil(tokens * part * random.fraction()),
      microUsd: Math.ceil(microUsd * part * random.fraction()),
      turns: random.chance(0.9) ? 1 : turns + 1,
      ms: 0,
    };
    const meter = new AttemptMeter(allowance);
    const worker = { effect, scopes: payers, meter, allowance, price, held: [], ms: 0 };
    this.#workers.set(effect.order, worker);
  }

  /** What is really spent now; no bound may be overrun by it. */
  #count(worker: Worker, cost: Amount): void {
    for (const scope of worker.scopes) {
      this.#really.set(scope, addAmounts(this.#really.get(scope) ?? zeroAmount, cost));
      this.#hold(scope);
    }
  }

  /** Really spent ≤ spent and reserved ≤ the bound, or what was committed before it was lowered. */
  #hold(scope: Scope): void {
    const committed = this.#committed(scope);
    const over = overrun(committed, maxAmount(this.#bound(scope), this.#floor(scope)));
    if (over !== null) throw new Error(`${scope}: ${committed[over]} ${over} are committed`);
    const really = this.#really.get(scope) ?? zeroAmount;
    const hidden = overrun(really, committed);
    if (hidden !== null) throw new Error(`${scope}: really ${really[hidden]} ${hidden} are spent`);
  }

  #committed(scope: Scope): Amount {
    if (!scope.startsWith('module:')) {
      const { spent, reserved } = accountOf(this.#run, scope as SharedScope);
      return addAmounts(spent, reserved);
    }
    let sum = this.#run.modules.get(this.#node(scope)).spent;
    for (const [order, { scopes }] of this.#workers) {
      const reserved = this.#run.reservations.get(order);
      if (scopes.includes(scope) && reserved !== undefined) sum = addAmounts(sum, reserved);
    }
    return sum;
  }

  #bound(scope: Scope): Amount {
    if (!scope.startsWith('module:')) return boundOf(this.#run.plan, scope as SharedScope);
    const node = this.#node(scope);
    const { budget } = modulePlan(this.#run.plan, node);
    return scaleAmount(grantOf(budget), this.#run.modules.get(node).grants);
  }

  #floor(scope: Scope): Amount {
    return this.#floors.get(scope) ?? zeroAmount;
  }

  #node(scope: Scope): number {
    return moduleNode(this.#run, scope.slice('module:'.length) as never);
  }
}

function maxAmount(a: Amount, b: Amount): Amount {
  const max = { ...a };
  for (const unit of units) max[unit] = Math.max(a[unit], b[unit]);
  return max;
}

/** Told by the kind of work alone, apart from the rules. */
function payersOf(effect: Effect): readonly Scope[] | null {
  const of = (ref: NodeRef, role: Parameters<typeof sharedScopesOf>[1], own: boolean) => [
    ...sharedScopesOf(ref, role),
    ...(own ? [ref] : []),
  ];
  switch (effect.type) {
    case 'generate':
      return of(nodeRef('module', effect.module), 'builder', true);
    case 'evaluate':
      return of(nodeRef('module', effect.module), 'reviewer', true);
    case 'amend':
    case 'arbitrate':
    case 'split':
      return of(nodeRef('module', effect.module), 'planner', false);
    case 'integrate':
      return of(nodeRef('tier', effect.tier), 'integrator', false);
    case 'run-gate':
      return of(nodeRef('gate', effect.gate), 'integrator', false);
    case 'abort':
    case 'check-prerequisites':
    case 'compose-subject':
    case 'await-provider':
    case 'deliver':
    case 'rest':
    case 'verify-contract':
    case 'write-postmortem':
      return null;
  }
}

/** What comes back where an agent answers: good more often than not. */
function resultOf(random: Random, state: RunState, effect: Effect, spent: Amount): Unstamped {
  const { order } = effect;
  const check = (name: string, passed: boolean) => ({
    ...{ check: name, outcome: passed ? ('passed' as const) : ('failed' as const) },
    ...{ passed: 1, failed: passed ? 0 : 1, durationMs: 5, cached: false, evidence: [] },
  });
  switch (effect.type) {
    case 'check-prerequisites':
      return { type: 'record-prerequisites', order, results: [] };
    case 'generate': {
      const { module } = effect;
      const told = {
        tree: tree(`${module}-${order}`),
        summary: 'done',
        problems: [],
        trespasses: [],
        findings: [],
      };
      return { type: 'record-submission', order, module, ...told, spent };
    }
    case 'rest':
      return { type: 'record-rest', order, module: effect.module };
    case 'await-provider':
      return { type: 'record-provider-wait', order, provider: effect.provider };
    case 'evaluate': {
      const passed = random.chance(0.6);
      const judged = { subject: tree(`${order}`), checks: [check('unit', passed)] };
      const told = { ...judged, review: checksAlone, others: [], seal: digest(`${order}`), spent };
      return { type: 'record-evaluation', order, module: effect.module, ...told };
    }
    case 'amend': {
      const { module } = effect;
      const contract = tree(`${module}-by-planner-${order}`);
      return { type: 'record-amendment', order, module, contract, reason: 'clearer', spent };
    }
    case 'arbitrate': {
      const { module, conflict } = effect;
      const word = { decision: 'uphold', reason: 'as agreed' } as const;
      return { type: 'record-arbitration', order, module, conflict, ...word, spent };
    }
    case 'verify-contract': {
      const result = { ok: true, listing: digest(`listing-${order}`), tests: 3 } as const;
      return { type: 'record-verification', order, module: effect.module, result };
    }
    case 'integrate':
    case 'run-gate': {
      const gate =
        effect.type === 'integrate' ? nodeRef('tier', effect.tier) : nodeRef('gate', effect.gate);
      const checks = [check('cross', true)];
      return {
        type: 'record-integration',
        order,
        gate,
        tree: tree('x'),
        checks,
        blames: [],
        spent,
      };
    }
    case 'deliver': {
      const result = { ok: true, kind: 'branch', name: 'x', commit: null } as const;
      return { type: 'record-delivery', order, result };
    }
    case 'write-postmortem':
      return { type: 'record-postmortem', order, digest: digest('postmortem') };
    case 'compose-subject':
    case 'split':
    case 'abort':
      throw new Error(`nothing comes back from ${effect.type} in ${state.run}`);
  }
}

function randomBudgets(random: Random): Plan {
  const size = random.between(1, 6);
  const names = Array.from({ length: size }, (_, i) => `m${i}`);
  const scarcity = random.pick([0.3, 0.8, 2, 6]);
  const part = (): ScopeBudget | null => {
    if (random.chance(0.4)) return null;
    const bound = (all: number): number | null =>
      random.chance(0.6) ? Math.ceil(all * size * scarcity * random.fraction()) + 1 : null;
    const [tokens, microUsd] = [bound(100_000), bound(1_000_000)];
    return { tokens, microUsd, turns: bound(40), minutes: bound(60) };
  };
  const made = plan({
    modules: Object.fromEntries(
      names.map((name, i) => [
        name,
        {
          needs: i > 0 && random.chance(0.4) ? [names[random.between(0, i - 1)]!] : [],
          budget: {
            tokens: random.between(1_000, 200_000),
            microUsd: random.chance(0.2) ? 0 : random.between(1_000, 2_000_000),
            turns: random.between(2, 60),
            minutes: random.between(1, 90),
            attempts: random.between(1, 5),
          },
          onExhausted: random.pick([['escalate'], ['reframe', 'escalate']] as const),
        },
      ]),
    ),
    tiers: { all: { modules: names } },
    gates: { whole: { requires: ['tier:all'], checks: ['whole'] } },
    pools: {
      planners: random.between(1, 2),
      builders: random.between(1, 5),
      reviewers: random.between(1, 4),
    },
    budget: {
      tokens: Math.ceil(100_000 * size * scarcity),
      microUsd: Math.ceil(1_000_000 * size * scarcity),
      minutes: random.between(20, 2_000),
      turns: random.chance(0.4) ? Math.ceil(40 * size * scarcity) : null,
      phases: { plan: part(), build: part(), integrate: part(), 'end-to-end': part() },
    },
  });
  const { planners, builders, reviewers } = made.pools;
  return {
    ...made,
    pools: {
      planners: { ...planners, budget: part() },
      builders: { ...builders, budget: part() },
      reviewers: { ...reviewers, budget: part() },
    },
  };
}
