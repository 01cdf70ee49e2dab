import { afterEach, describe, expect, it } from 'vitest';
import { decimal, inEnglish, plural, setLanguage, t } from '../../src/core/language.ts';

const german = {
  ...{ tag: 'de', decimalMark: ',' },
  messages: {
    Sealed: 'Versiegelt',
    '{0} of {1}': '{1}, davon {0}',
    '{0} module in {1}': '{0} Modul in {1}',
    '{0} modules in {1}': '{0} Module in {1}',
  },
};
const english = { tag: 'en', decimalMark: '.', messages: {} };
afterEach(() => setLanguage(english));

const modules = (count: number): string =>
  plural(count, '{0} module in {1}', '{0} modules in {1}', 'Backend');

describe('what people are told', () => {
  it('is the message itself until a language is set', () => {
    expect(t('{0} of {1}', 2, 3)).toBe('2 of 3');
    expect([modules(1), modules(0)]).toEqual(['1 module in Backend', '0 modules in Backend']);
    expect(decimal(1.25, 1)).toBe('1.3');
  });

  it('is in the language that was set, and in English what it lacks', () => {
    setLanguage(german);
    expect([t('Sealed'), t('Failed')]).toEqual(['Versiegelt', 'Failed']);
    expect(t('{0} of {1}', 2, 3)).toBe('3, davon 2');
    expect([modules(1), modules(2)]).toEqual(['1 Modul in Backend', '2 Module in Backend']);
    expect(decimal(-0.5, 2)).toBe('-0,50');
  });

  it('takes nothing of what stands in a place for a place', () => {
    expect(t('{0} of {1}', '{1}', '$&')).toBe('{1} of $&');
    expect(t('{0} of {1}', 'one')).toBe('one of {1}');
  });

  it('does not take the names that every object has for messages', () => {
    setLanguage(german);
    expect(t('constructor')).toBe('constructor');
  });

  it('is English within what is written for others, whatever comes of it', () => {
    setLanguage(german);
    expect(inEnglish(() => t('Sealed'))).toBe('Sealed');
    expect(() =>
      inEnglish(() => {
        throw new Error(t('Sealed'));
      }),
    ).toThrow('Sealed');
    expect(t('Sealed')).toBe('Versiegelt');
  });
});
