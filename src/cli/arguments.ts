import { isDigest, isName, isRunId, runId, type RunId } from '../core/ids.ts';
import { isModelName } from '../core/plan/model-name.ts';
import { poolKinds } from '../core/plan/plan.ts';
import { parseScope } from '../core/scopes.ts';
import { closest } from '../core/plan/closest.ts';
import { baseURLFault } from '../engine/agents/anthropic/base-url.ts';
import { readModelChoice } from '../engine/agents/model-choice.ts';
import type { OptionSpec, PositionalSpec, VerbSpec } from './verb.ts';

/** What was typed after a verb, held against its table. */
export interface Arguments {
  readonly help: boolean;
  /** By the positional's name; null where it was left out. */
  positional(name: string): string | null;
  run(): RunId | null;
  flag(name: string): boolean;
  option(name: string): string | null;
  /** Of an option that repeats: all that was given, in its order. */
  options(name: string): readonly string[];
}

export type Parsed =
  { readonly ok: true; readonly given: Arguments } | { readonly ok: false; readonly says: string };

/** What was given of each option; nothing of a flag. */
type Options = Map<string, readonly string[]>;

const no = (says: string): Parsed => ({ ok: false, says });

export function parseArguments(spec: VerbSpec, words: readonly string[]): Parsed {
  const options: Options = new Map();
  const positionals: string[] = [];
  let help = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      positionals.push(...words.slice(at + 1));
      break;
    }
    if (word === '--help' || word === '-h') help = true;
    else if (!word.startsWith('-') || word === '-') positionals.push(word);
    else {
      const [typed, ...rest] = word.split('=');
      const name = typed?.replace(/^--/, '') ?? '';
      const option = spec.options.find((each) => each.name === name);
      if (option === undefined || !word.startsWith('--'))
        return no(unknownOption(spec, typed ?? ''));
      const before = options.get(name);
      const repeats = 'repeats' in option && option.repeats;
      if (before !== undefined && !repeats) return no(`--${name} is given twice`);
      const inline = word.includes('=') ? rest.join('=') : null;
      if (option.kind === 'flag') {
        if (inline !== null) return no(`--${name} takes no value`);
        options.set(name, ['']);
        continue;
      }
      const next = words[at + 1];
      if (inline === null && (next === undefined || next.startsWith('--'))) {
        return no(`--${name} wants ${wanted(option)}`);
      }
      if (inline === null) at++;
      const value = inline ?? next ?? '';
      const fault = optionFault(option, value);
      if (fault !== null) return no(fault);
      options.set(name, [...(before ?? []), value]);
    }
  }
  if (help) return { ok: true, given: argumentsOf(spec, true, options, positionals) };
  const fault = missing(spec, options, positionals) ?? positionalFault(spec, positionals);
  if (fault !== null) return no(fault);
  return { ok: true, given: argumentsOf(spec, false, options, positionals) };
}

function argumentsOf(
  spec: VerbSpec,
  help: boolean,
  options: Options,
  positionals: readonly string[],
): Arguments {
  const places = placesOf(spec, positionals);
  const positional = (name: string): string | null =>
    positionals[places.findIndex((each) => each.name === name)] ?? null;
  return {
    help,
    positional,
    run: () => {
      const text = positional('run');
      return text === null ? null : runId(text);
    },
    flag: (name) => options.has(name),
    option: (name) => options.get(name)?.[0] ?? null,
    options: (name) => options.get(name) ?? [],
  };
}

function unknownOption(spec: VerbSpec, typed: string): string {
  if (typed === '--cwd') return '--cwd stands before the verb: ashlar --cwd DIR <verb>';
  const names = [...spec.options.map(({ name }) => `--${name}`), '--help'];
  const guess = closest(typed, names);
  const hint = guess === null ? `it has ${names.join(', ')}` : `did you mean ${guess}?`;
  return `unknown option ${quoted(typed)}; ${hint}`;
}

function wanted(option: OptionSpec): string {
  switch (option.kind) {
    case 'flag':
      return 'nothing';
    case 'choice':
      return `one of ${option.choices.join(', ')}`;
    case 'text':
      return 'a text';
    case 'path':
      return 'a path';
    case 'speed':
      return 'a number above 0, at most 100000';
    case 'amount':
      return 'a number such as 12.5, without an exponent';
    case 'whole':
      return 'a whole number above 0, such as 400000';
    case 'count':
      return 'a whole number from 1 to 10000';
    case 'scope':
      return 'run, a pool (pool:builders), a phase (phase:build) or a module (module:lexer)';
    case 'model':
      return 'a model’s id, such as claude-sonnet-5-5';
    case 'models':
      return 'a model’s id, or such by pool: planners=claude-opus-5-5,builders=claude-haiku-5-5';
    case 'url':
      return 'an address such as https://host/path';
    case 'digest':
      return 'the 64 digits that `ashlar status` prints';
  }
}

function optionFault(option: OptionSpec, value: string): string | null {
  const { name, kind } = option;
  const fault = `--${name} wants ${wanted(option)}, not ${quoted(value)}`;
  switch (kind) {
    case 'flag':
      return null;
    case 'choice':
      return option.choices.includes(value) ? null : fault;
    case 'speed':
      return /^[0-9]+(\.[0-9]+)?$/.test(value) && Number(value) > 0 && Number(value) <= 100_000
        ? null
        : fault;
    case 'amount':
      return /^[0-9]{1,15}(\.[0-9]{1,6})?$/.test(value) ? null : fault;
    case 'whole':
      return /^[0-9]{1,15}$/.test(value) && Number(value) > 0 ? null : fault;
    case 'count':
      return /^[1-9][0-9]{0,4}$/.test(value) && Number(value) <= 10_000 ? null : fault;
    case 'scope':
      return parseScope(value) === null ? fault : null;
    case 'digest':
      return isDigest(value) ? null : fault;
    case 'model':
      return isModelName(value) ? null : fault;
    case 'models': {
      const read = readModelChoice(value);
      return read.ok ? null : `--${name}: ${read.message}`;
    }
    case 'url': {
      const why = baseURLFault(value);
      // Not as it was typed: it may hold a password.
      return why === null ? null : `--${name} wants ${wanted(option)}: ${why}`;
    }
    case 'text':
    case 'path':
      return value.trim() === '' || value.includes('\0') ? fault : null;
  }
}

/** A first word that may be left out, as the run is, is left out where the words would not suffice else. */
function placesOf(spec: VerbSpec, given: readonly string[]): readonly PositionalSpec[] {
  const [first, ...rest] = spec.positionals;
  const leads = first?.required === false && rest.some(({ required }) => required);
  return leads && given.length < spec.positionals.length ? rest : spec.positionals;
}

function missing(spec: VerbSpec, options: Options, positionals: readonly string[]): string | null {
  const absent = placesOf(spec, positionals).find(
    ({ required }, at) => required && at >= positionals.length,
  );
  if (absent !== undefined) return `<${absent.name}> is missing`;
  const unset = spec.options.find(
    (option) => 'required' in option && option.required && !options.has(option.name),
  );
  return unset === undefined ? null : `--${unset.name} is missing: it wants ${wanted(unset)}`;
}

function positionalFault(spec: VerbSpec, positionals: readonly string[]): string | null {
  const extra = positionals[spec.positionals.length];
  if (extra !== undefined) return `${quoted(extra)} is one argument too many`;
  for (const [at, each] of placesOf(spec, positionals).entries()) {
    const value = positionals[at];
    const fault = value === undefined ? null : valueFault(each, value);
    if (fault !== null) return fault;
  }
  return null;
}

function valueFault({ name, kind }: PositionalSpec, value: string): string | null {
  switch (kind) {
    case 'file':
      return value === '' || value.includes('\0') ? `<${name}> wants a path` : null;
    case 'text':
      return value.trim() === '' || value.includes('\0') ? `<${name}> wants a text` : null;
    case 'conflict':
      return /^[1-9][0-9]{0,14}$/.test(value)
        ? null
        : `<${name}> wants the number of a conflict, which \`ashlar status\` prints, not ${quoted(value)}`;
    case 'pool':
      return poolKinds.some((pool) => pool === value)
        ? null
        : `<${name}> wants planners, builders or reviewers, not ${quoted(value)}`;
    case 'run':
      if (isRunId(value)) return null;
      return `${quoted(value)} is no run's id; they look like 20260301-1200-ab3d, and \`ashlar status\` names the latest`;
    case 'node':
      return isName(value.replace(/^(module|tier|gate):/, ''))
        ? null
        : `${quoted(value)} names no module, tier or gate; such names look like lexer, tier:core, gate:ship`;
    case 'name':
      return isName(value) ? null : `${quoted(value)} is no ${name}'s name`;
  }
}

/** As typed, but on one line and not endless. */
export function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return JSON.stringify(short);
}
