import { gateId, moduleId, streamId, tierId, type NodeRef } from '../ids.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import { anyKind, declareNames, resolve, resolveName, type Names } from './names.ts';
import { normaliseChecks } from './normalise-check.ts';
import { normaliseModule } from './normalise-module.ts';
import type { GatePlan, Plan, Pool, PoolKind, RunBudget, StreamPlan, TierPlan } from './plan.ts';
import type { GateFile, PlanFile, TierFile } from './schema.ts';
import { toCount } from './schema-fields.ts';
import { unbounded } from './unbounded.ts';

/** A plan, and what was wrong with the file; what could not be resolved is left out of the plan. */
export interface Normalised {
  readonly plan: Plan;
  readonly issues: readonly Issue[];
}

/** Resolves every default and every name of a file that the schema has accepted. */
export function normalise(file: PlanFile): Normalised {
  const names = declareNames(file);
  names.issues.push(...describe(file), ...unsupported(file));
  const budget = runBudget(file, names.issues);
  const modules = Object.entries(file.modules)
    .filter(([name]) => names.declared.module.has(name))
    .map(([name, module]) => normaliseModule(name, module, budget, names));
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
    prerequisites: Object.entries(file.prerequisites).map(([name, run]) => ({ name, run })),
    pools: pools(file, modules.length),
    budget,
    stallMinutes: file.stallMinutes,
    resources: [],
    streams: streams(file, names),
    modules,
    handoffs: [],
    tiers: Object.entries(file.tiers)
      .filter(([name]) => names.declared.tier.has(name))
      .map(([name, tier]) => normaliseTier(name, tier, names)),
    gates: Object.entries(file.gates ?? {})
      .filter(([name]) => names.declared.gate.has(name))
      .map(([name, gate]) => normaliseGate(name, gate, names)),
  };
  return { plan, issues: names.issues };
}

function describe(file: PlanFile): Issue[] {
  const wanted = ['name', 'kind', 'purpose', 'success'] as const;
  const missing = wanted.filter((field) => file.artifact?.[field] === undefined);
  if (missing.length === 0) return [];
  const message = `the artifact does not say its ${missing.join(', ')}`;
  return [issue('missing-description', ['artifact'], message)];
}

function unsupported(file: PlanFile): Issue[] {
  const refuse = (key: 'resources' | 'handoffs', message: string, fix: string): Issue[] =>
    file[key] === undefined ? [] : [issue('not-supported-yet', [key], message, fix)];
  return [
    ...refuse('resources', 'resources cannot be reserved yet', 'Remove them for now.'),
    ...refuse(
      'handoffs',
      'planned handoffs cannot be run yet',
      'Remove them: a hard dependency hands over what is sealed.',
    ),
  ];
}

/** What is missing is 0, so that a plan with the error reported here could not spend anything. */
function runBudget(file: PlanFile, issues: Issue[]): RunBudget {
  const missing = (['tokens', 'minutes', 'usd'] as const).filter(
    (bound) => file.budget?.[bound] === undefined,
  );
  if (missing.length > 0) {
    const message = `the run has no bound on ${missing.join(', ')}`;
    const fix = `Add "budget: { ${missing.map((bound) => `${bound}: …`).join(', ')} }".`;
    issues.push(issue('missing-budget', ['budget'], message, fix));
  }
  return {
    tokens: toCount(file.budget?.tokens ?? 0),
    minutes: file.budget?.minutes ?? 0,
    microUsd: Math.round((file.budget?.usd ?? 0) * 1e6),
    ...unbounded,
  };
}

function pools(file: PlanFile, modules: number): Readonly<Record<PoolKind, Pool>> {
  const { planners, builders, reviewers } = file.pools;
  const auto = modules >= 30 ? 8 : modules >= 15 ? 6 : 4;
  const budget = null;
  return {
    planners: { ...planners, budget },
    builders: { agent: builders.agent, max: builders.max === 'auto' ? auto : builders.max, budget },
    reviewers: { ...reviewers, budget },
  };
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
    resources: [],
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
