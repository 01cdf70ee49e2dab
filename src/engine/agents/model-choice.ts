import { isModelName } from '../../core/plan/model-name.ts';
import { closest } from '../../core/plan/closest.ts';
import { poolKinds, type PoolKind } from '../../core/plan/plan.ts';

/** Models that stand in for those of the plan, by pool. */
export type ModelChoice = Readonly<Partial<Record<PoolKind, string>>>;

export type ReadChoice =
  | { readonly ok: true; readonly choice: ModelChoice }
  | { readonly ok: false; readonly message: string };

/** `claude-opus-5-5` is for all pools; `planners=claude-opus-5-5,builders=claude-haiku-5-5` for these. */
export function readModelChoice(text: string): ReadChoice {
  const choice: Partial<Record<PoolKind, string>> = {};
  for (const part of text.split(',').map((each) => each.trim())) {
    const [name = '', model] = part.includes('=') ? part.split('=', 2) : ['', part];
    const pools = name === '' ? poolKinds : poolKinds.filter((kind) => kind === name);
    if (pools.length === 0) {
      const guess = closest(name, poolKinds);
      const hint =
        guess === null ? `pools are ${poolKinds.join(', ')}` : `Did you mean "${guess}"?`;
      return no(`there is no pool "${name.slice(0, 40)}": ${hint}`);
    }
    if (model === undefined || !isModelName(model)) {
      return no(`"${(model ?? '').slice(0, 100)}" is no model’s id, such as claude-sonnet-5-5`);
    }
    const unnamed = pools.filter((pool) => choice[pool] === undefined);
    if (unnamed.length === 0)
      return no(`it names two models for ${pools.join(', ')}; leave one out`);
    for (const pool of unnamed) choice[pool] = model;
  }
  return { ok: true, choice };
}

const no = (message: string): ReadChoice => ({ ok: false, message });
