import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { scriptLimits } from '../../../../src/engine/agents/scripted/limits.ts';
import {
  architectTurnSchema,
  preconditionTurnSchema,
  scoutTurnSchema,
} from '../../../../src/engine/agents/scripted/planning-turn-schema.ts';
import {
  arbiterTurnSchema,
  builderTurnSchema,
  contractTurnSchema,
  integratorTurnSchema,
  reviewTurnSchema,
  splitTurnSchema,
} from '../../../../src/engine/agents/scripted/turn-schema.ts';

/** docs/script.md holds these texts between its markers; where this fails, copy them over. */

function fieldsOf(schema: z.ZodObject, known: z.ZodObject | null): string {
  const shape: Record<string, z.ZodType> = schema.shape;
  const fields = Object.entries(shape);
  const own = fields.filter(([name]) => known === null || !(name in known.shape));
  return own
    .map(([name, field]) => `- \`${name}\`, ${presence(field)}: ${field.description}`)
    .join('\n');
}

function presence(field: z.ZodType): string {
  const left = field.safeParse(undefined);
  if (!left.success) return 'required';
  if (field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodNever) return 'reserved';
  return left.data === undefined ? 'optional' : `default \`${JSON.stringify(left.data)}\``;
}

const limitsText = [
  `- \`turn.yaml\`: ${scriptLimits.turnYamlBytes} bytes`,
  `- files of a turn: ${scriptLimits.filesPerTurn}, ${scriptLimits.fileBytesPerTurn} bytes together, ${scriptLimits.folderDepth} folders deep`,
  `- a turn: ${scriptLimits.seconds} seconds, ${scriptLimits.callsPerTurn} calls, ${scriptLimits.progressSteps} progress steps, ${scriptLimits.handoffs} handoffs, ${scriptLimits.handoffs} requests, ${scriptLimits.evidence} pieces of evidence`,
  `- a script: ${scriptLimits.turns} turns`,
].join('\n');

/** What a reviewer's turn shares with a builder's, every turn has. */
const everyTurn = z.strictObject(
  Object.fromEntries(
    Object.entries(builderTurnSchema.shape).filter(([name]) => name in reviewTurnSchema.shape),
  ),
);

const fieldsText = [
  'Every turn:',
  fieldsOf(everyTurn, null),
  'A builder also:',
  fieldsOf(builderTurnSchema, everyTurn),
  'A contract author also:',
  fieldsOf(contractTurnSchema, builderTurnSchema),
  'A planner that splits also:',
  fieldsOf(splitTurnSchema, builderTurnSchema),
  'A reviewer also:',
  fieldsOf(reviewTurnSchema, builderTurnSchema),
  'An integrator also:',
  fieldsOf(integratorTurnSchema, builderTurnSchema),
  'An arbiter also:',
  fieldsOf(arbiterTurnSchema, builderTurnSchema),
  'A scout also:',
  fieldsOf(scoutTurnSchema, everyTurn),
  'An architect that proposes a plan also:',
  fieldsOf(architectTurnSchema, builderTurnSchema),
  'An architect that tests the preconditions also:',
  fieldsOf(preconditionTurnSchema, architectTurnSchema),
].join('\n\n');

async function reference(): Promise<string> {
  return readFile('docs/script.md', 'utf8');
}

async function section(name: string): Promise<string | undefined> {
  return new RegExp(`<!-- ${name} -->\n\n(.*?)\n\n<!-- /${name} -->`, 's').exec(
    await reference(),
  )?.[1];
}

describe("the scripts' reference", () => {
  it('names every field of a turn with its default', async () => {
    expect(await section('fields')).toBe(fieldsText);
  });

  it('names every limit', async () => {
    expect(await section('limits')).toBe(limitsText);
  });

  it('tells every behaviour', async () => {
    const text = await reference();
    for (const behaviour of builderTurnSchema.shape.behaviour.unwrap().options) {
      expect(text).toMatch(new RegExp(`^\\| \`${behaviour}\` +\\|`, 'm'));
    }
  });
});
