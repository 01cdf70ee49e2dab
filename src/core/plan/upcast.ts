import type {
  CheckPlan,
  ContractPlan,
  Estimate,
  ModulePlan,
  Plan,
  Pool,
  RunBudget,
  TierPlan,
} from './plan.ts';
import { unbounded } from './unbounded.ts';

/** A plan as it may stand in a journal: what came into the language later can be missing. */
type RecordedPlan = Late<Omit<Plan, Changed>, 'resources' | 'handoffs' | 'models'> & {
  readonly pools: Readonly<
    Record<keyof Plan['pools'], Late<Pool, 'budget' | 'model' | 'definition'>>
  >;
  readonly budget: Late<RunBudget, 'turns' | 'phases'>;
  readonly modules: readonly RecordedModule[];
  readonly tiers: readonly RecordedTier[];
  readonly gates: readonly RecordedGate[];
};
type Changed = 'pools' | 'budget' | 'modules' | 'tiers' | 'gates';
type RecordedModule = Late<
  Omit<ModulePlan, 'contract' | 'checks' | 'estimate'>,
  'resources' | 'reviewers'
> & {
  readonly estimate: Late<Estimate, 'source' | 'runs'>;
  readonly contract: Late<ContractPlan, 'author'>;
  readonly checks: readonly RecordedCheck[];
};
type RecordedTier = Late<Omit<TierPlan, 'checks'>, 'resources'> & {
  readonly checks: readonly RecordedCheck[];
};
type RecordedGate =
  | Extract<Plan['gates'][number], { kind: 'approval' }>
  | (Omit<Extract<Plan['gates'][number], { kind: 'end-to-end' }>, 'checks'> & {
      readonly checks: readonly RecordedCheck[];
    });
type RecordedCheck = Late<CheckPlan, 'resources'>;
type Late<Of, Fields extends keyof Of> = Omit<Of, Fields> & Partial<Pick<Of, Fields>>;

/**
 * Today's form of a plan that a journal holds: what its version did not know of is as if it had been
 * left out of the file. What is no plan at all stays as it is, for whoever reads it to refuse.
 */
export function upcastPlan(recorded: RecordedPlan | Plan): Plan {
  const { modules, tiers, gates, pools, budget } = recorded;
  const isPlan = [modules, tiers, gates].every(isList) && [pools, budget].every(isObject);
  if (!isPlan) return recorded as Plan;
  const pool = (its: Late<Pool, 'budget' | 'model' | 'definition'>): Pool =>
    filled(its, { budget: null, model: null, definition: null });
  return {
    ...filled(recorded, { resources: [], handoffs: [], models: [] }),
    pools: {
      planners: pool(pools.planners),
      builders: pool(pools.builders),
      reviewers: pool(pools.reviewers),
    },
    budget: filled(budget, unbounded),
    modules: modules.map((module) => ({
      ...filled(module, { resources: [], reviewers: 1 }),
      estimate: filled(module.estimate, { source: 'plan' as const, runs: 0 }),
      contract: filled(module.contract, { author: 'plan' as const }),
      checks: checksOf(module),
    })),
    tiers: tiers.map((tier) => ({ ...filled(tier, { resources: [] }), checks: checksOf(tier) })),
    gates: gates.map((gate) =>
      gate.kind === 'approval' ? gate : { ...gate, checks: checksOf(gate) },
    ),
  };
}

const checksOf = ({ checks }: { readonly checks: readonly RecordedCheck[] }): CheckPlan[] =>
  isList(checks) ? checks.map((check) => filled(check, { resources: [] })) : [];

/** What is missing comes behind what is there, so that today's plans keep the order of their fields. */
function filled<Value extends object, Defaults extends object>(
  value: Value,
  defaults: Defaults,
): Value & Defaults {
  if (!isObject(value)) return value as Value & Defaults;
  const missing = Object.entries(defaults).filter(([name]) => !Object.hasOwn(value, name));
  return { ...value, ...(Object.fromEntries(missing) as Defaults) };
}

// A journal may hold anything, whatever its type says.
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);
