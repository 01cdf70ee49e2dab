import type { ModuleId } from '../ids.ts';
import { poolKinds, type Plan } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import type { Both, Caveat, ComparedModule, ComparedRun, PlanPart, Side } from './compare-shape.ts';
import { oneLine } from './safe-text.ts';

const sides: Both<Side> = ['A', 'B'];

/** What must be known before anything is concluded from two runs side by side; the weightiest first. */
export function caveats(
  states: Both<RunState>,
  runs: Both<ComparedRun>,
  modules: readonly ComparedModule[],
): readonly Caveat[] {
  const [a, b] = states;
  const names = [runs[0].artifact, runs[1].artifact] as const;
  return [
    ...(names[0] === names[1] ? [] : [{ about: 'artifact', names } as const]),
    ...planCaveat([a.plan, b.plan], modules),
    ...(a.base.tree === b.base.tree ? [] : [{ about: 'base' } as const]),
    ...sides.flatMap((side, at) => ofRun(side, at === 0 ? runs[0] : runs[1], modules, at)),
    ...agentCaveats(a.plan, b.plan),
  ];
}

function ofRun(
  side: Side,
  { outcome, money }: ComparedRun,
  modules: readonly ComparedModule[],
  at: number,
): Caveat[] {
  const seals = modules.filter(({ parts }) => parts[at]?.seal?.takenOver === true).length;
  return [
    ...(outcome === null ? [{ about: 'unfinished', side } as const] : []),
    ...(outcome === null || outcome === 'complete'
      ? []
      : [{ about: 'outcome', side, outcome } as const]),
    ...(seals === 0 ? [] : [{ about: 'taken-over', side, seals } as const]),
    ...(money === 'known' ? [] : [{ about: 'money', side, known: money } as const]),
  ];
}

function planCaveat(plans: Both<Plan>, modules: readonly ComparedModule[]): Caveat[] {
  const [a, b] = withoutHistory(plans);
  const parts = planParts.filter(([, of]) => !isSame(of(a), of(b))).map(([part]) => part);
  if (parts.length === 0) return [];
  const byId = new Map(b.modules.map((module) => [module.id, module]));
  const changed = a.modules.flatMap((module): ModuleId[] => {
    const other = byId.get(module.id);
    return other === undefined || isSame(module, other) ? [] : [module.id];
  });
  const alone = (at: 0 | 1): number => modules.filter(({ parts }) => parts[1 - at] === null).length;
  return [{ about: 'plan', parts, changed, alone: [alone(0), alone(1)] }];
}

/** What earlier runs told of how long a module takes is none of the plan's: there it is alike. */
function withoutHistory([a, b]: Both<Plan>): Both<Plan> {
  const told = new Map(
    [...a.modules, ...b.modules].flatMap(({ id, estimate }) =>
      estimate.source === 'plan' ? [] : [[id, estimate] as const],
    ),
  );
  if (told.size === 0) return [a, b];
  const alike = (plan: Plan): Plan => ({
    ...plan,
    modules: plan.modules.map((module) => {
      const estimate = told.get(module.id);
      return estimate === undefined ? module : { ...module, estimate };
    }),
  });
  return [alike(a), alike(b)];
}

/** Of how many agents there are, and whose, the runs tell themselves. */
const planParts: readonly (readonly [PlanPart, (plan: Plan) => unknown])[] = [
  ['modules', ({ modules }) => modules],
  ['tiers', ({ tiers }) => tiers],
  ['gates', ({ gates }) => gates],
  ['streams', ({ streams }) => streams],
  ['handoffs', ({ handoffs }) => handoffs],
  ['resources', ({ resources }) => resources],
  ['budgets', ({ budget, pools }) => [budget, poolKinds.map((pool) => pools[pool].budget)]],
  [
    'surroundings',
    ({ environment, prerequisites, stallMinutes }) => [environment, prerequisites, stallMinutes],
  ],
];

function agentCaveats(a: Plan, b: Plan): Caveat[] {
  return poolKinds.flatMap((pool) => {
    const names = [agentOf(a, pool), agentOf(b, pool)] as const;
    return names[0] === names[1] ? [] : [{ about: 'agents', pool, names } as const];
  });
}

function agentOf({ pools }: Plan, pool: (typeof poolKinds)[number]): string {
  const { agent, model } = pools[pool];
  return oneLine(model === null ? agent : `${agent} ${model}`, 100);
}

/** Journals of different versions may hold the same in another order of fields. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === others.length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
