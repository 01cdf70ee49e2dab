import type { Findings } from '../../src/core/commands/builder-result.ts';
import { sidesOf } from '../../src/core/feedback.ts';
import type { ModuleId } from '../../src/core/ids.ts';
import { scaleAmount, zeroAmount, type Amount } from '../../src/core/budget.ts';
import type { Amend, Arbitrate, Generate } from '../../src/core/effects.ts';
import type { GenerationEnd } from '../../src/core/events/attempt.ts';
import { moduleNode, moduleState } from '../../src/core/lookup.ts';
import type { RunState } from '../../src/core/state.ts';
import { evidence, type Result } from './checks.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/** What an agent will do, settled when it is seated: how long it takes, and what comes of it. */
export interface Performance {
  readonly ms: number;
  readonly result: Result;
  /** How often it says that it is still alive. */
  readonly progress: number;
}

const minute = 60_000;

/** A builder may be good, bad, slow, dead, unwilling or a liar. */
export function build(
  truth: Truth,
  random: Random,
  { order, module: id }: Generate,
  state: RunState,
  honest: boolean,
): Performance {
  const { contract, attempt } = moduleState(state, id);
  const wild = truth.calm ? 0 : 1;
  const what = random.weighed({
    submits: 70,
    disputed: 4 * wild,
    failed: 9 * wild,
    stalled: 6 * wild,
    exhausted: 5 * wild,
    refused: 2 * wild,
  });
  const ms = random.between(1, 20) * minute;
  const from = { order, module: id } as const;
  const spent = spentBy(random, order, state, honest || truth.calm);
  const progress = random.between(0, 2);
  if (what === 'submits') {
    const tree = truth.submit(contract.tree, Math.min(0.95, 0.55 + 0.15 * attempt));
    const problems = wild === 1 && random.chance(0.05) ? [evidence('scope', null)] : [];
    const summary = random.chance(0.01) ? 'All done. '.repeat(400) : 'All done.';
    const known = spent ?? zeroAmount;
    const all = state.plan.modules;
    const other = problems.length > 0 && all.length > 1 ? random.pick(all).id : id;
    const trespasses = other === id ? [] : [{ owner: other, files: [`src/${other}/x`] }];
    const findings = findingsOf(truth, random, state, id);
    const handedIn = { tree, summary, problems, trespasses, findings };
    const result = { type: 'record-submission', ...from, ...handedIn } as const;
    return { ms, progress, result: { ...result, spent: known } };
  }
  const restMs = what === 'failed' && random.chance(0.5) ? random.between(1, 10) * minute : 0;
  const took = what === 'stalled' ? state.plan.stallMinutes * minute : ms;
  return {
    ms: took,
    progress,
    result: ended(random, truth, from, what, contract.tree, restMs, spent),
  };
}

/** For the other sides of its pairs; less the longer they talk. */
function findingsOf(truth: Truth, random: Random, state: RunState, id: ModuleId): Findings[] {
  if (truth.calm) return [];
  return sidesOf(state, moduleNode(state, id)).flatMap(({ partner, said }) => {
    const to = state.modules.get(partner).id;
    return random.chance(0.6 / (said.given + 1)) ? [{ to, items: ['it is not as I read it'] }] : [];
  });
}

function ended(
  random: Random,
  truth: Truth,
  from: Pick<Generate, 'order' | 'module'>,
  outcome: GenerationEnd,
  contract: Parameters<Truth['submit']>[0],
  restMs: number,
  spent: Amount | null,
): Result {
  return {
    type: 'record-generation-end',
    ...from,
    outcome,
    message: outcome,
    seed: random.chance(0.3) ? truth.submit(contract, 0) : null,
    what: outcome === 'exhausted' ? random.pick(['tokens', 'turns', 'ms'] as const) : null,
    restMs,
    spent,
  };
}

/** What an aborted builder leaves. */
export function aborted(truth: Truth, random: Random, effect: Generate, state: RunState): Result {
  const { tree } = moduleState(state, effect.module).contract;
  const { order, module } = effect;
  return ended(random, truth, { order, module }, 'aborted', tree, 0, zeroAmount);
}

/** A planner writes a better contract, the same one, or none. */
export function amend(
  truth: Truth,
  random: Random,
  { order, module }: Amend,
  state: RunState,
): Performance {
  const from = { order, module } as const;
  const spent = spentBy(random, order, state, true) ?? zeroAmount;
  const ms = random.between(1, 6) * minute;
  const wild = truth.calm ? 0 : 1;
  const what = random.weighed({ amends: 75, same: 4 * wild, failed: 21 * wild });
  if (what === 'failed') {
    const code = 'provider-failed';
    const retryable = random.chance(0.6);
    const failure = { type: 'record-amendment-failure', ...from, code, message: code } as const;
    const held = random.chance(0.3) ? { evidence: [evidence('scope', null)] } : {};
    return { ms, progress: 0, result: { ...failure, ...held, retryable, spent } };
  }
  const { contract } = moduleState(state, module);
  const tree = what === 'same' ? contract.tree : truth.writeContract(module, 0.8);
  const result = { type: 'record-amendment', ...from, contract: tree, reason: 'clearer' } as const;
  return { ms, progress: 0, result: { ...result, spent } };
}

/** An arbiter decides: now and then what is not its to decide, or nothing. */
export function arbitrate(
  truth: Truth,
  random: Random,
  { order, module, conflict }: Arbitrate,
  state: RunState,
): Performance {
  const from = { order, module, conflict } as const;
  const spent = spentBy(random, order, state, true) ?? zeroAmount;
  const ms = random.between(1, 6) * minute;
  const wild = truth.calm ? 0 : 1;
  const what = random.weighed({
    uphold: 40,
    overturn: 25 * wild,
    amend: 20 * wild,
    failed: 20 * wild,
  });
  if (what === 'failed') {
    const failure = {
      type: 'record-arbitration-failure',
      ...from,
      code: 'provider-failed',
    } as const;
    const retryable = random.chance(0.6);
    return { ms, progress: 0, result: { ...failure, message: 'none', retryable, spent } };
  }
  const result = {
    type: 'record-arbitration',
    ...from,
    decision: what,
    reason: 'as agreed',
  } as const;
  return { ms, progress: 0, result: { ...result, spent } };
}

/** null: nobody knows. A dishonest one spends more than it was allowed. */
export function spentBy(
  random: Random,
  order: Generate['order'],
  state: RunState,
  honest: boolean,
): Amount | null {
  const allowed = state.reservations.get(order) ?? zeroAmount;
  if (random.chance(0.04)) return null;
  if (!honest && random.chance(0.06)) return scaleAmount(allowed, 1.6);
  const share = 0.7 * random.fraction();
  const used = scaleAmount(allowed, share);
  return {
    tokens: Math.min(used.tokens, allowed.tokens),
    microUsd: Math.min(used.microUsd, allowed.microUsd),
    turns: Math.min(used.turns, allowed.turns),
    ms: Math.min(used.ms, allowed.ms),
  };
}
