import * as z from 'zod';
import { checks } from './schema-check.ts';
import {
  count,
  key,
  minutes,
  path,
  paths,
  reference,
  resourceUses,
  text,
  wanted,
} from './schema-fields.ts';
import { usd } from './schema-run.ts';

const maxFeedbackRounds = 10;

const contract = z
  .strictObject({
    file: wanted(path('Root-relative Markdown file: inputs, outputs, error mode')),
    tests: wanted(paths('Root-relative patterns of the tests that decide')),
    stub: paths(
      'Patterns of the form `<folder>/**`: the folder holds root-relative paths and stands in for the module until it is sealed',
    )
      .optional()
      .meta({ defaultText: 'none for a document; *required* of code' }),
  })
  .describe(
    'What the module promises, as it lies in the base. Where all of it is left out, a planner writes it before the module is built',
  );

const dependency = z.union([
  reference('A module, or `tier:…`, `stream:…`, `gate:…`: a hard dependency'),
  z.strictObject({
    module: reference('A module, or `tier:…`, `stream:…`, `gate:…`'),
    kind: z
      .enum(['hard', 'soft', 'resource', 'feedback'])
      .default('hard')
      .describe(
        '`hard`: starts when the provider is sealed. `soft`: starts now, on the provider’s stub, and is judged again against the seal. `resource`: the two modules are never at work at once, in whatever order. `feedback`: neither waits; what each finds is handed to the other’s next turn',
      ),
    rounds: z
      .int()
      .min(1)
      .max(maxFeedbackRounds)
      .optional()
      .meta({ defaultText: '2' })
      .describe('With `feedback` alone: how often the findings of each are taken to the other'),
  }),
]);

const budget = z
  .strictObject({
    turns: wanted(count('Turns of an agent', 100_000)),
    tokens: wanted(count('Tokens', 1e12)),
    minutes: wanted(minutes('Time of an attempt, pauses left out')),
    usd: usd('Money')
      .optional()
      .meta({ defaultText: 'the run’s money in proportion to the module’s tokens' }),
    attempts: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('Submissions that may be judged under one version of the contract'),
  })
  .describe(
    'Hard bounds of the module. One attempt of a builder may use half of what is left, one judgement a fifth of the whole; a planner may use a quarter, which the run pays',
  );

export const modules = z
  .record(
    key,
    z.strictObject({
      kind: z
        .enum(['code', 'document'])
        .default('code')
        .describe('What it produces; a document may do without a stub'),
      purpose: wanted(text('What it is for, in one sentence')),
      stream: z.string().min(1).max(60).default('main').describe('The stream it belongs to'),
      owns: wanted(
        paths('Root-relative patterns of what its builder writes; no two modules may own one path'),
      ),
      contract: contract.optional().meta({ defaultText: 'a planner writes it' }),
      needs: z
        .array(dependency)
        .default([])
        .describe('What it depends on. A bare name is a hard dependency'),
      resources: resourceUses('Resources that are held while it is built and judged').optional(),
      reviewers: z
        .int()
        .min(1)
        .max(3)
        .default(1)
        .describe('How many reviewers judge each submission; the strictest verdict stands'),
      checks: wanted(checks),
      estimate: z
        .strictObject({
          minutes: minutes('Expected time to build it'),
          review: minutes('Expected time to judge it').default(1),
        })
        .optional()
        .meta({ defaultText: '10 minutes, 1 of review' })
        .describe('For the schedule, until history knows better'),
      budget: wanted(budget),
      onExhausted: z
        .array(z.enum(['reframe', 'split', 'escalate']))
        .min(1)
        .default(['reframe', 'escalate'])
        .describe(
          'What happens, in this order, when the budget is used up: a new version of the contract, a split into smaller modules, a person',
        ),
    }),
  )
  .describe('The units of work by name; each is built by one agent at a time, gated and sealed');

export type ModuleFile = z.infer<typeof modules>[string];
export type DependencyFile = z.infer<typeof dependency>;
