import * as z from 'zod';
import { key, text } from './schema-fields.ts';

/** More would be a test suite, not what a machine must offer. */
export const mostPrerequisites = 100;

const command = text('A command that must exit with 0, run on the base');
const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;
const bound = '(>=|<=|>|<|=)?[0-9]{1,9}(\\.[0-9]{1,9}){0,3}';
/** A URL without a name and password in it, for it is recorded; or a host and a port. */
const url = 'https?://[^\\s/@]+(/\\S*)?';
const address = '([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+\\]):[0-9]{1,5}';

const fields = z.strictObject({
  run: command.optional(),
  env: z
    .string()
    .max(200)
    .regex(variable, 'must be the name of a variable')
    .optional()
    .describe('An environment variable that must be set and not empty; its value is not recorded'),
  pattern: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('With `env`: what its value must look like, `*` standing for anything')
    .meta({ defaultText: 'anything' }),
  program: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/, 'must be the name of a program, without a folder')
    .optional()
    .describe('A program that must be on the search path'),
  version: z
    .string()
    .max(100)
    .regex(new RegExp(`^${bound}( ${bound})*$`), 'must be bounds such as ">=24" or ">=20.1 <23"')
    .optional()
    .describe('With `program`: bounds on the first version that `--version` tells, such as `>=24`')
    .meta({ defaultText: 'any' }),
  service: z
    .string()
    .max(500)
    .regex(
      new RegExp(`^(${url}|${address})$`),
      'must be host:port, or a URL of http or https without a password',
    )
    .optional()
    .describe(
      'A service that must be reachable: `host:port` accepts a connection, a URL answers with less than 500',
    ),
  mcp: text(
    'A server of the Model Context Protocol that must answer `initialize`: a command that speaks it on its standard input and output, or a URL without a password',
  ).optional(),
  pass: z
    .array(z.string().max(200).regex(variable, 'must be the name of a variable'))
    .max(100)
    .optional()
    .describe('With a command of `mcp`: names of environment variables that it is given')
    .meta({ defaultText: 'none' }),
  seconds: z
    .number()
    .gt(0)
    .max(600)
    .optional()
    .describe('How long it may take')
    .meta({ defaultText: '60; 15 for a program, 10 for a service' }),
  remedy: text('What a person can do where it is missing')
    .optional()
    .meta({ defaultText: 'what its kind suggests' }),
});

export const prerequisites = z
  .record(
    key,
    z.union([
      command.describe('A command alone'),
      fields.describe('Exactly one of `run`, `env`, `program`, `service` and `mcp`'),
    ]),
  )
  .refine((all) => Object.keys(all).length <= mostPrerequisites, {
    message: `may not hold more than ${mostPrerequisites}`,
  })
  .describe(
    'What must hold before anything starts, by name: commands, environment variables, programs, services, MCP servers. All are checked side by side',
  );

export type PrerequisiteFile = z.infer<typeof prerequisites>[string];
