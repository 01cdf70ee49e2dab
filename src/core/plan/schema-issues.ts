import type * as z from 'zod';
import { didYouMean } from './closest.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import { describedSchema, knownKeys } from './json-schema.ts';

type ZodIssue = z.core.$ZodIssue;

/** Says in the plan's words what zod found; `raw` is the data that it looked at. */
export function schemaIssues(issues: readonly ZodIssue[], raw: unknown): Issue[] {
  const version = issues.find(({ path }) => path[0] === 'ashlar');
  if (version !== undefined) {
    // A file of another version would be full of other faults, and none of them meant anything.
    const written = JSON.stringify(at(raw, ['ashlar'])) as string | undefined;
    const message =
      written === undefined ? '"ashlar" is missing' : `version ${written} is not known here`;
    return [issue('wrong-version', ['ashlar'], message)];
  }
  return issues.flatMap((found) => translate(found, [], raw));
}

function translate(found: ZodIssue, base: IssuePath, raw: unknown): Issue[] {
  const path = [...base, ...(found.path as (string | number)[])];
  if (found.code === 'unrecognized_keys') return found.keys.map((key) => unknownKey(path, key));
  if (found.code === 'invalid_key') {
    const says = found.issues[0]?.message ?? 'is not a name';
    return [issue('invalid-name', path, `${label(path)} ${says}`)];
  }
  const value = at(raw, path);
  if (value === undefined) {
    return [issue('missing-key', path, `${label(path)} is missing`, `Add ${label(path)}.`)];
  }
  if (found.code === 'invalid_union' && found.errors.length > 0) {
    return union(found.errors, path, raw, value);
  }
  return [fault(found, path, value)];
}

function unknownKey(path: IssuePath, key: string): Issue {
  const known = knownKeys(describedSchemaOnce(), path);
  const fix = didYouMean(key, known, `Remove it; known here are ${known.join(', ')}.`);
  return issue('unknown-key', [...path, key], `unknown key "${key}"`, fix);
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
  const wants = new Set(branches.flat().filter(isOff).map(expectation));
  // Where a number is one of the choices it is a whole one; as text it is only written differently.
  if (wants.delete('a number') || wants.delete('a whole number')) {
    wants.delete('text');
    wants.add('a whole number');
  }
  return [wrongType(path, [...wants].join(' or '), value)];
}

function fault(found: ZodIssue, path: IssuePath, value: unknown): Issue {
  const name = label(path);
  switch (found.code) {
    case 'invalid_type':
      return wrongType(path, expectation(found), value);
    case 'invalid_value':
      return choice(path, found.values.map(String), value);
    case 'invalid_union': {
      const options: readonly unknown[] = 'options' in found ? (found.options ?? []) : [];
      return choice(path, options.map(String), value);
    }
    case 'too_small': {
      const least = `${found.inclusive === true ? 'at least' : 'over'} ${found.minimum}`;
      if (found.origin === 'string')
        return issue('invalid-value', path, `${name} may not be empty`);
      const what = found.origin === 'array' ? `hold ${least} entries` : `be ${least}`;
      return issue('invalid-value', path, `${name} must ${what}`);
    }
    case 'too_big': {
      const unit = units.get(found.origin) ?? '';
      return issue('invalid-value', path, `${name} may not be over ${found.maximum}${unit}`);
    }
    case 'invalid_format':
    case 'custom':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return issue('invalid-value', path, `${name} ${found.message}`);
  }
}

function choice(path: IssuePath, options: readonly string[], value: unknown): Issue {
  const message = `${label(path)} must be ${options.join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
  if (typeof value !== 'string') return issue('invalid-value', path, message);
  return issue('invalid-value', path, message, didYouMean(value, options, 'Use one of those.'));
}

function wrongType(path: IssuePath, wanted: string, value: unknown): Issue {
  return issue('wrong-type', path, `${label(path)} must be ${wanted}, not ${kind(value)}`);
}

const units: ReadonlyMap<string, string> = new Map([
  ['string', ' characters'],
  ['array', ' entries'],
]);

const expected: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function expectation(found: ZodIssue): string {
  if (found.code === 'invalid_type') return expected[found.expected] ?? found.expected;
  return found.code === 'invalid_value' ? found.values.map(String).join(' or ') : 'something else';
}

function kind(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  return JSON.stringify(value);
}

function label(path: IssuePath): string {
  const last = path.at(-1);
  if (typeof last === 'string') return `"${last}"`;
  const owner = path.findLast((step) => typeof step === 'string');
  return last === undefined || owner === undefined ? 'the plan' : `entry ${last + 1} of "${owner}"`;
}

function at(raw: unknown, path: IssuePath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    raw,
  );
}

let schemaOfKeys: ReturnType<typeof describedSchema> | undefined;
/** Only a plan with an unknown key pays for it. */
const describedSchemaOnce = (): ReturnType<typeof describedSchema> =>
  (schemaOfKeys ??= describedSchema());
