import { zeroAmount } from '../../src/core/budget.ts';
import type { Split } from '../../src/core/effects.ts';
import { modulePlan } from '../../src/core/graph.ts';
import { moduleId } from '../../src/core/ids.ts';
import { moduleNode } from '../../src/core/lookup.ts';
import type { RunState } from '../../src/core/state.ts';
import { spentBy, type Performance } from './agents.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/** A planner cuts a module into parts, cuts it badly, or gives up. */
export function split(
  truth: Truth,
  random: Random,
  { order, module }: Split,
  state: RunState,
): Performance {
  const from = { order, module } as const;
  const spent = spentBy(random, order, state, true) ?? zeroAmount;
  const ms = random.between(1, 6) * 60_000;
  const wild = truth.calm ? 0 : 1;
  const what = random.weighed({ splits: 70, badly: 15 * wild, fails: 15 * wild });
  if (what === 'fails') {
    const code = 'provider-failed';
    const failure = { type: 'record-amendment-failure', ...from, code, message: code } as const;
    return { ms, progress: 0, result: { ...failure, retryable: random.chance(0.6), spent } };
  }
  const { owns } = modulePlan(state.plan, moduleNode(state, module));
  const folder = owns[0]?.slice(0, -3) ?? '';
  const ids = ['a', 'b', 'c'].slice(0, random.between(2, 3)).map((letter) => `${module}-${letter}`);
  const parts = ids.map((id, at) => ({
    id,
    purpose: 'a part',
    owns: [what === 'badly' ? `${folder}/**` : `${folder}/${id}/**`],
    needs: ids.slice(0, at).filter(() => random.chance(0.4)),
    checks: [],
    estimate: { minutes: random.between(1, 20), review: random.between(1, 3) },
  }));
  const contracts = ids.map((id) => {
    const contract = truth.writeContract(moduleId(id), 0.8);
    return { contract, seed: random.chance(0.5) ? truth.submit(contract, 0) : null };
  });
  const answer = { type: 'record-split', ...from, parts, contracts, reason: 'too large' } as const;
  return { ms, progress: 0, result: { ...answer, spent } };
}
