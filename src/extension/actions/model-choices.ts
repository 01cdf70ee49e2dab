import { t } from '../../core/language.ts';
import type { Plan, PoolKind } from '../../core/plan/plan.ts';
import { listedModels, usualModels } from '../../engine/agents/models/anthropic-models.ts';
import { factsOf } from '../../engine/agents/models/pool-models.ts';

/** A model that a pool's agents can be; `model` null: the one that their provider takes for it. */
interface ModelChoiceItem {
  readonly label: string;
  readonly description: string;
  readonly model: string | null;
}

/** What the agents of a provider that serves listed models can be: its own first, then those of the plan. */
export function modelChoices(plan: Plan, pool: PoolKind): readonly ModelChoiceItem[] {
  const usual = usualModels[pool];
  const named = plan.models.map(({ id }) => id);
  const ids = [...new Set<string>([...named, ...listedModels])];
  const priceOf = (id: string): string => {
    const { prices } = factsOf(id, plan.models);
    if (prices === null) return t('its price is not known');
    return t('${0} in, ${1} out, for a million tokens', prices.input, prices.output);
  };
  return [
    { label: t('Its own'), description: `${usual}: ${priceOf(usual)}`, model: null },
    ...ids.map((id) => ({ label: id, description: priceOf(id), model: id })),
  ];
}
