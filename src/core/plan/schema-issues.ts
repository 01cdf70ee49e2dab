import type * as z from 'zod';
import { didYouMean } from './closest.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import { joined, oneOf, phrase, type Phrase } from '../phrase.ts';
import { valueAt } from './readable-part.ts';
import { formWords } from './schema-words.ts';
import { describedSchema, knownKeys } from './json-schema.ts';

type ZodIssue = z.core.$ZodIssue;

/** Says in the plan's words what zod found; `raw` is the data that it looked at. */
export function schemaIssues(issues: readonly ZodIssue[], raw: unknown): Issue[] {
  const version = issues.find(({ path }) => path[0] === 'ashlar');
  if (version !== undefined) {
    // A file of another version would be full of other faults, and none of them meant anything.
    const written = JSON.stringify(valueAt(raw, ['ashlar'])) as string | undefined;
    const message =
      written === undefined
        ? phrase('{0} is missing', '"ashlar"')
        : phrase('version {0} is not known here', written);
    return [issue('wrong-version', ['ashlar'], message)];
  }
  return issues.flatMap((found) => translate(found, [], raw));
}

function translate(found: ZodIssue, base: IssuePath, raw: unknown): Issue[] {
  const path = [...base, ...(found.path as (string | number)[])];
  if (found.code === 'unrecognized_keys') return found.keys.map((key) => unknownKey(path, key));
  if (found.code === 'invalid_key') {
    return [issue('invalid-name', path, form(path, found.issues[0]?.message ?? ''))];
  }
  const value = valueAt(raw, path);
  if (value === undefined) {
    return [
      issue(
        'missing-key',
        path,
        phrase('{0} is missing', label(path)),
        phrase('Add {0}.', label(path)),
      ),
    ];
  }
  if (found.code === 'invalid_union' && found.errors.length > 0) {
    return union(found.errors, path, raw, value);
  }
  return [fault(found, path, value)];
}

function unknownKey(path: IssuePath, key: string): Issue {
  const known = knownKeys(describedSchemaOnce(), path);
  const fix = didYouMean(key, known, phrase('Remove it; known here are {0}.', known.join(', ')));
  return issue('unknown-key', [...path, key], phrase('unknown key "{0}"', key), fix);
}

/** The branch that fits the value's type is the one its author meant. */
function union(
  branches: readonly (readonly ZodIssue[])[],
  path: IssuePath,
  raw: unknown,
  value: unknown,
): Issue[] {
  const isOff = ({ code, path: inner }: ZodIssue): boolean =>
    inner.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const meant = branches.find((branch) => !branch.some(isOff));
  if (meant !== undefined) return meant.flatMap((found) => translate(found, path, raw));
  const wants = new Set(branches.flat().filter(isOff).flatMap(expectations));
  // Where a number is one of the choices it is a whole one; as text it is only written differently.
  if (wants.delete('number') || wants.delete('int')) {
    wants.delete('string');
    wants.add('int');
  }
  return [wrongType(path, [...wants], value)];
}

function fault(found: ZodIssue, path: IssuePath, value: unknown): Issue {
  const name = label(path);
  switch (found.code) {
    case 'invalid_type':
      return wrongType(path, expectations(found), value);
    case 'invalid_value':
      return choice(path, found.values.map(String), value);
    case 'invalid_union': {
      const options: readonly unknown[] = 'options' in found ? (found.options ?? []) : [];
      return choice(path, options.map(String), value);
    }
    case 'too_small': {
      const least = Number(found.minimum);
      return issue('invalid-value', path, tooSmall(name, found, least));
    }
    case 'too_big': {
      return issue('invalid-value', path, tooBig(name, found.origin, Number(found.maximum)));
    }
    case 'invalid_format':
    case 'custom':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return issue('invalid-value', path, form(path, found.message));
  }
}

function choice(path: IssuePath, options: readonly string[], value: unknown): Issue {
  const message = phrase('{0} must be {1}', label(path), oneOf(options));
  if (typeof value !== 'string') return issue('invalid-value', path, message);
  return issue(
    'invalid-value',
    path,
    message,
    didYouMean(value, options, phrase('Use one of those.')),
  );
}

function wrongType(path: IssuePath, wanted: readonly string[], value: unknown): Issue {
  const kinds = wanted.map((each) => kindWords[each] ?? each);
  const message = phrase('{0} must be {1}, not {2}', ...[label(path), oneOf(kinds), kind(value)]);
  return issue('wrong-type', path, message);
}

function tooSmall(
  name: string | Phrase,
  { origin, inclusive }: z.core.$ZodIssueTooSmall,
  least: number,
): Phrase {
  if (origin === 'string') return phrase('{0} may not be empty', name);
  if (origin === 'array') return phrase('{0} must hold at least {1} entries', name, least);
  return inclusive === true
    ? phrase('{0} must be at least {1}', name, least)
    : phrase('{0} must be over {1}', name, least);
}

function tooBig(name: string | Phrase, origin: string, most: number): Phrase {
  if (origin === 'string') return phrase('{0} may not be over {1} characters', name, most);
  if (origin === 'array') return phrase('{0} may not be over {1} entries', name, most);
  return phrase('{0} may not be over {1}', name, most);
}

/** By the name that the library gives a type. */
const kindWords: Readonly<Record<string, Phrase>> = {
  string: phrase('text'),
  number: phrase('a number'),
  int: phrase('a whole number'),
  boolean: phrase('true or false'),
  array: phrase('a list'),
  object: phrase('a mapping'),
  record: phrase('a mapping'),
};

/** Types, and values that may stand there as they are written. */
function expectations(found: ZodIssue): string[] {
  if (found.code === 'invalid_type')
    return [found.expected === 'record' ? 'object' : found.expected];
  return found.code === 'invalid_value' ? found.values.map(String) : [];
}

function kind(value: unknown): string | Phrase {
  if (value === null) return phrase('nothing');
  const type = Array.isArray(value) ? 'array' : typeof value;
  return type === 'array' || type === 'object' || type === 'string'
    ? (kindWords[type] ?? type)
    : JSON.stringify(value);
}

/** What is wrong with the form of a value, in the schema's own words. */
function form(path: IssuePath, says: string): Phrase {
  return joined(' ', [label(path), formWords.get(says) ?? says]);
}

function label(path: IssuePath): string | Phrase {
  const last = path.at(-1);
  if (typeof last === 'string') return `"${last}"`;
  const owner = path.findLast((step) => typeof step === 'string');
  return last === undefined || owner === undefined
    ? phrase('the plan')
    : phrase('entry {0} of "{1}"', last + 1, owner);
}

let schemaOfKeys: ReturnType<typeof describedSchema> | undefined;
/** Only a plan with an unknown key pays for it. */
const describedSchemaOnce = (): ReturnType<typeof describedSchema> =>
  (schemaOfKeys ??= describedSchema());
