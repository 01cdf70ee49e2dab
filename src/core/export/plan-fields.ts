import type {
  Artifact,
  CheckPlan,
  ContractPlan,
  Dependency,
  Environment,
  GatePlan,
  HandoffPlan,
  ModelPlan,
  ModulePlan,
  Plan,
  Pool,
  Preconditions,
  Prerequisite,
  ResourceUse,
  RunBudget,
  ScopeBudget,
  StreamPlan,
  TierPlan,
} from '../plan/plan.ts';
import {
  exactly,
  flag,
  label,
  listOf,
  Misfit,
  nothing,
  number,
  objectOf,
  oneOfObjects,
  onlyTold,
  optional,
  orNull,
  thing,
  told,
  word,
  type Field,
} from './field.ts';
import {
  count,
  digest,
  gateName,
  moduleName,
  name,
  node,
  resourceName,
  streamName,
  tierName,
  tree,
} from './id-fields.ts';

/** Paths, commands and names of variables say how somebody works: no board shows them. */
const texts = onlyTold(listOf(told), []);

const amounts = listOf(objectOf<ResourceUse>({ resource: resourceName, amount: number }));

const check = objectOf<CheckPlan>({
  name: label('check'),
  run: told,
  report: word({ node: true, tap: true, junit: true, exit: true }),
  reportFile: told,
  between: listOf(moduleName),
  timeoutMs: number,
  resources: amounts,
  sandbox: objectOf({ network: flag, read: texts, env: texts }),
});

const artifact = objectOf<Artifact>({
  name: label('artifact'),
  kind: label('artifact'),
  purpose: told,
  sourceOfTruth: texts,
  success: told,
});

const preconditions = objectOf<Preconditions>({
  modules: told,
  interfaces: told,
  workPerModule: told,
});

const environment = onlyTold(
  orNull(objectOf<Environment>({ setup: told, inputs: texts, provides: texts, network: flag })),
  null,
);

/** What is asked may name a machine, a service or a variable; what it is called stays. */
const prerequisite: Field<Prerequisite> = (value, out) => {
  const named = objectOf<{ name: string }>({ name })(value, out);
  const of = value as Readonly<Record<string, unknown>>;
  const textAt = (field: string): string => told(of[field], out);
  const orMissing = <Type>(field: string, rule: Field<Type>): Type | null =>
    Object.hasOwn(of, field) ? orNull(rule)(of[field], out) : null;
  const any = {
    ...named,
    timeoutMs: orMissing('timeoutMs', number),
    remedy: orMissing('remedy', told),
  };
  if (!out.keepsTold) return { ...any, remedy: null, run: '' };
  if (Object.hasOwn(of, 'run')) return { ...any, run: textAt('run') };
  if (Object.hasOwn(of, 'env')) {
    return { ...any, env: textAt('env'), pattern: orMissing('pattern', told) };
  }
  if (Object.hasOwn(of, 'program')) {
    return { ...any, program: textAt('program'), version: orMissing('version', told) };
  }
  if (Object.hasOwn(of, 'service')) return { ...any, service: textAt('service') };
  if (Object.hasOwn(of, 'mcp')) {
    return { ...any, mcp: textAt('mcp'), pass: orMissing('pass', texts) ?? [] };
  }
  throw new Misfit('asks for nothing');
};

const limit = orNull(number);
const scopeBudget = orNull(
  objectOf<ScopeBudget>({ tokens: limit, microUsd: limit, turns: limit, minutes: limit }),
);

const pool = objectOf<Pool>({
  max: count,
  agent: label('agents'),
  model: orNull(label('model')),
  // The user's own definitions of agents are nobody else's.
  definition: nothing(null),
  budget: scopeBudget,
});

const model = objectOf<ModelPlan>({
  id: label('model'),
  contextTokens: limit,
  outputTokens: limit,
  prices: orNull(
    objectOf({ input: number, cacheWrite: number, cacheRead: number, output: number }),
  ),
});

const budget = objectOf<RunBudget>({
  tokens: number,
  minutes: number,
  microUsd: number,
  turns: limit,
  phases: objectOf({
    plan: scopeBudget,
    build: scopeBudget,
    integrate: scopeBudget,
    'end-to-end': scopeBudget,
  }),
});

const stream = objectOf<StreamPlan>({
  id: streamName,
  title: label('stream'),
  // Who leads it is a person's name.
  lead: onlyTold(orNull(told), null),
});

const contract = objectOf<ContractPlan>({
  author: word({ plan: true, planner: true }),
  file: told,
  tests: texts,
  stub: texts,
});

const need = oneOfObjects<Dependency>('kind', {
  hard: objectOf({ kind: exactly('hard'), on: node }),
  soft: objectOf({ kind: exactly('soft'), on: node }),
  feedback: objectOf({ kind: exactly('feedback'), on: node, rounds: count }),
});

const module = objectOf<ModulePlan>({
  id: moduleName,
  kind: word({ code: true, document: true }),
  purpose: told,
  stream: streamName,
  owns: texts,
  contract,
  needs: listOf(need),
  resources: amounts,
  checks: listOf(check),
  reviewers: count,
  estimate: objectOf({
    minutes: number,
    review: number,
    source: word({ plan: true, history: true }),
    runs: count,
  }),
  budget: objectOf({
    turns: number,
    tokens: number,
    minutes: number,
    microUsd: number,
    attempts: number,
  }),
  onExhausted: listOf(word({ reframe: true, split: true, escalate: true })),
});

const handoff = objectOf<HandoffPlan>({ from: moduleName, to: moduleName, items: listOf(thing) });

const tier = objectOf<TierPlan>({
  id: tierName,
  includes: listOf(tierName),
  modules: listOf(moduleName),
  resources: amounts,
  checks: listOf(check),
  keeps: optional(objectOf({ contract: tree, listing: orNull(digest) })),
});

const requires = listOf(node);
const gate = oneOfObjects<GatePlan>('kind', {
  'end-to-end': objectOf({
    kind: exactly('end-to-end'),
    id: gateName,
    requires,
    checks: listOf(check),
  }),
  approval: objectOf({ kind: exactly('approval'), id: gateName, requires }),
});

/** What may be by thousands in a plan, each brought out by itself. */
export const planItems = {
  streams: stream,
  modules: module,
  handoffs: handoff,
  tiers: tier,
  gates: gate,
};

/** A plan without what was said in it: its shape, names, times and budgets. */
export const plan = objectOf<Plan>({
  ashlar: exactly(1),
  artifact,
  preconditions,
  environment,
  prerequisites: listOf(prerequisite),
  pools: objectOf({ planners: pool, builders: pool, reviewers: pool }),
  models: listOf(model),
  budget,
  stallMinutes: number,
  resources: listOf(objectOf({ id: resourceName, capacity: number })),
  streams: listOf(stream),
  modules: listOf(module),
  handoffs: listOf(handoff),
  tiers: listOf(tier),
  gates: listOf(gate),
});
