import { unbounded } from '../../src/core/plan/unbounded.ts';
import {
  gateId,
  moduleId,
  nodeRef,
  resourceId,
  streamId,
  tierId,
  type NodeRef,
} from '../../src/core/ids.ts';
import type {
  CheckPlan,
  Dependency,
  HandoffPlan,
  ModuleBudget,
  ModulePlan,
  Plan,
  ResourceUse,
} from '../../src/core/plan/plan.ts';

/** Resources, with their units. */
type Units = Readonly<Record<string, number>>;

interface ModuleSketch {
  /** `lexer`, `tier:front`, `gate:ship` */
  readonly needs?: readonly string[];
  /** Modules on whose stubs it builds. */
  readonly soft?: readonly string[];
  /** Partner → rounds. */
  readonly feedback?: Readonly<Record<string, number>>;
  readonly minutes?: number;
  /** Held while it is built and judged. */
  readonly resources?: Units;
  /** Its checks, with what each holds. */
  readonly checks?: Readonly<Record<string, Units>>;
  readonly budget?: Partial<ModuleBudget>;
  readonly onExhausted?: ModulePlan['onExhausted'];
  /** Left to a planner. */
  readonly contract?: 'planner';
  readonly reviewers?: number;
}

interface Sketch {
  readonly modules: Readonly<Record<string, ModuleSketch>>;
  readonly tiers?: Readonly<
    Record<
      string,
      {
        readonly includes?: readonly string[];
        readonly modules?: readonly string[];
        readonly resources?: Units;
        readonly checks?: readonly string[];
      }
    >
  >;
  /** Without checks a person approves. */
  readonly gates?: Readonly<
    Record<string, { readonly requires: readonly string[]; readonly checks?: readonly string[] }>
  >;
  /** `lexer > parser: token kinds, examples` */
  readonly handoffs?: readonly string[];
  /** With their capacities. */
  readonly resources?: Units;
  /** By the name of a tier's or a gate's check: what it holds. */
  readonly uses?: Readonly<Record<string, Units>>;
  readonly prerequisites?: readonly string[];
  readonly pools?: Partial<Record<keyof Plan['pools'], number>>;
  readonly budget?: Partial<Plan['budget']>;
}

/** A plan in a few words: what is left out is as little in the way as possible. */
export function plan(sketched: Sketch): Plan {
  const { modules, tiers, gates, handoffs, prerequisites, pools, budget } = sketched;
  const { resources, uses } = sketched;
  const stream = streamId('all');
  const check = (name: string): CheckPlan => checkOf(name, uses?.[name] ?? {});
  return {
    ashlar: 1,
    artifact: { name: 'x', kind: 'library', purpose: '', sourceOfTruth: [], success: '' },
    preconditions: { modules: '', interfaces: '', workPerModule: '' },
    environment: null,
    prerequisites: (prerequisites ?? []).map((name) => ({
      ...{ name, run: 'true' },
      ...{ timeoutMs: null, remedy: null },
    })),
    models: [],
    pools: {
      planners: {
        max: pools?.planners ?? 2,
        agent: 'scripted',
        model: null,
        definition: null,
        budget: null,
      },
      builders: {
        max: pools?.builders ?? 4,
        agent: 'scripted',
        model: null,
        definition: null,
        budget: null,
      },
      reviewers: {
        max: pools?.reviewers ?? 4,
        agent: 'scripted',
        model: null,
        definition: null,
        budget: null,
      },
    },
    budget: { tokens: 10_000_000, minutes: 10_000, microUsd: 100_000_000, ...unbounded, ...budget },
    stallMinutes: 5,
    resources: Object.entries(resources ?? {}).map(([id, capacity]) => ({
      id: resourceId(id),
      capacity,
    })),
    streams: [{ id: stream, title: 'All', lead: null }],
    modules: Object.entries(modules).map(([id, sketch]) => ({
      id: moduleId(id),
      kind: 'code',
      purpose: '',
      stream,
      owns: [`src/${id}/**`],
      contract: { author: sketch.contract ?? 'plan', file: '', tests: [], stub: [] },
      needs: needsOf(sketch),
      resources: usesOf(sketch.resources ?? {}),
      checks: Object.entries(sketch.checks ?? { unit: {} }).map(([name, its]) =>
        checkOf(name, its),
      ),
      reviewers: sketch.reviewers ?? 1,
      estimate: { minutes: sketch.minutes ?? 10, review: 1, source: 'plan', runs: 0 },
      budget: {
        turns: 40,
        tokens: 100_000,
        minutes: 60,
        microUsd: 1_000_000,
        attempts: 3,
        ...sketch.budget,
      },
      onExhausted: sketch.onExhausted ?? ['escalate'],
    })),
    handoffs: (handoffs ?? []).map(handoff),
    tiers: Object.entries(tiers ?? {}).map(([id, tier]) => ({
      id: tierId(id),
      includes: (tier.includes ?? []).map(tierId),
      modules: (tier.modules ?? []).map(moduleId),
      resources: usesOf(tier.resources ?? {}),
      checks: (tier.checks ?? ['cross']).map(check),
    })),
    gates: Object.entries(gates ?? {}).map(([id, { requires, checks }]) => {
      const of = { id: gateId(id), requires: requires.map(ref) };
      if (checks === undefined) return { kind: 'approval', ...of };
      return { kind: 'end-to-end', ...of, checks: checks.map(check) };
    }),
  };
}

function handoff(text: string): HandoffPlan {
  const [, from = '', to = '', items = ''] = /^(\S+) > (\S+): (.+)$/.exec(text) ?? [];
  return { from: moduleId(from), to: moduleId(to), items: items.split(', ') };
}

function needsOf({ needs = [], soft = [], feedback = {} }: ModuleSketch): Dependency[] {
  return [
    ...needs.map((on): Dependency => ({ kind: 'hard', on: ref(on) })),
    ...soft.map((on): Dependency => ({ kind: 'soft', on: ref(on) })),
    ...Object.entries(feedback).map(([on, rounds]): Dependency => ({
      kind: 'feedback',
      on: ref(on),
      rounds,
    })),
  ];
}

function ref(text: string): NodeRef {
  return text.includes(':') ? (text as NodeRef) : nodeRef('module', text);
}

const usesOf = (units: Units): ResourceUse[] =>
  Object.entries(units).map(([id, amount]) => ({ resource: resourceId(id), amount }));

function checkOf(name: string, units: Units): CheckPlan {
  return {
    name,
    run: 'true',
    report: 'tap',
    reportFile: '',
    between: [],
    timeoutMs: 60_000,
    resources: usesOf(units),
    sandbox: { network: false, read: [], env: [] },
  };
}
