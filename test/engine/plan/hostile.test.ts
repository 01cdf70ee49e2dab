import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Composer, Lexer } from 'yaml';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan, spoil } from './good-plan.ts';

const codesOf = (text: string): string[] => [
  ...new Set(loadPlan(text, 'a').diagnostics.map(({ code }) => code)),
];

/** What reading cost, in steps of the parser. */
const steps = { lexemes: 0, composed: 0 };
const lex = Reflect.get(Lexer.prototype, 'lex') as (
  this: Lexer,
  ...given: Parameters<Lexer['lex']>
) => ReturnType<Lexer['lex']>;
const compose = Reflect.get(Composer.prototype, 'compose') as (
  this: Composer,
  ...given: Parameters<Composer['compose']>
) => ReturnType<Composer['compose']>;

beforeEach(() => {
  Object.assign(steps, { lexemes: 0, composed: 0 });
  vi.spyOn(Lexer.prototype, 'lex').mockImplementation(function* (this: Lexer, ...given) {
    for (const lexeme of lex.apply(this, given)) {
      steps.lexemes++;
      yield lexeme;
    }
  });
  vi.spyOn(Composer.prototype, 'compose').mockImplementation(function (this: Composer, ...given) {
    steps.composed++;
    return compose.apply(this, given);
  });
});
afterEach(() => vi.restoreAllMocks());

/** The depth at which reading stops costs a few lexemes a level. */
const mostBeforeTooDeep = 300;
/** Of one code as many are told as anybody reads. */
const mostTold = 100;

const list = (count: number, text: string): string => Array(count).fill(text).join(', ');

describe('a hostile text is refused after few steps', () => {
  it.each([
    ['10 MB of YAML', 'a: 1\n'.repeat(2_000_000), 'too-large'],
    ['brackets', '['.repeat(1_000_000), 'too-deep'],
    ['dashes', '- '.repeat(500_000), 'too-deep'],
    ['question marks', '? '.repeat(500_000), 'too-deep'],
    ['colons', 'a: '.repeat(300_000), 'too-deep'],
    ['the same key', 'a:\n'.repeat(50_000), 'duplicate-key'],
    ['stray brackets', '}\n'.repeat(50_000), 'yaml-syntax'],
    ['documents', '---\n'.repeat(50_000), 'yaml-syntax'],
    ['quotes', '"'.repeat(100_000), 'yaml-syntax'],
    ['NUL', '\0'.repeat(500_000), 'yaml-syntax'],
    ['tags', '! '.repeat(50_000), 'yaml-syntax'],
    [
      'a billion laughs',
      `a0: &a0 [${list(10, 'x')}]\n${Array.from(
        { length: 12 },
        (_, i) => `a${i + 1}: &a${i + 1} [${list(10, `*a${i}`)}]\n`,
      ).join('')}`,
      'too-many-aliases',
    ],
    [
      'a long chain of aliases',
      `a0: &a0 [x]\n${Array.from({ length: 500 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`).join('')}`,
      'too-many-aliases',
    ],
    [
      'names that nothing has',
      spoil('needs: [store]', `needs: [${list(30_000, 'stor')}]`),
      'unknown-name',
    ],
    ['a long pattern', spoil('[src/server/**]', `["${'*a'.repeat(100_000)}"]`), 'invalid-value'],
  ])('%s', (_, text, code) => {
    const { diagnostics } = loadPlan(text, 'a');
    expect(diagnostics.map((each) => each.code)).toContain(code);
    expect(diagnostics.length).toBeLessThanOrEqual(mostTold);
    // What is too large is not looked at, what is too deep no further than that; nothing is composed.
    const early = { 'too-large': 0, 'too-deep': mostBeforeTooDeep }[code] ?? null;
    expect(steps.lexemes).toBeLessThanOrEqual(early ?? 2 * text.length + 10);
    expect(steps.composed).toBeLessThanOrEqual(early === null ? 1 : 0);
  });

  it('a thousand modules are read in one go', () => {
    const server = goodPlan.slice(goodPlan.indexOf('  server:'), goodPlan.indexOf('tiers:'));
    const more = Array.from({ length: 1000 }, (_, index) =>
      server
        .replaceAll('server', `server-${index}`)
        .replace('needs: [store]', `needs: [${index === 0 ? 'store' : `server-${index - 1}`}]`),
    ).join('');
    const codes = codesOf(spoil(server, `${server}${more}`));
    expect([...new Set(codes)].sort()).toEqual([
      'could-be-soft',
      'never-integrated',
      'not-faster',
      'too-many-modules',
    ]);
    expect(steps.composed).toBe(1);
  });
});

describe('a hostile key reaches nothing but its own place', () => {
  it.each(['__proto__', '"__proto__"', '? __proto__\n'])('%s', (key) => {
    const { plan, diagnostics } = loadPlan(`ashlar: 1\nmodules:\n  ${key}: { owned: 1 }\n`, 'a');
    expect(plan).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>).owned).toBeUndefined();
  });

  it('a module may be called like what every object has', () => {
    const text = goodPlan.replaceAll(/\bsearch\b/g, 'constructor');
    const { plan, diagnostics } = loadPlan(text, 'a');
    expect(diagnostics).toEqual([]);
    expect(plan?.modules[1]?.id).toBe('constructor');
  });
});

describe('aliases that are used as meant', () => {
  it('stand for what they name', () => {
    const text = spoil(
      '    budget: { turns: 20, tokens: 250000, minutes: 30 }',
      '    budget: *bounds',
      spoil(
        'budget: { turns: 20, tokens: 500_000, minutes: 40 }',
        'budget: &bounds { turns: 20, tokens: 500_000, minutes: 40 }',
      ),
    );
    const { plan, diagnostics } = loadPlan(text, 'a');
    expect(diagnostics).toEqual([]);
    expect(plan?.modules[2]?.budget).toEqual(plan?.modules[0]?.budget);
  });

  it('show what is wrong with it where they stand', () => {
    const text = spoil(
      'owns: [src/server/**]',
      'owns: *paths',
      spoil('owns: [src/store/**]', 'owns: &paths [src/store/**]'),
    );
    const [found] = loadPlan(text, 'a').diagnostics;
    expect(found).toMatchObject({ code: 'overlapping-owns', line: 50, column: 11, endColumn: 17 });
  });
});
