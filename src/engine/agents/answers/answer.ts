import * as z from 'zod';
import type { AnswerSpec } from '../model/chat-model.ts';
import type { AgentOutcome } from '../outcome.ts';
import { faults } from '../tools/define-tool.ts';
import type { Unspent } from '../tools/tool.ts';

/** How a task is answered by data: what a model is told of its shape, and what is made of it. */
export interface Answer {
  readonly spec: AnswerSpec;
  /** Takes an answer as a model gave it; or says what is wrong, so that it can be mended. */
  read(text: string): ReadAnswer;
}

export type ReadAnswer =
  | { readonly ok: true; readonly outcome: Unspent<AgentOutcome> }
  | { readonly ok: false; readonly faults: string };

/** An answer's shape as zod has it, and the outcome; `make` may still find fault. */
export function answerOf<Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  make: (value: z.infer<Shape>) => Unspent<AgentOutcome> | string,
): Answer {
  return {
    spec: { name, schema: plainSchema(shape) },
    read: (text) => {
      const data = jsonIn(text);
      if (data === undefined) return { ok: false, faults: 'it is not JSON' };
      const parsed = shape.safeParse(data);
      if (!parsed.success) return { ok: false, faults: faults(parsed.error) };
      const made = make(parsed.data);
      return typeof made === 'string' ? { ok: false, faults: made } : { ok: true, outcome: made };
    },
  };
}

/** Longer answers are no answers. */
const maxChars = 400_000;

/** The JSON of an answer, also where words or a fence stand around it; undefined: there is none. */
function jsonIn(text: string): unknown {
  if (text.length > maxChars) return undefined;
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  return start === -1 || end < start ? undefined : parsed(text.slice(start, end + 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What providers that hold a model to a schema do not take; it is checked here all the same. */
const unsupported = new Set([
  ...['$schema', 'minLength', 'maxLength', 'pattern', 'format', 'default'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems'],
]);

/** A schema in the part of JSON Schema that every provider takes. */
export function plainSchema(shape: z.ZodType): Readonly<Record<string, unknown>> {
  return stripped(z.toJSONSchema(shape, { io: 'input' })) as Readonly<Record<string, unknown>>;
}

function stripped(node: unknown, names = false): unknown {
  if (Array.isArray(node)) return node.map((each) => stripped(each));
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => names || !unsupported.has(key));
  // Below `properties` the keys are names that an answer has, not words of the schema.
  return Object.fromEntries(
    kept.map(([key, value]) => [key, stripped(value, !names && key === 'properties')]),
  );
}
