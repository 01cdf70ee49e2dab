import { isDigest, isName, isRunId } from '../../core/ids.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { ways } from '../../core/way.ts';

/** What a field of a tool's input holds. */
type FieldKind = 'run' | 'node' | 'gate' | 'digest' | 'plan' | 'name' | 'way' | 'text' | 'texts';

/** One field of a tool's input; what is not required may be left out. */
export interface Field {
  readonly kind: FieldKind;
  readonly says: string;
  readonly required: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

/** A tool's input that was held against its fields. */
export interface Input {
  /** null where it was left out. */
  text(field: string): string | null;
  texts(field: string): readonly string[];
}

export type InputRead =
  { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly message: string };

const maxTextChars = 4_000;
const maxTexts = 20;
const maxPathChars = 400;

/** What a model is told of a tool's input, as JSON Schema. */
export function inputSchema(fields: Fields) {
  const named = Object.entries(fields);
  return {
    type: 'object' as const,
    properties: Object.fromEntries(
      named.map(([name, { kind, says }]) => [name, { ...schemaOf(kind), description: says }]),
    ),
    required: named.filter(([, { required }]) => required).map(([name]) => name),
    additionalProperties: false,
  };
}

function schemaOf(kind: FieldKind) {
  switch (kind) {
    case 'run':
      return { type: 'string', maxLength: 40 };
    case 'node':
      return { type: 'string', maxLength: 80 };
    case 'gate':
    case 'name':
      return { type: 'string', maxLength: 64 };
    case 'digest':
      return { type: 'string', pattern: '^[0-9a-f]{64}$' };
    case 'plan':
      return { type: 'string', maxLength: maxPathChars };
    case 'way':
      return { type: 'string', enum: ways };
    case 'text':
      return { type: 'string', maxLength: maxTextChars };
    case 'texts':
      return {
        type: 'array',
        maxItems: maxTexts,
        items: { type: 'string', maxLength: maxTextChars },
      };
  }
}

/** Whoever calls a tool is not believed to have read its schema. */
export function readInput(fields: Fields, raw: unknown): InputRead {
  const no = (message: string): InputRead => ({ ok: false, message });
  if (raw !== undefined && (typeof raw !== 'object' || raw === null || Array.isArray(raw))) {
    return no('the input must be an object');
  }
  const given = new Map(Object.entries((raw ?? {}) as Record<string, unknown>));
  for (const name of given.keys()) {
    if (!Object.hasOwn(fields, name)) {
      const known = Object.keys(fields).join(', ') || 'none';
      return no(`there is no field ${oneLine(name, 60)}; the fields are: ${known}`);
    }
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = given.get(name);
    if (value === undefined || value === null) {
      given.delete(name);
      if (field.required) return no(`${name} is missing: ${field.says}`);
      continue;
    }
    const fault = faultOf(field.kind, value);
    if (fault !== null) return no(`${name} ${fault}`);
  }
  return {
    ok: true,
    input: {
      text: (name) => (given.get(name) as string | undefined) ?? null,
      texts: (name) => (given.get(name) as readonly string[] | undefined) ?? [],
    },
  };
}

function faultOf(kind: FieldKind, value: unknown): string | null {
  if (kind === 'texts') {
    const isList = Array.isArray(value) && value.length <= maxTexts;
    const fits = isList && value.every((each) => faultOf('text', each) === null);
    return fits ? null : `must be a list of at most ${maxTexts} texts`;
  }
  if (typeof value !== 'string') return 'must be a text';
  const shown = JSON.stringify(oneLine(value, 80));
  switch (kind) {
    case 'run':
      return isRunId(value) ? null : `is no run's id: ${shown}; they look like 20260301-1200-ab3d`;
    case 'node':
      return isName(value.replace(/^(module|tier|gate)[ :]/, ''))
        ? null
        : `names no module, tier or gate: ${shown}`;
    case 'gate':
    case 'name':
      return isName(value) ? null : `is no name: ${shown}`;
    case 'digest':
      return isDigest(value)
        ? null
        : 'must be the 64 digits of exactly what is decided on, as `status` tells them';
    case 'plan':
      return planFault(value, shown);
    case 'way':
      return ways.some((way) => way === value) ? null : `must be one of ${ways.join(', ')}`;
    case 'text':
      return value.trim() === '' || value.length > maxTextChars || value.includes('\0')
        ? `must be a text of at most ${maxTextChars} characters`
        : null;
  }
}

/** Plans lie in the workspace: an agent cannot have anything else read, let alone run. */
function planFault(path: string, shown: string): string | null {
  const parts = path.split(/[\\/]/);
  const isInside =
    path.length <= maxPathChars &&
    !path.includes('\0') &&
    !/^([\\/]|[a-z]:)/i.test(path) &&
    !parts.includes('..') &&
    !parts.includes('.ce-workspace');
  if (!isInside) return `must be a path inside the workspace: ${shown}`;
  return /\.ya?ml$/i.test(path) ? null : `is no plan file (.plan.yaml): ${shown}`;
}
