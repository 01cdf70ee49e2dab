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
  ExhaustionStep,
  GatePlan,
  ModulePlan,
  Plan,
  ResourcePlan,
  ResourceUse,
  ScopeBudget,
  TierPlan,
} from '../../src/core/plan/plan.ts';
import { randomHandoffs } from '../sim/handoffs.ts';
import type { Random } from '../sim/random.ts';

/**
 * A plan without cycles: nodes are made in an order, and each needs only what came before it. Tiers
 * and gates come in between the modules, so that modules can need them too.
 */
export function randomPlan(random: Random): Plan {
  const size = 1 + Math.floor(40 * random.fraction() ** 2.2);
  const streams = Array.from({ length: random.between(1, Math.min(4, size)) }, (_, i) =>
    streamId(`s${i}`),
  );
  const resources = randomResources(random);
  const inRanges = random.chance(0.7);
  const tiers: TierPlan[] = [];
  const gates: GatePlan[] = [];
  const modules: ModulePlan[] = [];
  const earlier: NodeRef[] = [];
  const density = random.fraction() * 0.8;
  const unwritten = random.chance(0.5) ? 0 : random.fraction();
  const softness = random.pick([0, 0, 0.3, 0.8]);
  let stream = 0;
  for (let i = 0; i < size; i++) {
    const next = inRanges ? Math.floor((i * streams.length) / size) : 0;
    if (next > stream) {
      if (inRanges) earlier.push(nodeRef('stream', streams[stream]!));
      stream = next;
    }
    const id = moduleId(`m${i}`);
    const needs = random.chance(density) ? sample(random, earlier, 4) : [];
    const its = inRanges ? streams[stream]! : random.pick(streams);
    const author = random.chance(unwritten) ? 'planner' : 'plan';
    modules.push(randomModule(random, id, its, needs, softness, resources, author));
    earlier.push(nodeRef('module', id));
    if (random.chance(0.15)) addTier(random, tiers, modules, earlier, resources);
    if (random.chance(0.1)) addGate(random, gates, earlier, resources);
  }
  if (random.chance(0.7)) addTier(random, tiers, modules, earlier, resources);
  if (random.chance(0.6)) addGate(random, gates, earlier, resources);
  if (random.chance(0.3)) addGate(random, gates, earlier, resources);
  if (random.chance(0.4)) addCycles(random, modules);
  const tokens = modules.reduce((sum, { budget }) => sum + budget.tokens, 0);
  const microUsd = modules.reduce((sum, { budget }) => sum + budget.microUsd, 0);
  const scarcity = random.chance(0.25) ? 0.3 + random.fraction() : 3 + 10 * random.fraction();
  return {
    ashlar: 1,
    artifact: {
      name: 'simulated',
      kind: 'library',
      purpose: 'shows what the rules do',
      sourceOfTruth: [],
      success: 'no law is broken',
    },
    preconditions: { modules: '', interfaces: '', workPerModule: '' },
    environment: null,
    prerequisites: Array.from({ length: random.between(0, 2) }, (_, i) => ({
      name: `tool-${i}`,
      run: 'true',
      ...{ timeoutMs: null, remedy: null },
    })),
    models: [],
    pools: {
      planners: {
        max: random.between(1, 3),
        agent: 'simulated',
        model: null,
        definition: null,
        budget: part(random, modules, 0.4),
      },
      builders: {
        max: random.between(1, random.chance(0.5) ? 4 : 12),
        agent: 'simulated',
        model: null,
        definition: null,
        budget: part(random, modules, 1.5),
      },
      reviewers: {
        max: random.between(1, 4),
        agent: 'simulated',
        model: null,
        definition: null,
        budget: part(random, modules, 0.6),
      },
    },
    budget: {
      tokens: Math.ceil(tokens * scarcity),
      minutes: random.chance(0.2) ? random.between(5, 240) : 100_000,
      microUsd: Math.ceil(microUsd * (random.chance(0.1) ? 0.4 : scarcity)),
      turns: random.chance(0.15) ? random.between(10, 60 * modules.length) : null,
      phases: {
        plan: part(random, modules, 0.4),
        build: part(random, modules, 2),
        integrate: part(random, modules, 0.2),
        'end-to-end': part(random, modules, 0.2),
      },
    },
    stallMinutes: random.between(3, 15),
    resources,
    streams: streams.map((id) => ({ id, title: id, lead: null })),
    modules,
    handoffs: randomHandoffs(random.fork('handoffs'), modules),
    tiers,
    gates,
  };
}

/** Bounds of a pool or a phase, now and then: about `share` of what all modules may use. */
function part(random: Random, modules: readonly ModulePlan[], share: number): ScopeBudget | null {
  if (!random.chance(0.15)) return null;
  const bound = (unit: 'tokens' | 'microUsd' | 'turns' | 'minutes'): number | null => {
    const all = modules.reduce((sum, { budget }) => sum + budget[unit], 0);
    const drawn = Math.ceil(all * share * (0.05 + 1.5 * random.fraction()));
    return random.chance(0.4) ? drawn : null;
  };
  return {
    tokens: bound('tokens'),
    microUsd: bound('microUsd'),
    turns: bound('turns'),
    minutes: bound('minutes'),
  };
}

function randomModule(
  random: Random,
  id: ModulePlan['id'],
  stream: ModulePlan['stream'],
  needs: readonly NodeRef[],
  softness: number,
  resources: readonly ResourcePlan[],
  author: ModulePlan['contract']['author'],
): ModulePlan {
  const steps: ExhaustionStep[][] = random.chance(0.1)
    ? [[], ['reframe']]
    : [
        ['escalate'],
        ['reframe', 'escalate'],
        ['reframe', 'split', 'escalate'],
        ['split', 'escalate'],
      ];
  return {
    id,
    kind: random.chance(0.1) ? 'document' : 'code',
    purpose: '',
    stream,
    owns: [`src/${id}/**`],
    contract: {
      author,
      file: `contracts/${id}.md`,
      tests: [`tests/${id}/**`],
      stub: [`stubs/${id}/**`],
    },
    needs: needs.map((on): Dependency => ({
      kind: random.chance(softness) ? 'soft' : 'hard',
      on,
    })),
    checks: ['unit', 'lint']
      .slice(0, random.between(1, 2))
      .map((name) => check(name, [], someOf(random, resources, 0.2))),
    resources: someOf(random, resources, 0.35),
    reviewers: random.fork(`reviewers of ${id}`).pick([1, 1, 1, 2, 3]),
    estimate: {
      minutes: random.between(1, 40),
      review: random.between(1, 5),
      ...{ source: 'plan', runs: 0 },
    },
    budget: {
      turns: random.between(5, 40),
      tokens: random.between(10_000, 500_000),
      minutes: random.between(20, 120),
      microUsd: random.chance(0.3) ? 0 : random.between(100_000, 5_000_000),
      attempts: random.between(1, 5),
    },
    onExhausted: random.pick(steps),
  };
}

/**
 * Soft edges and feedback from earlier modules to later ones, which make cycles: only inside runs
 * of modules that come after each other directly, so that no tier, stream or gate is in one.
 */
function addCycles(random: Random, modules: ModulePlan[]): void {
  let from = 0;
  modules.forEach(({ needs }, node) => {
    const onOthers = needs.some(({ on }) => !on.startsWith('module:'));
    if (onOthers) from = node;
    const earlier = modules.slice(from, node);
    if (earlier.length === 0 || !random.chance(0.3)) return;
    const chosen = random.pick(earlier);
    const index = modules.indexOf(chosen);
    const on = nodeRef('module', modules[node]!.id);
    const added: Dependency = random.chance(0.5)
      ? { kind: 'soft', on }
      : { kind: 'feedback', on, rounds: random.between(1, 3) };
    modules[index] = { ...chosen, needs: [...chosen.needs, added] };
  });
}

function addTier(
  random: Random,
  tiers: TierPlan[],
  modules: readonly ModulePlan[],
  earlier: NodeRef[],
  resources: readonly ResourcePlan[],
): void {
  const id = tierId(`t${tiers.length}`);
  const includes = tiers.filter(() => random.chance(0.3)).map((tier) => tier.id);
  const members = sample(random, modules, 6).map((module) => module.id);
  const between = members.length >= 2 && random.chance(0.5) ? members.slice(0, 2) : [];
  const checks = [check('cross', between, someOf(random, resources, 0.3))];
  if (random.chance(0.3)) checks.push(check('load', [], someOf(random, resources, 0.3)));
  tiers.push({
    id,
    includes,
    modules: members,
    resources: someOf(random, resources, 0.2),
    checks: random.chance(0.1) ? [] : checks,
  });
  earlier.push(nodeRef('tier', id));
}

function addGate(
  random: Random,
  gates: GatePlan[],
  earlier: NodeRef[],
  resources: readonly ResourcePlan[],
): void {
  const id = gateId(`g${gates.length}`);
  const requires = random.chance(0.1) ? [] : sample(random, earlier, 4);
  if (random.chance(0.5)) gates.push({ kind: 'approval', id, requires });
  else {
    const checks = [check('whole', [], someOf(random, resources, 0.4))];
    gates.push({ kind: 'end-to-end', id, requires, checks });
  }
  earlier.push(nodeRef('gate', id));
}

/** None in half of the plans, so that both kinds are seen. */
function randomResources(random: Random): ResourcePlan[] {
  const count = random.chance(0.5) ? 0 : random.between(1, 3);
  return Array.from({ length: count }, (_, i) => ({
    id: resourceId(`r${i}`),
    capacity: random.between(1, 3),
  }));
}

/** Now and then more than there is, which counts as all of it. */
function someOf(
  random: Random,
  resources: readonly ResourcePlan[],
  probability: number,
): ResourceUse[] {
  return resources
    .filter(() => random.chance(probability))
    .map(({ id, capacity }) => {
      const most = random.chance(0.05) ? capacity + 1 : capacity;
      return { resource: id, amount: random.between(1, most) };
    });
}

function check(
  name: string,
  between: CheckPlan['between'] = [],
  resources: readonly ResourceUse[] = [],
): CheckPlan {
  return {
    name,
    run: 'true',
    report: 'tap',
    reportFile: '',
    between,
    timeoutMs: 60_000,
    resources,
    sandbox: { network: false, read: [], env: [] },
  };
}

/** Between one and `most` different items, or none where there are none. */
function sample<T>(random: Random, items: readonly T[], most: number): T[] {
  const chosen = new Set<T>();
  if (items.length === 0) return [];
  // Late ones are likelier: plans are deeper than they are wide.
  for (let i = random.between(1, most); i > 0; i--) {
    const back = Math.floor(items.length * random.fraction() ** 1.7);
    chosen.add(items[items.length - 1 - back]!);
  }
  return [...chosen];
}
