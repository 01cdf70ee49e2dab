import * as z from 'zod';
import { key, minutes, path, reference, resourceUses, text } from './schema-fields.ts';

const sandbox = z
  .strictObject({
    network: z.boolean().default(false).describe('Whether the check may use the network'),
    read: z
      .array(z.string().min(1).max(1024))
      .default([])
      .describe('Absolute folders it may read besides the assembled tree and the tool chains'),
    env: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable'))
      .default([])
      .describe('Names of environment variables that are passed through'),
  })
  .default({ network: false, read: [], env: [] })
  .describe('What the check may reach');

const command = text('A command line for the shell, run at the root of the assembled tree');

const fields = {
  run: command,
  report: z
    .enum(['node', 'tap', 'junit', 'exit'])
    .default('exit')
    .describe(
      'How its tests are told apart: `node` (the test runner of Node), `tap` on standard output, a `junit` file, or `exit` (the exit code alone, so that no test is counted)',
    ),
  reportFile: path('Root-relative path of the JUnit file; for `report: junit` alone').optional(),
  timeoutMinutes: minutes('Ends the check, which then fails').default(2),
  resources: resourceUses('Resources that are held while its gate is judged').optional(),
  sandbox,
};

const between = z
  .array(reference('A module'))
  .default([])
  .describe(
    'The modules a cross-module check is between: a failure is held against them first. All of the tier where it is left out',
  );

const bare = command.describe('A command alone: a check by its exit code');

const check = z.union([bare, z.strictObject(fields)]);
const crossCheck = z.union([bare, z.strictObject({ ...fields, between })]);

/** The checks of a module: none of them spans modules. */
export const checks = z
  .record(key, check)
  .describe('Checks by name, run side by side. A bare text is a check by its exit code');

/** The checks of a tier or an end-to-end gate. */
export const crossChecks = z
  .record(key, crossCheck)
  .describe('Checks by name, run side by side over what is composed');

export type CheckFile = z.infer<typeof crossCheck> | z.infer<typeof check>;
