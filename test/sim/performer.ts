import { zeroAmount } from '../../src/core/budget.ts';
import type { RecordUnserved } from '../../src/core/commands/agent-result.ts';
import { checksAlone } from '../../src/core/decide-evaluation.ts';
import type { Effect, Generate } from '../../src/core/effects.ts';
import type { AgentRole } from '../../src/core/events/budget.ts';
import { nodeRef, type NodeRef, type Order } from '../../src/core/ids.ts';
import { moduleState } from '../../src/core/lookup.ts';
import { poolOf } from '../../src/core/scopes.ts';
import type { RunState } from '../../src/core/state.ts';
import type { Performer } from '../../src/engine/run-loop.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import { split } from './splitting.ts';
import { aborted, amend, arbitrate, build, type Performance } from './agents.ts';
import { composeSubject, judgeComposition, judgeModule, type Result } from './checks.ts';
import { speaks } from './handoffs.ts';
import type { Outages } from './outages.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

type Performed = Exclude<Effect, { type: 'abort' }>;
type Work = Parameters<Performer['perform']>[2];

/** The simulated world of one driver: all that is at work in it ends with the process. */
export class SimulatedPerformer implements Performer {
  readonly #truth: Truth;
  readonly #random: Random;
  readonly #clock: VirtualClock;
  /** Aborts when the process is killed. */
  readonly #process: AbortSignal;
  readonly #honest: boolean;
  /** What builders tell each other. */
  readonly #talk: Random;
  readonly #now: () => RunState | null;
  readonly #outages: Outages;
  readonly #trouble: Random;
  /** Which of its agents are given notes. */
  readonly #reading: Random;
  /** The last event that will survive. */
  readonly #durable: () => number;
  /** What is at work now, with whether it was told to end. */
  readonly atWork = new Map<Order, Work>();

  constructor(
    world: {
      truth: Truth;
      random: Random;
      clock: VirtualClock;
      honest: boolean;
      outages: Outages;
      now: () => RunState | null;
    },
    process: AbortSignal,
    durable: () => number,
  ) {
    this.#durable = durable;
    this.#truth = world.truth;
    this.#random = world.random;
    this.#clock = world.clock;
    this.#honest = world.honest;
    this.#talk = world.random.fork('talk');
    this.#now = world.now;
    this.#outages = world.outages;
    this.#trouble = world.random.fork('trouble');
    this.#reading = world.random.fork('reading');
    this.#process = process;
  }

  async perform(effect: Performed, state: RunState, work: Work): Promise<Result> {
    if (effect.order > this.#durable()) throw new Error(`order ${effect.order} is not durable yet`);
    if (this.atWork.has(effect.order)) throw new Error(`order ${effect.order} is performed twice`);
    this.atWork.set(effect.order, work);
    try {
      const result = await this.#served(effect, state, work);
      if (this.#random.chance(0.03)) this.#sayAgain(result, work);
      return result;
    } finally {
      this.atWork.delete(effect.order);
    }
  }

  /** As its agents do it, where their provider serves them before and after. */
  async #served(effect: Performed, state: RunState, work: Work): Promise<Result> {
    const role = roleOf(effect, state);
    if (role === null || this.#truth.calm) return this.#perform(effect, state, work);
    const { order } = effect;
    const { agent: provider, model } = state.plan.pools[poolOf(role)];
    const failure = (): Result | null => {
      const code = this.#outages.at(provider, this.#clock.now() - startOfTime);
      if (code === null) return null;
      const restMs = this.#trouble.chance(0.2) ? this.#trouble.between(1, 20) * 60_000 : 0;
      const allowed = state.reservations.get(order) ?? zeroAmount;
      const tokens = Math.floor(allowed.tokens * 0.3 * this.#trouble.fraction());
      const spent = { ...zeroAmount, tokens };
      const its = { order, effect: effect as RecordUnserved['effect'], seed: null };
      const of = { ...its, provider, model, code, restMs };
      return { type: 'record-unserved', ...of, message: `it says ${code}`, spent };
    };
    if (role !== 'integrator') this.#begin(effect, role, work);
    const before = failure();
    if (before !== null) {
      await this.#take(this.#trouble.between(1, 60_000), work);
      return before;
    }
    const result = await this.#perform(effect, state, work);
    if (!asksAgent(result)) return result;
    if (this.#trouble.chance(0.8)) {
      const usage = { input: 5, cacheRead: 0, cacheWrite: 0, output: 3 };
      const told = { provider, model: 'm', calls: 1, tokens: usage, untold: 0, microUsd: 1 };
      const lines = [{ ...told, unpriced: 0 }];
      work.report({
        ...{ type: 'record-usage', order, agent: this.#trouble.between(1, 3) },
        ...{ for: refOf(effect), role: role === 'builder' ? 'generator' : 'evaluator', lines },
      });
    }
    return failure() ?? result;
  }

  /** Some agents find notes of earlier runs before them. */
  #begin(effect: Performed, role: AgentRole, work: Work): void {
    const { order } = effect;
    if (!('module' in effect) || !this.#reading.chance(0.3)) return;
    const { module } = effect;
    const notes = Array.from({ length: this.#reading.between(1, 7) }, (_, at) => ({
      ...{ file: `note-${at}.md`, title: `what was learned of ${module}`, type: 'pitfall' },
      digest: this.#truth.digest('note', `${at}`),
    }));
    work.report({
      ...{ type: 'record-insights', order, agent: 1, module, attempt: 1, notes },
      role: role === 'builder' ? 'generator' : role === 'planner' ? 'contract-author' : 'evaluator',
    });
  }

  async #perform(effect: Performed, state: RunState, work: Work): Promise<Result> {
    const truth = this.#truth;
    const random = this.#random;
    const { order } = effect;
    const wild = truth.calm ? 0 : 1;
    switch (effect.type) {
      case 'check-prerequisites': {
        await this.#take(random.between(1, 10_000), work);
        const results = state.plan.prerequisites.map(({ name }) => ({
          name,
          passed: !random.chance(0.1 * wild),
          evidence: [],
        }));
        // Some are told as they come; the rest comes with the end.
        for (const result of results) {
          if (random.chance(0.5)) work.report({ type: 'record-prerequisite', order, result });
          await this.#take(random.between(1, 10_000), work);
        }
        return { type: 'record-prerequisites', order, results };
      }
      case 'generate': {
        const performance = build(truth, random, effect, state, this.#honest);
        if (random.chance(0.002 * wild)) throw new Error('the disk is full');
        return this.#play(performance, effect, work, () => aborted(truth, random, effect, state));
      }
      case 'split':
        return this.#play(split(truth, random, effect, state), effect, work, null);
      case 'amend':
        return this.#play(amend(truth, random, effect, state), effect, work, null);
      case 'arbitrate':
        return this.#play(arbitrate(truth, random, effect, state), effect, work, null);
      case 'await-provider': {
        const { provider } = effect;
        await this.#take(effect.ms, work);
        return { type: 'record-provider-wait', order, provider };
      }
      case 'rest':
        await this.#take(effect.ms, work);
        return { type: 'record-rest', order, module: effect.module };
      case 'evaluate': {
        const result = judgeModule(truth, random, effect, state);
        await this.#take(random.between(5_000, random.pick([90_000, 1_200_000])), work);
        return result;
      }
      case 'integrate':
      case 'run-gate': {
        const result = judgeComposition(truth, random, effect, state);
        await this.#take(random.between(5_000, 1_200_000), work);
        return result;
      }
      case 'verify-contract': {
        const { module } = effect;
        const { tree } = moduleState(state, module).contract;
        await this.#take(random.between(2_000, 60_000), work);
        const found = evidenceOf(truth.isSound(tree), truth.digest('listing', tree));
        return { type: 'record-verification', order, module, result: found };
      }
      case 'compose-subject': {
        const result = composeSubject(truth, effect, state);
        await this.#take(random.between(1, 2_000), work);
        return result;
      }
      case 'deliver': {
        await this.#take(random.between(1_000, 60_000), work);
        if (random.chance(0.1 * wild)) {
          return { type: 'record-delivery', order, result: { ok: false, message: 'no branch' } };
        }
        const delivered = { ok: true, kind: 'branch', name: 'ashlar/x', commit: null } as const;
        return { type: 'record-delivery', order, result: delivered };
      }
      case 'write-postmortem':
        await this.#take(random.between(1, 1_000), work);
        return { type: 'record-postmortem', order, digest: truth.digest('postmortem', `${order}`) };
    }
  }

  /** Told to end, an agent dies, ends properly, or goes on as if nobody had spoken. */
  async #play(
    { ms, result, progress }: Performance,
    effect: Performed,
    work: Work,
    end: (() => Result) | null,
  ): Promise<Result> {
    const deaf = this.#random.chance(0.3);
    try {
      for (let i = 0; i < progress; i++) {
        await this.#take(ms / (progress + 1), deaf ? null : work);
        if (effect.type !== 'generate') continue;
        const { order, module } = effect;
        const spent = { tokens: 1, microUsd: 0, turns: 1, ms: 1 };
        const alive = { type: 'record-progress', says: 'at work', fraction: null } as const;
        work.report({ ...alive, order, module, spent });
        this.#speak(effect, work);
      }
      await this.#take(ms / (progress + 1), deaf ? null : work);
    } catch (error) {
      if (this.#process.aborted || end === null || this.#random.chance(0.5)) throw error;
      return end();
    }
    return result;
  }

  #speak(effect: Generate, work: Work): void {
    const state = this.#now();
    const talk = this.#talk;
    if (state === null || talk.chance(0.5)) return;
    for (let times = talk.between(1, 3); times > 0; times--) {
      work.report(speaks(talk, this.#truth, effect, state));
    }
  }

  /** Time passes; with `work`, until it is told to end. */
  async #take(ms: number, work: Work | null): Promise<void> {
    await this.#clock.sleep(ms, work === null ? this.#process : work.signal);
  }

  /** The same answer comes once more, long after its order was answered. */
  #sayAgain(result: Result, work: Work): void {
    const say = (): void => {
      if (!this.#process.aborted) work.report(result);
    };
    this.#clock.after(this.#random.between(1, 30) * 60_000, say, { background: true });
  }
}

const startOfTime = Date.UTC(2026, 0, 1);

/** Whose work it is; null where no agent has a part in it. */
function roleOf(effect: Performed, state: RunState): AgentRole | null {
  switch (effect.type) {
    case 'generate':
      return 'builder';
    // What checks alone decide asks no reviewer, and reserves for none.
    case 'evaluate':
      return state.reservations.has(effect.order) ? 'reviewer' : null;
    case 'amend':
    case 'split':
    case 'arbitrate':
      return 'planner';
    case 'integrate':
    case 'run-gate':
      return state.reservations.has(effect.order) ? 'integrator' : null;
    case 'await-provider':
    case 'check-prerequisites':
    case 'compose-subject':
    case 'deliver':
    case 'rest':
    case 'verify-contract':
    case 'write-postmortem':
      return null;
  }
}

function refOf(effect: Performed): NodeRef {
  if ('module' in effect) return nodeRef('module', effect.module);
  if ('tier' in effect) return nodeRef('tier', effect.tier);
  return nodeRef('gate', 'gate' in effect ? effect.gate : '');
}

/** What checks alone decided no agent was asked about. */
function asksAgent(result: Result): boolean {
  if (result.type === 'record-evaluation') return result.review !== checksAlone;
  return result.type !== 'record-integration' || result.blames.length > 0;
}

const evidenceOf = (sound: boolean, listing: ReturnType<Truth['digest']>) =>
  sound
    ? ({ ok: true, listing, tests: 4 } as const)
    : ({ ok: false, code: 'vacuous', evidence: [] } as const);
