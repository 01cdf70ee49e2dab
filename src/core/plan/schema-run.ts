import * as z from 'zod';
import { poolRoles, type PoolRole } from './plan.ts';
import { count, key, minutes, path, text, wanted } from './schema-fields.ts';
import { modelName } from './schema-models.ts';

export const artifact = z
  .strictObject({
    name: wanted(text('What the artifact is called')),
    kind: wanted(text('compiler, interpreter, parser, service, library, …')),
    purpose: wanted(text('What it is for, in one sentence')),
    sourceOfTruth: z
      .array(path('A root-relative file'))
      .default([])
      .describe('Root-relative files that every agent may read and none may change'),
    success: wanted(text('How one sees that it is done')),
  })
  .describe('What is built');

export const preconditions = z
  .strictObject({
    modules: wanted(text('The natural boundaries between the modules, in one paragraph')),
    interfaces: wanted(text('How each module can be tested from outside')),
    workPerModule: wanted(text('Why the work in a module repays the coordination it costs')),
  })
  .describe('Why building in parallel fits this artifact, in the author’s words');

export const environment = z
  .strictObject({
    setup: text('A command that prepares what checks and builders need'),
    inputs: z
      .array(path('A root-relative file'))
      .default([])
      .describe('Root-relative files whose content decides whether set-up runs again'),
    provides: z
      .array(path('A root-relative folder'))
      .default([])
      .describe('Root-relative folders that set-up leaves; every work folder gets them read-only'),
    network: z.boolean().default(false).describe('Whether set-up may use the network'),
  })
  .describe('Set-up of what the base alone does not hold');

const maxAgents = z.int().min(1).max(1000);
const agent = z
  .string()
  .min(1)
  .max(40)
  .default('scripted')
  .describe(
    'The provider that makes the agents: `scripted` plays them from files, `anthropic` asks models, `claude-code` starts Claude Code, `vscode-lm` asks models of the editor',
  );

const model = modelName
  .optional()
  .meta({ defaultText: 'the one that the provider takes for this pool' })
  .describe('The model that the agents are, by its id; scripted agents have none');

const definitionName = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,63}$/, 'must be the name of a file in .claude/agents, without .md');

/** One for all agents of a pool, or for some of its roles. */
const definition = (...roles: readonly PoolRole[]) => {
  const one = (role: PoolRole) => definitionName.optional().describe(`For an agent as ${role}`);
  const byRole = Object.fromEntries(roles.map((role) => [role, one(role)]));
  return z
    .union([definitionName, z.strictObject(byRole)])
    .optional()
    .meta({ defaultText: 'none' })
    .describe(
      `A definition in \`.claude/agents\` that adds to what agents of \`claude-code\` are told; it can take tools from them and gives them none. One name for all, or names by role: ${roles.map((role) => `\`${role}\``).join(', ')}`,
    );
};

export const usd = (description: string) =>
  z.number().min(0).max(1_000_000).describe(`${description}, in US dollars`);

const scopeBudget = (whose: string) =>
  z
    .strictObject({
      tokens: count('Tokens', 1e12).optional(),
      turns: count('Turns', 1e9).optional(),
      minutes: minutes('Working time of its agents, added up').optional(),
      usd: usd('Money').optional(),
    })
    .optional()
    .meta({ defaultText: 'bounded by the run alone' })
    .describe(`What ${whose} may use in all; reserved before it is spent`);

const pool = (who: 'planners' | 'reviewers', max: number) =>
  z
    .strictObject({
      max: maxAgents.default(max).describe(`How many ${who} may work at once`),
      agent,
      model,
      definition: definition(...poolRoles[who]),
      budget: scopeBudget(`all ${who} together`),
    })
    .default({ max, agent: 'scripted' })
    .describe(`The pool of ${who}`);

export const pools = z
  .strictObject({
    planners: pool('planners', 2),
    builders: z
      .strictObject({
        max: z
          .union([z.literal('auto'), maxAgents])
          .default('auto')
          .describe(
            'How many builders may work at once; `auto` is 4, 6 from 15 modules on, 8 from 30',
          ),
        agent,
        model,
        definition: definition(...poolRoles.builders),
        budget: scopeBudget('all builders together'),
      })
      .default({ max: 'auto', agent: 'scripted' })
      .describe('The pool of builders'),
    reviewers: pool('reviewers', 2),
  })
  .default({
    planners: { max: 2, agent: 'scripted' },
    builders: { max: 'auto', agent: 'scripted' },
    reviewers: { max: 2, agent: 'scripted' },
  })
  .describe('How many agents of each kind may work at once, and what makes them');

const phases = z
  .strictObject({
    plan: scopeBudget('the planners that write and amend contracts'),
    build: scopeBudget('building and judging modules'),
    integrate: scopeBudget('judging tiers'),
    'end-to-end': scopeBudget('judging the whole'),
  })
  .optional()
  .meta({ defaultText: 'bounded by the run alone' })
  .describe('Bounds of phases inside those of the run');

export const runBudget = z
  .strictObject({
    tokens: wanted(count('Tokens that all agents together may use', 1e12)),
    minutes: wanted(minutes('Time of the whole run, pauses left out')),
    usd: wanted(usd('Money that all agents together may cost')),
    turns: count('Turns that all agents together may take', 1e9)
      .optional()
      .meta({ defaultText: 'not bounded for the run as a whole' }),
    phases,
  })
  .describe('Hard bounds of the run; reserved before they are spent');

export const streams = z
  .record(
    key,
    z.strictObject({
      title: text('What people read').optional().meta({ defaultText: 'its name' }),
      lead: text('A name for people, not a limit').optional().meta({ defaultText: 'nobody' }),
    }),
  )
  .default({})
  .describe(
    'Named lanes of work that people follow. Where it is left out, the streams that modules name',
  );
