import { matchesAny } from '../paths.ts';
import { nodeRef, resourceId, type ModuleId } from '../ids.ts';
import { tracesOf, type Trace } from './check-traces.ts';
import { allOf, joined, phrase, phrases } from '../phrase.ts';
import { planEdit, type EditStep } from './edit.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import type { ResourceUsesFile } from './normalise-resources.ts';
import { planGraph, reachable, type PlanGraph } from './plan-graph.ts';
import type { CheckPlan, ModulePlan, Plan } from './plan.ts';
import type { PlanFile } from './schema.ts';
import type { Trial } from './trial.ts';

const maxAdvice = 10;
/** Whether more than this many wait for each other anyway is not looked into. */
const maxOrdered = 8;

interface User {
  readonly module: ModulePlan;
  readonly check: CheckPlan;
}

/** The resource that is to be held. */
interface Chosen {
  readonly name: string;
  readonly isNew: boolean;
}

/** Services, ports and files that checks of several modules use, without a resource that says so. */
export function resourceAdvice(plan: Plan, file: PlanFile, trial: Trial): Issue[] {
  const graph = planGraph(plan);
  const taken = new Set<string>(plan.resources.map(({ id }) => id));
  const found: Issue[] = [];
  for (const { trace, users } of sharedTraces(plan)) {
    if (found.length === maxAdvice) break;
    if (isSaid(users) || areOrdered(graph, users)) continue;
    const name = resourceFor(trace, users, taken);
    const isNew = !taken.has(name);
    taken.add(name);
    found.push(adviceOf(plan, file, trace, users, { name, isNew }, trial));
  }
  return found;
}

function sharedTraces(plan: Plan): { readonly trace: Trace; readonly users: readonly User[] }[] {
  const byKey = new Map<string, { readonly trace: Trace; readonly users: User[] }>();
  for (const module of plan.modules) {
    for (const check of module.checks) {
      for (const trace of tracesOf(check.run)) {
        if (trace.file !== null && isOwn(module, trace.file)) continue;
        const entry = byKey.get(trace.key) ?? { trace, users: [] };
        byKey.set(trace.key, entry);
        if (entry.users.at(-1)?.module !== module) entry.users.push({ module, check });
      }
    }
  }
  return [...byKey.values()].filter(({ users }) => users.length > 1);
}

const isOwn = ({ owns }: ModulePlan, file: string): boolean =>
  !file.startsWith('/') && (matchesAny(owns, file) || matchesAny(owns, `${file}/x`));

/** True where all of them hold one resource, whatever it is called. */
function isSaid(users: readonly User[]): boolean {
  const [first, ...rest] = users.map(heldBy);
  return [...(first ?? [])].some((resource) => rest.every((held) => held.has(resource)));
}

const heldBy = ({ module, check }: User): ReadonlySet<string> =>
  new Set([...module.resources, ...check.resources].map(({ resource }) => resource));

/** True where each waits for another until that is sealed, so that no two are at work at once. */
function areOrdered(graph: PlanGraph, users: readonly User[]): boolean {
  if (users.length > maxOrdered) return false;
  const below = users.map(({ module }) => reachable(graph, [nodeRef('module', module.id)]));
  return users.every((user, at) =>
    users.slice(at + 1).every((other, after) => {
      const [one, two] = [nodeRef('module', user.module.id), nodeRef('module', other.module.id)];
      return below[at]?.has(two) === true || below[at + 1 + after]?.has(one) === true;
    }),
  );
}

/** What some of them hold already and is called so, what most of them hold, or a new one. */
function resourceFor(trace: Trace, users: readonly User[], taken: ReadonlySet<string>): string {
  const counts = new Map<string, number>();
  for (const held of users.map(heldBy)) {
    for (const resource of held) counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  if (counts.has(trace.name)) return trace.name;
  const [common] = [...counts].sort(([, a], [, b]) => b - a);
  if (common !== undefined && common[1] > 1) return common[0];
  let name = trace.name;
  for (let number = 2; taken.has(name); number += 1) name = `${trace.name}-${number}`;
  return name;
}

function adviceOf(
  plan: Plan,
  file: PlanFile,
  trace: Trace,
  users: readonly User[],
  { name, isNew }: Chosen,
  trial: Trial,
): Issue {
  const missing = users.filter((user) => !heldBy(user).has(name));
  const ids = missing.map(({ module }) => module.id);
  const declare: readonly EditStep[] = isNew
    ? [{ op: 'set', path: ['resources', name], value: 1 }]
    : [];
  const ways = [
    {
      title: isNew
        ? phrase('Declare {0}, held while they are built and judged', name)
        : phrase('Hold {0} while they are built and judged', name),
      steps: [...declare, ...ids.map((module) => holdStep(file, module, name))],
      saves: trial.saving(heldByModules(plan, name, isNew, new Set(ids))),
    },
    {
      title: isNew
        ? phrase('Declare {0}, held while they are judged', name)
        : phrase('Hold {0} while they are judged', name),
      steps: [...declare, ...missing.map((user) => judgeStep(file, user, name))],
      saves: trial.saving(heldByChecks(plan, name, isNew, missing)),
    },
  ];
  // Builders run checks too, so the first is safer; unless nothing is gained any more by several.
  const [first] = ways;
  if (first?.saves && !trial.isFaster(first.saves)) ways.reverse();
  const saves = ways[0]?.saves ?? null;
  const names = users.map(({ module }) => module.id);
  const who =
    names.length > 3
      ? phrase('{0} and {1} more', names.slice(0, 2).join(', '), names.length - 2)
      : allOf(names);
  const message = phrase(
    'the checks of {0} use {1}, and no resource says so: they can be at it at once',
    ...[who, trace.says],
  );
  const them = ids.length > 3 ? joined(', ', [...ids.slice(0, 3), '…']) : allOf(ids);
  const say = isNew
    ? phrase(
        'Declare "{0}: 1" in "resources" of the plan, and let {1} or their checks hold it.',
        name,
        them,
      )
    : phrase('Let {0} or their checks hold "{1}".', them, name);
  const costs =
    saves === null || saves.parallelMinutes >= 0
      ? null
      : phrases(
          -saves.parallelMinutes,
          'By the estimates that takes {0} minute more.',
          'By the estimates that takes {0} minutes more.',
        );
  const fix = costs === null ? say : joined(' ', [say, costs]);
  const edits = ways.map(({ title, steps }) => planEdit(title, steps));
  const at = users[1] ?? users[0];
  const path = at === undefined ? [] : ['modules', at.module.id, 'checks', at.check.name];
  return issue('undeclared-resource', path, message, fix, edits, saves);
}

/** Resources may be written as a list or as a mapping; whoever holds them keeps the form it has. */
function holdStep(file: PlanFile, module: ModuleId, name: string): EditStep {
  return usesStep(['modules', module, 'resources'], file.modules[module]?.resources, name);
}

/** A bare command becomes a mapping. */
function judgeStep(file: PlanFile, { module, check }: User, name: string): EditStep {
  const path = ['modules', module.id, 'checks', check.name];
  const written = file.modules[module.id]?.checks?.[check.name];
  if (typeof written === 'string') {
    return { op: 'set', path, value: { run: written, resources: [name] } };
  }
  return usesStep([...path, 'resources'], written?.resources, name);
}

function usesStep(path: IssuePath, uses: ResourceUsesFile | undefined, name: string): EditStep {
  if (uses === undefined || Array.isArray(uses)) return { op: 'add', path, value: name };
  return { op: 'set', path: [...path, name], value: 1 };
}

function heldByModules(plan: Plan, name: string, isNew: boolean, by: ReadonlySet<ModuleId>): Plan {
  const use = { resource: resourceId(name), amount: 1 };
  const modules = plan.modules.map((module) =>
    by.has(module.id) ? { ...module, resources: [...module.resources, use] } : module,
  );
  return withResource({ ...plan, modules }, name, isNew);
}

function heldByChecks(plan: Plan, name: string, isNew: boolean, users: readonly User[]): Plan {
  const use = { resource: resourceId(name), amount: 1 };
  const by = new Map(users.map(({ module, check }) => [module.id, check]));
  const modules = plan.modules.map((module) => {
    const holder = by.get(module.id);
    if (holder === undefined) return module;
    const checks = module.checks.map((check) =>
      check === holder ? { ...check, resources: [...check.resources, use] } : check,
    );
    return { ...module, checks };
  });
  return withResource({ ...plan, modules }, name, isNew);
}

function withResource(plan: Plan, name: string, isNew: boolean): Plan {
  if (!isNew) return plan;
  return { ...plan, resources: [...plan.resources, { id: resourceId(name), capacity: 1 }] };
}
