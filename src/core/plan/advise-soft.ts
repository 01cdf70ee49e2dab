import { edgesBySlack, type ModuleEdge } from './critical-edges.ts';
import { allOf, phrase } from '../phrase.ts';
import { planEdit, type EditStep, type Saving } from './edit.ts';
import { issue, type Issue } from './issue.ts';
import type { PlanPlaces } from './normalise.ts';
import { needPath, refText } from './plan-graph.ts';
import type { ModulePlan, Plan } from './plan.ts';
import type { Trial } from './trial.ts';

const maxAdvice = 5;

interface Found {
  readonly edges: readonly ModuleEdge[];
  readonly saves: Saving;
}

/** Hard dependencies that could be soft, and the time that saves: the best first. */
export function softAdvice(plan: Plan, places: PlanPlaces, trial: Trial): Issue[] {
  const edges = edgesBySlack(plan).filter(({ provider }) => hasStub(plan.modules[provider]));
  /** By consumer: what saves most, of equals the fewest edges. */
  const found = new Map<number, Found>();
  const tried = new Set<number>();
  const attempt = (these: readonly ModuleEdge[]): boolean => {
    const saves = trial.saving(softened(plan, these));
    if (saves === null || saves.parallelMinutes <= 0) return false;
    const consumer = these[0]?.consumer ?? 0;
    const best = found.get(consumer);
    if (best === undefined || compare(saves, best.saves) < 0) {
      found.set(consumer, { edges: these.toSorted((a, b) => a.need - b.need), saves });
    }
    return true;
  };
  for (const edge of edges) {
    if (trial.isOver) break;
    const all = edges.filter(({ consumer }) => consumer === edge.consumer);
    if (attempt([edge]) || tried.has(edge.consumer) || all.length === 1) continue;
    // What waits for several at once gains by none of them alone.
    tried.add(edge.consumer);
    attempt(all);
  }
  return [...found.values()]
    .sort((a, b) => compare(a.saves, b.saves))
    .slice(0, maxAdvice)
    .map((each) => adviceOf(plan, each.edges, each.saves, trial.minutes, places));
}

const hasStub = (module: ModulePlan | undefined): boolean =>
  module !== undefined && (module.contract.author === 'planner' || module.contract.stub.length > 0);

const compare = (a: Saving, b: Saving): number =>
  b.parallelMinutes - a.parallelMinutes || b.criticalMinutes - a.criticalMinutes;

function softened(plan: Plan, edges: readonly ModuleEdge[]): Plan {
  const changed = [...plan.modules];
  for (const { consumer, need } of edges) {
    const module = changed[consumer];
    if (module === undefined) continue;
    const needs = module.needs.map((each, at) =>
      at === need ? { kind: 'soft' as const, on: each.on } : each,
    );
    changed[consumer] = { ...module, needs };
  }
  return { ...plan, modules: changed };
}

function adviceOf(
  plan: Plan,
  edges: readonly ModuleEdge[],
  saves: Saving,
  minutes: number,
  places: PlanPlaces,
): Issue {
  const consumer = plan.modules[edges[0]?.consumer ?? 0];
  if (consumer === undefined) throw new RangeError('an edge of a module that the plan has not');
  const providers = edges.map(({ provider }) => plan.modules[provider]?.id ?? '');
  const on = allOf(providers);
  const { parallelMinutes, criticalMinutes } = saves;
  const of = Math.round(minutes * 10) / 10;
  const message =
    providers.length === 1
      ? phrase(
          "module {0} could start on the stub of {1}: making it soft saves {2} of {3} minutes by the plan's own estimates, and takes {4} off the critical path",
          ...[consumer.id, on, parallelMinutes, of, criticalMinutes],
        )
      : phrase(
          "module {0} could start on the stubs of {1}: making them soft saves {2} of {3} minutes by the plan's own estimates, and takes {4} off the critical path",
          ...[consumer.id, on, parallelMinutes, of, criticalMinutes],
        );
  const written = consumer.needs.flatMap((need, at) =>
    edges.some((edge) => edge.need === at) ? [`"{ module: ${refText(need.on)}, kind: soft }"`] : [],
  );
  const fix = phrase('Write {0}; it is judged again against what is sealed.', allOf(written));
  const steps = edges.map(({ need }) => softStep(consumer, need, places));
  const title = phrase('Make {0} soft: {1} minutes less', on, parallelMinutes);
  const path = needPath(consumer.id, edges[0]?.need ?? 0, places);
  return issue('could-be-soft', path, message, fix, [planEdit(title, steps)], saves);
}

/** A bare name becomes a mapping; a mapping gets its kind. */
function softStep({ id, needs }: ModulePlan, need: number, places: PlanPlaces): EditStep {
  const path = needPath(id, need, places);
  if (path.at(-1) === 'module')
    return { op: 'set', path: [...path.slice(0, -1), 'kind'], value: 'soft' };
  const on = needs[need]?.on;
  const module = on === undefined ? '' : refText(on);
  return { op: 'set', path, value: { module, kind: 'soft' } };
}
