import type { PlanFile } from './schema.ts';
import type { ModelPlan } from './plan.ts';
import { toCount } from './schema-fields.ts';

/** What the service of most models takes for keeping something in its cache, against reading it. */
const keepingFactor = 1.25;

export function normaliseModels({ models }: Pick<PlanFile, 'models'>): ModelPlan[] {
  return Object.entries(models).map(([id, { context, output, usd }]) => ({
    id,
    contextTokens: context === undefined ? null : toCount(context),
    outputTokens: output === undefined ? null : toCount(output),
    prices:
      usd === undefined
        ? null
        : {
            input: usd.input,
            cacheWrite: usd.cacheWrite ?? usd.input * keepingFactor,
            cacheRead: usd.cacheRead ?? usd.input,
            output: usd.output,
          },
  }));
}
