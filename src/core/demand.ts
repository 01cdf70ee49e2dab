import type { CheckPlan, Plan, ResourceUse } from './plan/plan.ts';

/** Units of one resource, which is told by its number in the plan. */
export interface Need {
  readonly resource: number;
  /** At least 1, at most the capacity. */
  readonly amount: number;
}

/** All that a piece of work holds while it goes on: each resource once, in the order of the plan. */
export type Demand = readonly Need[];

/**
 * What the work of a plan holds of its resources, made once with the graph. Work that demands the
 * same is of one class, so that what waits can be looked at by class and never one by one. Class 0
 * demands nothing, and is the only one where a plan has no resources.
 */
export interface Demands {
  /** By resource. */
  readonly capacities: readonly number[];
  readonly classes: readonly Demand[];
  /** By module: the class of being built, and of having its contract's tests listed. */
  readonly build: readonly number[];
  readonly list: readonly number[];
  /** By module, tier and gate: the class of being judged. */
  readonly judge: readonly number[];
}

/**
 * Who demands more than there is gets all there is: then it can be done alone, and nothing waits for
 * ever, however the plan came about. The checks of a gate take turns where they are too many.
 */
export function demandsOf(plan: Plan): Demands {
  const capacities = plan.resources.map(({ capacity }) => capacity);
  const numbers = new Map(plan.resources.map(({ id }, resource) => [id, resource]));
  const classes: Demand[] = [[]];
  const known = new Map<string, number>([['', 0]]);

  const sums = (uses: readonly ResourceUse[]): number[] => {
    const units = capacities.map(() => 0);
    for (const { resource, amount } of uses) {
      const number = numbers.get(resource);
      if (number === undefined) throw new Error(`the plan has no resource ${resource}`);
      units[number] = (units[number] ?? 0) + amount;
    }
    return units;
  };
  const classOf = (units: readonly number[]): number => {
    const demand = capacities
      .map((capacity, resource) => ({ resource, amount: Math.min(units[resource] ?? 0, capacity) }))
      .filter(({ amount }) => amount > 0);
    const signature = demand.map(({ resource, amount }) => `${resource}*${amount}`).join(' ');
    const found = known.get(signature);
    if (found !== undefined) return found;
    known.set(signature, classes.length);
    return classes.push(demand) - 1;
  };
  const ofChecks = (checks: readonly CheckPlan[]): number[] =>
    sums(checks.flatMap(({ resources }) => resources));
  const ofGate = (own: readonly ResourceUse[], checks: readonly CheckPlan[]): number => {
    const together = ofChecks(checks);
    return classOf(sums(own).map((units, resource) => Math.max(units, together[resource] ?? 0)));
  };

  return {
    capacities,
    build: plan.modules.map(({ resources }) => classOf(sums(resources))),
    list: plan.modules.map(({ checks }) => classOf(ofChecks(checks))),
    judge: [
      ...[...plan.modules, ...plan.tiers].map(({ resources, checks }) => ofGate(resources, checks)),
      ...plan.gates.map((gate) => (gate.kind === 'approval' ? 0 : ofGate([], gate.checks))),
    ],
    classes,
  };
}
