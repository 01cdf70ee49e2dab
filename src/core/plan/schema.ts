import * as z from 'zod';
import { crossChecks } from './schema-check.ts';
import { count, key, line, minutes, reference, resourceUses, wanted } from './schema-fields.ts';
import { models } from './schema-models.ts';
import { modules } from './schema-module.ts';
import { prerequisites } from './schema-prerequisite.ts';
import { artifact, environment, preconditions, pools, runBudget, streams } from './schema-run.ts';

const tiers = z
  .record(
    key,
    z.strictObject({
      includes: z.array(reference('A tier')).default([]).describe('Tiers that this one is made of'),
      modules: z.array(reference('A module')).default([]).describe('Modules it adds to them'),
      resources: resourceUses('Resources that are held while it is integrated').optional(),
      checks: crossChecks.default({}),
    }),
  )
  .default({})
  .describe('Sets of sealed modules that are composed and tested together');

const requires = z
  .array(reference('A module, or `tier:…`, `stream:…`, `gate:…`'))
  .min(1)
  .describe('What must be sealed, integrated or passed first');

const gates = z.record(
  key,
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('end-to-end').describe('Judged by checks on the composed artifact'),
      requires,
      checks: crossChecks.default({}),
    }),
    z.strictObject({
      kind: z.literal('approval').describe('Decided by a person'),
      requires,
      approvers: z
        .literal('person')
        .default('person')
        .describe('Who decides; only a person can, and no time-out does it instead'),
    }),
  ]),
);

const handoffs = z
  .array(
    z.strictObject({
      from: reference('The module that gives'),
      to: reference('The module that receives'),
      items: z
        .array(line('One thing'))
        .min(1)
        .max(20)
        .describe('What is handed over, as people call it'),
    }),
  )
  .max(10_000)
  .default([])
  .describe(
    'What modules are known to give each other: asked for when the run begins, delivered at the seal at the latest. Others arise',
  );

/** The plan file: the one description that validation, editors and the reference page share. */
export const planFile = z
  .strictObject({
    ashlar: z.literal(1).describe('Version of the plan language'),
    artifact: wanted(artifact),
    preconditions: wanted(preconditions),
    environment: environment.optional(),
    prerequisites: prerequisites.default({}),
    pools,
    models,
    budget: wanted(runBudget),
    stallMinutes: minutes(
      'An attempt without progress for this long is ended and replaced',
    ).default(5),
    resources: z
      .record(key, count('How many units of it there are', 1_000_000))
      .default({})
      .describe(
        'What several modules need and only so many can have at once, by name: a database, a port, memory',
      ),
    streams,
    modules,
    handoffs,
    tiers,
    gates: wanted(gates.describe('Synchronisation points with a verdict, by name')),
  })
  .describe('What is built: artifact, modules, tiers, streams, gates, budgets');

export type PlanFile = z.infer<typeof planFile>;
export type GateFile = z.infer<typeof gates>[string];
export type TierFile = z.infer<typeof tiers>[string];
