import { describe, expect, it } from 'vitest';
import { parseArguments, type Arguments } from '../../src/cli/arguments.ts';
import { optionText } from '../../src/cli/help.ts';
import { verbs } from '../../src/cli/verb-table.ts';
import type { OptionSpec, VerbSpec } from '../../src/cli/verb.ts';

const run = '20260301-1200-ab3d';
const digest = 'a'.repeat(64);

const verb = (name: string): VerbSpec => verbs.find((each) => each.name === name)!;

function parsed(spec: VerbSpec, words: readonly string[]): Arguments {
  const answer = parseArguments(spec, words);
  if (!answer.ok) throw new Error(answer.says);
  return answer.given;
}

/** A value that the option takes. */
function sample(option: OptionSpec): string {
  switch (option.kind) {
    case 'flag':
      return '';
    case 'choice':
      return option.choices.at(-1)!;
    case 'speed':
    case 'amount':
      return '2.5';
    case 'count':
    case 'whole':
      return '12';
    case 'scope':
      return 'pool:builders';
    case 'digest':
      return digest;
    case 'model':
      return 'claude-opus-5-5';
    case 'models':
      return 'planners=claude-opus-5-5,builders=claude-haiku-5-5';
    case 'url':
      return 'https://models.test/v1';
    case 'text':
    case 'path':
      return 'some text';
  }
}

const positionals = ({ positionals: all }: VerbSpec): string[] =>
  all.map(
    ({ kind }) =>
      ({
        run,
        name: 'lexer',
        node: 'tier:core',
        file: 'a.yaml',
        conflict: '52',
        pool: 'builders',
        text: 'a goal',
      })[kind],
  );

const given = (option: OptionSpec): string[] =>
  option.kind === 'flag' ? [`--${option.name}`] : [`--${option.name}`, sample(option)];

describe.each(verbs.map((spec) => [spec.name, spec] as const))('%s', (_, spec) => {
  const required = spec.options.filter((option) => 'required' in option && option.required);

  it('takes what it must have, and nothing else by itself', () => {
    const words = [...positionals(spec), ...required.flatMap(given)];
    const answer = parsed(spec, words);
    for (const option of spec.options) {
      expect(answer.flag(option.name)).toBe(required.includes(option));
    }
  });

  it.each(spec.options.map((option) => [optionText(option), option] as const))(
    'takes %s before and after, with a space or =',
    (_text, option) => {
      const others = required.filter((each) => each !== option).flatMap(given);
      const value = option.kind === 'flag' ? '' : sample(option);
      const joined = option.kind === 'flag' ? given(option) : [`--${option.name}=${value}`];
      for (const words of [
        [...positionals(spec), ...others, ...given(option)],
        [...given(option), ...others, ...positionals(spec)],
        [...joined, ...others, ...positionals(spec)],
      ]) {
        expect(parsed(spec, words).option(option.name)).toBe(value);
      }
    },
  );

  it('loads what carries it out', async () => {
    expect(await spec.load()).toBeTypeOf('function');
  });

  it('shows its help whatever else is wrong', () => {
    expect(parsed(spec, ['--help']).help).toBe(true);
    expect(parsed(spec, ['-h', 'too', 'many', 'words']).help).toBe(true);
  });
});

it('takes values that begin with a dash where they are joined, and words after --', () => {
  expect(parsed(verb('cancel'), [run, '--reason=--really']).option('reason')).toBe('--really');
  expect(parsed(verb('cancel'), [run, '--reason', '-1']).option('reason')).toBe('-1');
  expect(parsed(verb('check'), ['--', '--odd.yaml']).positional('plan')).toBe('--odd.yaml');
  expect(parsed(verb('cancel'), [run, '--reason=a=b']).option('reason')).toBe('a=b');
});

it('answers null for what was left out', () => {
  expect(parsed(verb('status'), []).run()).toBeNull();
  expect(parsed(verb('status'), [run]).run()).toBe(run);
  expect(parsed(verb('run'), ['a.yaml']).option('script')).toBeNull();
});
