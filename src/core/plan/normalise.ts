import {
  gateId,
  moduleId,
  resourceId,
  streamId,
  tierId,
  type ModuleId,
  type NodeRef,
} from '../ids.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import { phrase } from '../phrase.ts';
import { anyKind, declareNames, resolve, resolveName, type Names } from './names.ts';
import { runBudget, scopeBudget } from './normalise-budget.ts';
import { normaliseChecks } from './normalise-check.ts';
import { normaliseModels } from './normalise-models.ts';
import { normaliseModule } from './normalise-module.ts';
import { NeedsReader } from './normalise-needs.ts';
import { normalisePrerequisites } from './normalise-prerequisite.ts';
import { exclusionResources, normaliseUses, type Exclusion } from './normalise-resources.ts';
import type {
  GatePlan,
  HandoffPlan,
  ModulePlan,
  Plan,
  Pool,
  PoolKind,
  ResourcePlan,
  ResourceUse,
  RoleDefinitions,
  StreamPlan,
  TierPlan,
} from './plan.ts';
import type { GateFile, PlanFile, TierFile } from './schema.ts';

/** Where in the file things stand that the plan holds in another order, or fewer of. */
export interface PlanPlaces {
  /** For each need of a module, the place below its `needs` in the file. */
  readonly needs: ReadonlyMap<ModuleId, readonly IssuePath[]>;
}

/** A plan, and what was wrong with the file; what could not be resolved is left out of the plan. */
export interface Normalised {
  readonly plan: Plan;
  readonly issues: readonly Issue[];
  readonly places: PlanPlaces;
}

/** Resolves every default and every name of a file that the schema has accepted. */
export function normalise(file: PlanFile): Normalised {
  const names = declareNames(file);
  names.issues.push(...describe(file));
  const budget = runBudget(file, names.issues);
  const reader = new NeedsReader(names, file.modules);
  const needs = new Map<ModuleId, readonly IssuePath[]>();
  const alone = Object.entries(file.modules)
    .filter(([name]) => names.declared.module.has(name))
    .map(([name, module]) => {
      const id = moduleId(name);
      const its = reader.read(id, module);
      needs.set(id, its.entries);
      return normaliseModule(id, module, its, budget, names);
    });
  const { modules, resources } = exclude(alone, reader.exclusions, names);
  const plan: Plan = {
    ashlar: 1,
    artifact: {
      name: file.artifact?.name ?? '',
      kind: file.artifact?.kind ?? '',
      purpose: file.artifact?.purpose ?? '',
      sourceOfTruth: file.artifact?.sourceOfTruth ?? [],
      success: file.artifact?.success ?? '',
    },
    preconditions: {
      modules: file.preconditions?.modules ?? '',
      interfaces: file.preconditions?.interfaces ?? '',
      workPerModule: file.preconditions?.workPerModule ?? '',
    },
    environment: file.environment ?? null,
    prerequisites: normalisePrerequisites(file.prerequisites, names.issues),
    pools: pools(file, modules.length),
    models: normaliseModels(file),
    budget,
    stallMinutes: file.stallMinutes,
    resources,
    streams: streams(file, names),
    modules,
    handoffs: file.handoffs.flatMap((handoff, index) => normaliseHandoff(handoff, index, names)),
    tiers: Object.entries(file.tiers)
      .filter(([name]) => names.declared.tier.has(name))
      .map(([name, tier]) => normaliseTier(name, tier, names)),
    gates: Object.entries(file.gates ?? {})
      .filter(([name]) => names.declared.gate.has(name))
      .map(([name, gate]) => normaliseGate(name, gate, names)),
  };
  return { plan, issues: names.issues, places: { needs } };
}

function describe(file: PlanFile): Issue[] {
  const wanted = ['name', 'kind', 'purpose', 'success'] as const;
  const missing = wanted.filter((field) => file.artifact?.[field] === undefined);
  if (missing.length === 0) return [];
  const message = phrase('the artifact does not say its {0}', missing.join(', '));
  return [issue('missing-description', ['artifact'], message)];
}

function pools(file: PlanFile, modules: number): Readonly<Record<PoolKind, Pool>> {
  const { planners, builders, reviewers } = file.pools;
  const auto = modules >= 30 ? 8 : modules >= 15 ? 6 : 4;
  const pool = (
    { agent, model, definition, budget }: Omit<typeof planners, 'max'>,
    max: number,
  ): Pool => ({
    ...{ max, agent, model: model ?? null, definition: definitions(definition) },
    budget: scopeBudget(budget),
  });
  return {
    planners: pool(planners, planners.max),
    builders: pool(builders, builders.max === 'auto' ? auto : builders.max),
    reviewers: pool(reviewers, reviewers.max),
  };
}

function definitions(said: string | Readonly<Record<string, string | undefined>> | undefined) {
  if (said === undefined || typeof said === 'string') return said ?? null;
  const named = Object.entries(said).filter(([, name]) => name !== undefined);
  return named.length === 0 ? null : (Object.fromEntries(named) as RoleDefinitions);
}

/** Modules that exclude each other hold a resource of their own. */
function exclude(
  modules: readonly ModulePlan[],
  exclusions: readonly Exclusion[],
  names: Names,
): { readonly modules: readonly ModulePlan[]; readonly resources: readonly ResourcePlan[] } {
  const declared = [...names.resources].map(([name, capacity]) => ({
    ...{ id: resourceId(name), capacity },
  }));
  const made = exclusionResources(exclusions, names.resources.keys());
  const held = new Map<ModuleId, ResourceUse[]>();
  for (const { pair, resource } of made) {
    for (const module of [pair.a, pair.b]) {
      const uses = held.get(module) ?? [];
      uses.push({ resource: resource.id, amount: 1 });
      held.set(module, uses);
    }
  }
  return {
    modules: modules.map((module) => {
      const more = held.get(module.id);
      return more === undefined ? module : { ...module, resources: [...module.resources, ...more] };
    }),
    resources: [...declared, ...made.map(({ resource }) => resource)],
  };
}

function normaliseHandoff(
  { from, to, items }: PlanFile['handoffs'][number],
  index: number,
  names: Names,
): HandoffPlan[] {
  const path = ['handoffs', index];
  const [giver, taker] = [
    resolveName(names, from, [...path, 'from'], 'module'),
    resolveName(names, to, [...path, 'to'], 'module'),
  ];
  if (giver === null || taker === null) return [];
  if (giver === taker) {
    const message = phrase('module {0} cannot hand something over to itself', giver);
    names.issues.push(
      issue('invalid-value', [...path, 'to'], message, phrase('Name another module.')),
    );
    return [];
  }
  return [{ from: moduleId(giver), to: moduleId(taker), items }];
}

/** Declared streams first, then those that only modules name. */
function streams(file: PlanFile, names: Names): StreamPlan[] {
  return [...names.declared.stream].map((name) => {
    const declared = Object.hasOwn(file.streams, name) ? file.streams[name] : undefined;
    return { id: streamId(name), title: declared?.title ?? name, lead: declared?.lead ?? null };
  });
}

function normaliseTier(name: string, file: TierFile, names: Names): TierPlan {
  const path = ['tiers', name];
  const each = (field: 'includes' | 'modules', kind: 'tier' | 'module'): string[] =>
    file[field].flatMap(
      (text, index) => resolveName(names, text, [...path, field, index], kind) ?? [],
    );
  return {
    id: tierId(name),
    includes: each('includes', 'tier').map(tierId),
    modules: each('modules', 'module').map(moduleId),
    resources: normaliseUses(file.resources, [...path, 'resources'], names),
    checks: normaliseChecks(file.checks, [...path, 'checks'], names),
  };
}

function normaliseGate(name: string, file: GateFile, names: Names): GatePlan {
  const path = ['gates', name];
  const requires = references(file.requires, [...path, 'requires'], names);
  if (file.kind === 'approval') return { kind: 'approval', id: gateId(name), requires };
  const checks = normaliseChecks(file.checks, [...path, 'checks'], names);
  return { kind: 'end-to-end', id: gateId(name), requires, checks };
}

function references(texts: readonly string[], path: IssuePath, names: Names): NodeRef[] {
  return texts.flatMap((text, index) => resolve(names, text, [...path, index], anyKind) ?? []);
}
