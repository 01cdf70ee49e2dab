import * as z from 'zod';
import { planFile } from './schema.ts';

/** What of JSON Schema (draft 7) the plan's schema uses. */
export interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  /** What stands in for a field that is computed where it is left out; for the reference alone. */
  readonly defaultText?: string;
  /** Required by the quality bar, though the file can be read without it. */
  readonly wanted?: boolean;
}

/** The schema as editors get it. */
export function planJsonSchema(): JsonSchema {
  return strip(describedSchema());
}

/** The schema with the marks that the reference and the suggestions need. */
export function describedSchema(): JsonSchema {
  const schema = z.toJSONSchema(planFile, { target: 'draft-7', io: 'input' });
  return promote(schema as JsonSchema);
}

/** Moves `wanted` to `required`, where an editor looks for it. */
function promote(schema: JsonSchema): JsonSchema {
  return walk(schema, (node) => {
    if (node.properties === undefined) return node;
    const wanted = Object.entries(node.properties).filter(([, field]) => field.wanted === true);
    const required = [...(node.required ?? []), ...wanted.map(([name]) => name)];
    const { required: _, ...rest } = node;
    return required.length === 0 ? rest : { ...rest, required };
  });
}

function strip(schema: JsonSchema): JsonSchema {
  return walk(schema, ({ wanted: _, defaultText: __, ...rest }) => rest);
}

function walk(schema: JsonSchema, change: (node: JsonSchema) => JsonSchema): JsonSchema {
  const node = change(schema);
  const { properties, additionalProperties, items, anyOf, oneOf } = node;
  const inner = (child: JsonSchema): JsonSchema => walk(child, change);
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, inner(field)]),
      ),
    }),
    ...(additionalProperties && { additionalProperties: inner(additionalProperties) }),
    ...(items && { items: inner(items) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(oneOf && { oneOf: oneOf.map(inner) }),
  };
}

/** The keys that the language has at a place of the file, for suggestions. */
export function knownKeys(schema: JsonSchema, path: readonly (string | number)[]): string[] {
  const places = path.reduce<readonly JsonSchema[]>(
    (nodes, step) => nodes.flatMap((node) => children(node, step)),
    unfold(schema),
  );
  return [...new Set(places.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function children(node: JsonSchema, step: string | number): readonly JsonSchema[] {
  if (typeof step === 'number') return node.items ? unfold(node.items) : [];
  const properties = node.properties ?? {};
  const field = Object.hasOwn(properties, step) ? properties[step] : node.additionalProperties;
  return field ? unfold(field) : [];
}

/** A schema and whatever it may be instead. */
export function unfold(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(unfold)];
}
