import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aloud, heard, setLanguage } from '../../src/core/language.ts';
import { allOf, inWriting, oneOf, phrase, phrases, toldIn } from '../../src/core/phrase.ts';
import { english, german } from '../support/german.ts';
import { given } from '../support/scenario.ts';
import { pauses } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';
import { decide } from '../../src/core/decide.ts';

afterEach(() => setLanguage(english));

describe('a phrase', () => {
  const words = phrase(
    '{0} must be {1}',
    phrase('entry {0} of "{1}"', 2, 'owns'),
    oneOf(['a', 'b']),
  );

  it('is written down in English, whatever the window speaks', () => {
    setLanguage(german);
    expect(inWriting(words)).toBe('entry 2 of "owns" must be a or b');
    expect(aloud(words)).toBe('Eintrag 2 von „owns“ muss a oder b sein');
  });

  it('says figures as they are written there', () => {
    const slow = phrases(1.5, '{0} module', '{0} modules');
    setLanguage(german);
    expect([aloud(slow), inWriting(slow)]).toEqual(['1,5 Module', '1.5 modules']);
  });

  it('lists what there is', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((each) => inWriting(allOf(each)))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  it('holds no more than it was given: what stands in its places is no message', () => {
    expect(inWriting(phrase('{0} and {1}', '{1}', 'x'))).toBe('{1} and x');
  });
});

describe('words from elsewhere', () => {
  const words = phrase('the plan has no module {0}', 'lexer');
  const message = inWriting(words);

  it('are heard where they say what was written down', () => {
    setLanguage(german);
    const read = toldIn(message, JSON.parse(JSON.stringify(words)));
    expect(heard(read.message, read.words)).toBe('der Plan hat kein Modul lexer');
  });

  it.each([
    ['nothing', undefined],
    ['another message', phrase('the run is not paused')],
    ['no list', { text: message, args: 'x' }],
    ['no text', { text: 7, args: [] }],
    ['words without end', nested(9)],
    ['too much', { text: message, args: Array(99).fill('x') }],
    ['a place that is none', { text: 'the plan has no module {0}', args: [{ lexer: true }] }],
  ])('%s: what was written down stands', (_, odd) => {
    setLanguage(german);
    const read = toldIn(message, odd);
    expect(read).toEqual({ message });
    expect(heard(read.message, read.words)).toBe(message);
  });
});

describe('words from elsewhere that might have no end', () => {
  let read = 0;
  const counting = (says: string) => ({
    args: [],
    get text() {
      read++;
      return says;
    },
  });
  const again = (arg: unknown) => ({ text: '{0}'.repeat(30), args: [arg] });
  beforeEach(() => (read = 0));

  it.each(['', 'much of it'])('are not composed again for each place: %j', (says) => {
    expect(toldIn('short', again(again(counting(says))))).toEqual({ message: 'short' });
    expect(read).toBeLessThan(5);
  });

  it('are composed no further than what was written down goes', () => {
    const long = { text: '{0}{1}', args: ['x'.repeat(100), counting('y')] };
    expect(toldIn('short', long)).toEqual({ message: 'short' });
    expect(read).toBe(1);
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 'lexer' : { text: '{0}', args: [nested(depth - 1)] };
}

it('what the rules refuse is said in the language of the window, and English in the record', () => {
  const { state } = given(plan({ modules: { lexer: {} } }), pauses);
  const decision = decide(state, { type: 'pause-run', by: 'ada', at: state.at });
  if (decision.ok) throw new Error('a paused run was paused');
  const { message, words } = decision.refusal;
  setLanguage(german);
  expect([message, heard(message, words)]).toEqual([
    'the run is paused already',
    'der Lauf ist schon angehalten',
  ]);
});
