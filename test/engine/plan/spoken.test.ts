import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { heard, setLanguage } from '../../../src/core/language.ts';
import type { Phrase } from '../../../src/core/phrase.ts';
import type { Diagnostic } from '../../../src/engine/plan/diagnostic.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { english, german } from '../../support/german.ts';
import { spoil, unmark } from './good-plan.ts';
import { qualityCases } from './quality-cases.ts';
import { readingCases } from './reading-cases.ts';

const cases = [...readingCases, ...qualityCases];

beforeEach(() => setLanguage(german));
afterEach(() => setLanguage(english));

/** All that a person reads of a diagnostic, as it is composed. */
const phrasesOf = ({ words, edits }: Diagnostic): (Phrase | undefined)[] => [
  words?.message,
  words?.fix,
  ...edits.map((edit) => edit.words),
];

/** What of a phrase stays English: messages that have no German, and sentences in its places. */
function leftEnglish({ text, args }: Phrase, plan: string): string[] {
  const isLetters = /\p{L}/u.test(text.replaceAll(/\{\d+\}/g, ''));
  const own = isLetters && !(text in german.messages) ? [text] : [];
  const inside = args.flatMap((arg) => {
    if (typeof arg === 'object') return leftEnglish(arg, plan);
    // What is written in plans: `minutes: …`, names, paths, ways from name to name.
    const isWritten = typeof arg === 'number' || plan.includes(arg) || !/\p{L} \p{L}/u.test(arg);
    return isWritten ? [] : [arg];
  });
  return [...own, ...inside];
}

describe('what is wrong with a plan is said in German', () => {
  it.each(cases)('$code: $title', ({ marked }) => {
    const { text } = unmark(marked);
    const found = loadPlan(text, 'notes.plan.yaml').diagnostics;
    expect(found).not.toEqual([]);
    const left = found.flatMap((each) =>
      phrasesOf(each).flatMap((words) =>
        words === undefined ? ['no words'] : leftEnglish(words, text),
      ),
    );
    expect(left).toEqual([]);
  });

  it('as people read it', () => {
    const text = spoil(
      'kind: service',
      'kinds: service',
      spoil(
        'owns: [src/search/**]',
        'owns: [src/store/x]',
        spoil('turns: 20, tokens: 250000, ', ''),
      ),
    );
    const [first, ...rest] = loadPlan(text, 'a').diagnostics.map(
      ({ message, fix, words }) => `${heard(message, words?.message)} → ${heard(fix, words?.fix)}`,
    );
    expect([first, ...rest]).toMatchInlineSnapshot(`
      [
        "das Artefakt sagt nichts zu kind → Ergänzen Sie das Feld, das die Meldung nennt.",
        "unbekannter Schlüssel „kinds“ → Meinten Sie „kind“?",
        "„src/store/x“ gehört store und search zugleich → Fassen Sie eines der Muster enger; eine Datei, die mehrere teilen, gehört einem Modul oder der Grundlage.",
        "Modul server hat keine Grenze für turns, tokens → Ergänzen Sie "budget: { turns: …, tokens: … }".",
      ]
    `);
  });

  it('with figures as they are written there, and in English where nothing else is known', () => {
    const slow = spoil('minutes: 60, review: 2', 'minutes: 30.5, review: 2');
    const soft = loadPlan(slow, 'a').diagnostics.find(({ code }) => code === 'could-be-soft');
    expect(heard(soft?.message ?? '', soft?.words?.message)).toMatch(/\d,\d (von|Minuten)/);
    expect(soft?.message).toMatch(/saves \d+\.\d of/);
    expect(heard('something of a later version', undefined)).toBe('something of a later version');
  });
});
