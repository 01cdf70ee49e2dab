import * as z from 'zod';
import { isName } from '../../../core/ids.ts';
import type { Proposed } from '../outcome.ts';

/**
 * A plan as models write it: lists instead of mappings, and every field said, which is all that
 * providers hold a model to. The plan file is made of it.
 */

const name = z
  .string()
  .refine(isName, 'must be 1 to 40 of a-z, 0-9 and -, the first one a letter')
  .describe('A short name');
const text = z.string().min(1).max(4_000);
const path = z.string().min(1).max(1_024);
const reference = z.string().min(1).max(60);
const count = z.int().min(1).max(1_000_000_000_000);
const minutes = z.number().gt(0).max(100_000);

const check = z.strictObject({
  name,
  run: text.describe('A command line, run at the root of the composed files'),
  report: z
    .enum(['node', 'tap', 'exit'])
    .describe('node: the test runner of Node; tap: TAP on its output; exit: its exit code alone'),
});

const crossCheck = z.strictObject({
  ...check.shape,
  between: z.array(reference).max(40).describe('The modules that a failure is held against first'),
});

const module = z.strictObject({
  id: name,
  kind: z.enum(['code', 'document']),
  purpose: text.describe('What it is for, in one sentence'),
  stream: name.describe('One of the streams'),
  owns: z.array(path).min(1).max(50).describe('Patterns such as src/lexer/**; no path twice'),
  needs: z
    .array(
      z.strictObject({
        on: reference.describe('A module, or tier:…, gate:…'),
        kind: z
          .enum(['hard', 'soft', 'feedback'])
          .describe(
            'soft: begins on the stub of the other; feedback: each hears what the other finds',
          ),
      }),
    )
    .max(60),
  contract: z
    .strictObject({
      file: path,
      tests: z.array(path).min(1).max(50),
      stub: z.array(path).max(50).describe('Patterns of the form stubs/lexer/**'),
    })
    .nullable()
    .describe(
      'Where it lies, if it is there or among your files; null: a planner writes contracts/<id>.md, tests/<id>/ and stubs/<id>/',
    ),
  checks: z
    .array(check)
    .min(1)
    .max(20)
    .describe('Run its tests, files by name: node --test tests/lexer/lexer.test.js'),
  estimate: z.strictObject({ minutes, review: minutes }),
  budget: z.strictObject({ turns: count, tokens: count, minutes }),
});

/** What a model answers for a plan. */
export const planDraft = z.strictObject({
  artifact: z.strictObject({
    name: text.describe('What it is called'),
    kind: text.describe('compiler, service, library, command, …'),
    purpose: text.describe('What it is for, in one sentence'),
    sourceOfTruth: z
      .array(path)
      .max(50)
      .describe('Files that every agent reads and none changes; there, or among your files'),
    success: text.describe('How one sees that it is done'),
  }),
  preconditions: z.strictObject({
    modules: text.describe('The natural boundaries, in a paragraph'),
    interfaces: text.describe('How each module can be tested from outside'),
    workPerModule: text.describe('Why the work in a module repays its coordination'),
  }),
  environment: z
    .strictObject({
      setup: text.describe('A command, such as npm ci'),
      inputs: z.array(path).max(50).describe('Files that decide whether it runs again'),
      provides: z.array(path).max(50).describe('Folders that it leaves'),
      network: z.boolean(),
    })
    .nullable()
    .describe('Set-up that checks need; null where there is none'),
  prerequisites: z
    .array(
      z.strictObject({
        name,
        kind: z.enum(['run', 'program', 'env', 'service']),
        what: text.describe(
          'The command that exits with 0, the program on the path, the variable that is set, or host:port',
        ),
        version: z.string().max(100).nullable().describe('Of a program: ">=20"; null: any'),
      }),
    )
    .max(50)
    .describe('What this machine must offer'),
  builders: z.int().min(1).max(100).describe('How many build at once'),
  reviewers: z.int().min(1).max(100).describe('How many judge at once'),
  budget: z
    .strictObject({ tokens: count, minutes, usd: z.number().min(0).max(1_000_000) })
    .describe('Of the whole run: hard bounds, two to three times what you expect'),
  resources: z
    .array(
      z.strictObject({
        name,
        units: z.int().min(1).max(1_000_000),
        modules: z.array(reference).min(1).max(60).describe('Which hold a unit while at work'),
      }),
    )
    .max(20)
    .describe('What only so many can have at once: a database, a port'),
  streams: z
    .array(z.strictObject({ id: name, title: text }))
    .min(1)
    .max(20),
  modules: z.array(module).min(1).max(60),
  handoffs: z
    .array(
      z.strictObject({
        ...{ from: reference, to: reference },
        items: z.array(z.string().min(1).max(200)).min(1).max(20),
      }),
    )
    .max(100)
    .describe('What one module is known to give another before its seal'),
  tiers: z
    .array(
      z.strictObject({
        id: name,
        includes: z.array(reference).max(40).describe('Other tiers'),
        modules: z.array(reference).max(60),
        checks: z.array(crossCheck).max(20),
      }),
    )
    .max(40)
    .describe('Sealed modules that are composed and tested together; no module in two'),
  gates: z
    .array(
      z.strictObject({
        id: name,
        kind: z.enum(['end-to-end', 'approval']),
        requires: z.array(reference).min(1).max(60).describe('Modules, tier:…, gate:…'),
        checks: z.array(crossCheck).max(20).describe('Of an end-to-end gate; else empty'),
      }),
    )
    .min(1)
    .max(20)
    .describe('At least one end-to-end gate with a check, and an approval after it'),
});

type PlanDraft = z.output<typeof planDraft>;

/** Names that are given twice: in a plan file the second would hide the first. */
export function draftFaults(draft: PlanDraft): string[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['modules', draft.modules.map(({ id }) => id)],
    ['streams', draft.streams.map(({ id }) => id)],
    ['tiers', draft.tiers.map(({ id }) => id)],
    ['gates', draft.gates.map(({ id }) => id)],
    ['resources', draft.resources.map((each) => each.name)],
    ['prerequisites', draft.prerequisites.map((each) => each.name)],
    ...[...draft.modules, ...draft.tiers, ...draft.gates].map(
      ({ id, checks }) => [`checks of ${id}`, checks.map((each) => each.name)] as const,
    ),
  ];
  return lists.flatMap(([list, names]) => {
    const twice = names.find((each, index) => names.indexOf(each) !== index);
    return twice === undefined ? [] : [`${list}: ${twice} is there twice`];
  });
}

/** The plan file's form of it, with what goes without saying left out. */
export function planOfDraft(draft: PlanDraft): Proposed['plan'] {
  const { artifact, preconditions, environment, budget, builders, reviewers } = draft;
  return withoutEmpty({
    ashlar: 1,
    artifact: withoutEmpty(artifact),
    preconditions,
    environment: environment === null ? {} : withoutEmpty(environment),
    prerequisites: byName(draft.prerequisites, ({ kind, what, version }) =>
      kind === 'run' ? what : { [kind]: what, ...(version !== null && { version }) },
    ),
    pools: { planners: { max: 2 }, builders: { max: builders }, reviewers: { max: reviewers } },
    budget,
    resources: byName(draft.resources, ({ units }) => units),
    streams: byId(draft.streams, ({ title }) => ({ title })),
    modules: byId(draft.modules, (each) => moduleOf(each, draft)),
    handoffs: draft.handoffs,
    tiers: byId(draft.tiers, ({ includes, modules, checks }) =>
      withoutEmpty({ includes, modules, checks: checksOf(checks) }),
    ),
    gates: byId(draft.gates, ({ kind, requires, checks }) =>
      kind === 'approval'
        ? { kind, requires, approvers: 'person' }
        : withoutEmpty({ kind, requires, checks: checksOf(checks) }),
    ),
  });
}

function moduleOf(each: PlanDraft['modules'][number], { resources }: PlanDraft): Data {
  const { id, kind, purpose, stream, owns, needs, contract, checks, estimate, budget } = each;
  const held = resources.filter(({ modules }) => modules.includes(id)).map((its) => its.name);
  return withoutEmpty({
    ...(kind === 'document' && { kind }),
    ...{ purpose, stream },
    needs: needs.map(({ on, kind: how }) => (how === 'hard' ? on : { module: on, kind: how })),
    owns,
    contract: contract === null ? {} : withoutEmpty(contract),
    resources: held,
    checks: checksOf(checks),
    ...{ estimate, budget },
  });
}

type Data = Readonly<Record<string, unknown>>;

const checksOf = (
  checks: readonly (z.output<typeof check> & { readonly between?: readonly string[] })[],
): Data =>
  byName(checks, ({ run, report, between = [] }) =>
    report === 'exit' && between.length === 0
      ? run
      : withoutEmpty({ run, ...(report !== 'exit' && { report }), between }),
  );

const byName = <Each extends { readonly name: string }>(
  list: readonly Each[],
  of: (each: Each) => unknown,
): Data => Object.fromEntries(list.map((each) => [each.name, of(each)]));

const byId = <Each extends { readonly id: string }>(
  list: readonly Each[],
  of: (each: Each) => unknown,
): Data => Object.fromEntries(list.map((each) => [each.id, of(each)]));

/** Without lists and mappings that hold nothing. */
const withoutEmpty = (data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => typeof value !== 'object' || value === null || Object.keys(value).length > 0,
    ),
  );
