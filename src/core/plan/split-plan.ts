import { isName, moduleId, nodeRef, tierId, type ModuleId, type NodeRef } from '../ids.ts';
import { commonPath, matchesAny, unsafePath } from '../paths.ts';
import { graphOf } from '../graph.ts';
import type {
  CheckPlan,
  KeptTests,
  ModuleBudget,
  ModulePlan,
  Plan,
  ReportFormat,
  TierPlan,
} from './plan.ts';
import { oneLine } from '../projections/safe-text.ts';
import { reservedForScripts } from './reserved-names.ts';
import { ownershipIssues } from './rule-ownership.ts';

/** A part of a module, as a planner cuts it; nothing in it is trusted. */
export interface SplitPart {
  readonly id: string;
  readonly purpose: string;
  /** Root-relative globs within those of the module. */
  readonly owns: readonly string[];
  /** Other parts that must be sealed before it. */
  readonly needs: readonly string[];
  /** Empty: those of the module. */
  readonly checks: readonly SplitCheck[];
  readonly estimate: { readonly minutes: number; readonly review: number };
}

export interface SplitCheck {
  readonly name: string;
  readonly run: string;
  readonly report: Exclude<ReportFormat, 'junit'>;
}

export type SplitPlan =
  | { readonly ok: true; readonly plan: Plan; readonly parts: readonly ModulePlan[] }
  | { readonly ok: false; readonly message: string };

const reports: readonly SplitCheck['report'][] = ['node', 'tap', 'exit'];

export const splitLimits = { parts: 8, owns: 20, checks: 8, chars: 1_000 } as const;

/**
 * The plan with a module replaced by its parts; or what keeps them from standing in its place. Tests
 * that a person set for the module (`keeps`) stay in force: a tier of the parts is tested by them.
 */
export function splitPlan(
  plan: Plan,
  node: number,
  parts: readonly SplitPart[],
  keeps: KeptTests | null = null,
): SplitPlan {
  const whole = plan.modules[node];
  if (whole === undefined) throw new RangeError(`no module ${node}`);
  const fault = faultOf(plan, whole, parts);
  if (fault !== null) return { ok: false, message: fault };
  const made = parts.map((part) => partPlan(whole, part, parts.length));
  const tier = keeps === null ? null : wholeTier(plan, whole, made, keeps);
  const next = replaced(plan, whole.id, made, tier);
  const [issue] = ownershipIssues(next);
  if (issue !== undefined) return { ok: false, message: issue.message };
  try {
    graphOf(next);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'the plan has a cycle' };
  }
  return { ok: true, plan: next, parts: made };
}

function faultOf(plan: Plan, whole: ModulePlan, parts: readonly SplitPart[]): string | null {
  const unfit = faultOfNames(plan, parts);
  if (unfit !== null) return unfit;
  if (whole.budget.turns < parts.length) return `${whole.id} has too few turns for so many parts`;
  const names = new Set(parts.map(({ id }) => id));
  for (const part of parts) {
    const own = faultOfPart(whole, part, names);
    if (own !== null) return `${part.id}: ${own}`;
  }
  for (const [at, part] of parts.entries()) {
    for (const other of parts.slice(at + 1)) {
      const path = sharedPath(part.owns, other.owns);
      if (path !== null) return `${part.id} and ${other.id} both own "${path}"`;
    }
  }
  return null;
}

/** What keeps parts from being modules of a plan, by their number and names alone. */
export function faultOfNames(plan: Plan, parts: readonly Pick<SplitPart, 'id'>[]): string | null {
  if (parts.length < 2) return 'a module is split into at least two parts';
  if (parts.length > splitLimits.parts)
    return `a module is split into at most ${splitLimits.parts}`;
  const taken = new Set<string>(plan.modules.map(({ id }) => id));
  for (const { id } of parts) {
    if (!isName(id)) return `"${oneLine(id, 60)}" is not the name of a module`;
    if (reservedForScripts.has(id)) return `${id} is a name of ours: give the part another`;
    if (taken.has(id)) return `there is a module ${id} already: each part has a name of its own`;
    taken.add(id);
  }
  return null;
}

function faultOfPart(
  whole: ModulePlan,
  { id, purpose, owns, needs, checks, estimate }: SplitPart,
  names: ReadonlySet<string>,
): string | null {
  if (purpose.trim() === '' || purpose.length > splitLimits.chars) return 'it has no short purpose';
  if (owns.length === 0 || owns.length > splitLimits.owns) return 'it owns nothing, or too much';
  for (const pattern of owns) {
    const reason = unsafePath(pattern);
    if (reason !== null) return `"${pattern.slice(0, 200)}" ${reason}`;
    if (!whole.owns.some((outer) => isWithin(pattern, outer))) {
      return `"${pattern.slice(0, 200)}" is not within what ${whole.id} owns`;
    }
  }
  const unknown = needs.find((need) => need === id || !names.has(need));
  if (unknown !== undefined) return `it needs ${unknown.slice(0, 60)}, which is no other part`;
  if (checks.length > splitLimits.checks) return `it has over ${splitLimits.checks} checks`;
  if (new Set(checks.map(({ name }) => name)).size < checks.length)
    return 'two checks share a name';
  const bad = checks.find(
    ({ name, run }) => !isName(name) || run.trim() === '' || run.length > splitLimits.chars,
  );
  if (bad !== undefined) return `its check ${bad.name.slice(0, 60)} has no name or no command`;
  const odd = checks.find(({ report }) => !reports.includes(report));
  if (odd !== undefined) return `its check ${odd.name} has a report of no known kind`;
  const { minutes, review } = estimate;
  const fair = minutes > 0 && review >= 0 && minutes + review < 1e6;
  return fair ? null : 'its estimate is no time';
}

/** Whether all that a pattern matches, another matches too. Cautious: what is not clear is not. */
function isWithin(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  // A segment of the inner one that is `**` can only lie where the outer one has one.
  if (!inner.includes('*')) return matchesAny([outer], inner);
  if (!outer.endsWith('/**')) return false;
  const folder = outer.slice(0, -3);
  return !folder.includes('*') && inner.startsWith(`${folder}/`);
}

function sharedPath(a: readonly string[], b: readonly string[]): string | null {
  for (const one of a) {
    for (const other of b) {
      const path = commonPath(one, other);
      if (path !== null) return path;
    }
  }
  return null;
}

function partPlan(whole: ModulePlan, part: SplitPart, parts: number): ModulePlan {
  const id = moduleId(part.id);
  const among = part.needs.map((need) => ({ kind: 'hard', on: nodeRef('module', need) }) as const);
  const [like] = whole.checks;
  const checks =
    part.checks.length === 0 || like === undefined
      ? whole.checks
      : part.checks.map(({ name, run, report }): CheckPlan => ({
          // Nothing else is the planner's to say: the sandbox stays that of the module's checks.
          ...{ ...like, name, run, report, reportFile: '' },
        }));
  return {
    ...whole,
    id,
    purpose: part.purpose,
    owns: part.owns,
    contract: {
      author: 'planner',
      file: `contracts/${id}.md`,
      tests: [`tests/${id}/**`],
      stub: [`stubs/${id}/**`],
    },
    needs: [...whole.needs, ...among],
    checks,
    estimate: { ...part.estimate, source: 'plan', runs: 0 },
    budget: shareOf(whole.budget, parts),
    // A part is not split again: what is too large even so is a person's to look at.
    onExhausted: whole.onExhausted.filter((step) => step !== 'split'),
  };
}

/** All shares together are at most one grant: more than that only a person gives (law 4). */
function shareOf(budget: ModuleBudget, parts: number): ModuleBudget {
  return {
    turns: Math.floor(budget.turns / parts),
    tokens: Math.floor(budget.tokens / parts),
    minutes: budget.minutes / parts,
    microUsd: Math.floor(budget.microUsd / parts),
    attempts: budget.attempts,
  };
}

/** The parts together, put to the tests of the module that they stand for. */
function wholeTier(
  plan: Plan,
  { id, resources, checks }: ModulePlan,
  parts: readonly ModulePlan[],
  keeps: KeptTests,
): TierPlan {
  const modules = parts.map((part) => part.id);
  const taken = new Set<string>(plan.tiers.map((tier) => tier.id));
  const named = (more: string): string => `${id.slice(0, 40 - more.length)}${more}`;
  let name = named('-whole');
  for (let next = 2; taken.has(name); next++) name = named(`-whole-${next}`);
  const between = checks.map((check) => ({ ...check, between: modules }));
  return { id: tierId(name), includes: [], modules, resources, checks: between, keeps };
}

/**
 * Whatever pointed to the module points to all of its parts. What composes it, a tier or a gate, takes
 * the tier of the parts, where there is one; modules do not wait for that, who may be in a circle with it.
 */
function replaced(
  plan: Plan,
  whole: ModuleId,
  parts: readonly ModulePlan[],
  tier: TierPlan | null,
): Plan {
  const ids = parts.map(({ id }) => id);
  const composed = (on: NodeRef): readonly NodeRef[] =>
    tier !== null && on === old ? [nodeRef('tier', tier.id)] : ref(on);
  const module = (id: ModuleId): readonly ModuleId[] => (id === whole ? ids : [id]);
  const old = nodeRef('module', whole);
  const ref = (on: NodeRef): readonly NodeRef[] =>
    on === old ? ids.map((id) => nodeRef('module', id)) : [on];
  const checks = (all: readonly CheckPlan[]): CheckPlan[] =>
    all.map((check) => ({ ...check, between: check.between.flatMap(module) }));
  return {
    ...plan,
    modules: plan.modules.flatMap((each) => {
      if (each.id === whole) return parts;
      return [
        {
          ...each,
          needs: each.needs.flatMap((need) => ref(need.on).map((on) => ({ ...need, on }))),
        },
      ];
    }),
    handoffs: plan.handoffs.flatMap((handoff) =>
      module(handoff.from).flatMap((from) =>
        module(handoff.to).map((to) => ({ ...handoff, from, to })),
      ),
    ),
    tiers: [
      ...plan.tiers.map((each) => {
        const has = tier !== null && each.modules.includes(whole);
        const modules = has ? each.modules.filter((id) => id !== whole) : each.modules;
        return {
          ...each,
          includes: has ? [...each.includes, tier.id] : each.includes,
          modules: modules.flatMap(module),
          checks: checks(each.checks),
        };
      }),
      ...(tier === null ? [] : [tier]),
    ],
    gates: plan.gates.map((gate) => {
      const requires = gate.requires.flatMap(composed);
      if (gate.kind === 'approval') return { ...gate, requires };
      return { ...gate, requires, checks: checks(gate.checks) };
    }),
  };
}
