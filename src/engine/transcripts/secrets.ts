import { passedNames } from '../../core/plan/passed-names.ts';
import { isSecretWord, wordsOfName } from '../../core/secret-words.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { redactionOfValues, type Redaction } from '../gates/redaction.ts';
import type { KnownKeys } from '../known-keys.ts';

/** Shorter values say too little to be taken out of everything that agents write. */
const leastChars = 8;
/** These say where something lies. */
const placeName = /(?:_DIR|_PATH|_FILE|_SOCK|_HOME|^PGPASSFILE|^PWD)$/i;
/** What a URL, or what is like one, is opened with: `scheme://name:password@host`. */
const inUrl = /^[a-z][a-z0-9+.-]*:\/\/([^\s/?#]+)@/i;

/** What keys look like, whoever gave them out. None of it can stand in a name, a path or a hash of ours. */
const shapes: readonly RegExp[] = [
  /\bsk-(?:ant-|proj-|live-|test-)?[A-Za-z0-9_-]{20,}/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_-]{20,})/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /(?<![\w-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=\b[Bb]earer )[A-Za-z0-9._~+/-]{16,}=*/g,
];

const mark = '•••';

/**
 * Takes secrets out of whatever agents say before it is kept anywhere: the values of variables that are
 * passed on or whose names call them secret, the keys that the engine itself was given, and what
 * looks like a key. A value that the plan uses as a name of its own stays, or nothing could be told apart.
 * `plan`: null before there is one. `keys` is asked each time: a person may give another at any moment.
 */
export function secretsOf(env: NodeJS.ProcessEnv, plan: Plan | null, keys: KnownKeys): Redaction {
  const passed = (plan === null ? [] : passedNames(plan)).map((name) => env[name] ?? '');
  const telling = Object.entries(env).flatMap(([name, value]) => secretsIn(name, value ?? ''));
  const named = plan === null ? [] : [plan.modules, plan.tiers, plan.gates, plan.streams].flat();
  const names = new Set<string>(named.map(({ id }) => id));
  const without = (given: readonly string[]): Redaction =>
    redactionOfValues(
      [...passed, ...telling, ...given].filter((value) => !names.has(value.trim())),
    );
  let last = keys();
  let known = without(last);
  return (text) => {
    const now = keys();
    if (now.length !== last.length || now.some((key, at) => key !== last[at])) {
      known = without(now);
      last = now;
    }
    return shapes.reduce((rest, shape) => rest.replace(shape, mark), known(text));
  };
}

/** The variables that hold secrets, as far as that can be told. */
export const secretNames = (env: NodeJS.ProcessEnv): readonly string[] =>
  Object.keys(env).filter((name) => secretsIn(name, env[name] ?? '').length > 0);

/** What a variable holds of secrets: all of it, by its name, and what it opens a URL with. */
function secretsIn(name: string, value: string): readonly string[] {
  const tells = wordsOfName(name).some(isSecretWord) || /connection.?string/i.test(name);
  const isSecret = tells && !placeName.test(name);
  const [, account = ''] = inUrl.exec(value.trim()) ?? [];
  const password = account.slice(account.indexOf(':') + 1);
  return [...(isSecret || account !== '' ? [value] : []), password].filter(
    (each) => each.trim().length >= leastChars,
  );
}

/** The same value with every text in it redacted; itself where there was nothing to take out. */
export function redacted<Value>(value: Value, redact: Redaction): Value {
  return deep(value, redact) as Value;
}

function deep(value: unknown, redact: Redaction): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const clean = items.map((item) => deep(item, redact));
    return clean.some((item, at) => item !== items[at]) ? clean : value;
  }
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const clean = entries.map(([name, item]) => [name, deep(item, redact)] as const);
  if (clean.every(([, item], at) => item === entries[at]?.[1])) return value;
  return Object.fromEntries(clean);
}
