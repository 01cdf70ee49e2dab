import { describe, expect, it } from 'vitest';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan, spoil } from './good-plan.ts';

const codesOf = (text: string): string[] => [
  ...new Set(loadPlan(text, 'a').diagnostics.map(({ code }) => code)),
];

const list = (count: number, text: string): string => Array(count).fill(text).join(', ');

describe('a hostile text is refused in good time', () => {
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
    const started = process.cpuUsage();
    expect(codesOf(text)).toContain(code);
    expect(process.cpuUsage(started).user).toBeLessThan(4_000_000);
  });

  it('thousands of modules are read in seconds', () => {
    const server = goodPlan.slice(goodPlan.indexOf('  server:'), goodPlan.indexOf('tiers:'));
    const more = Array.from({ length: 1000 }, (_, index) =>
      server
        .replaceAll('server', `server-${index}`)
        .replace('needs: [store]', `needs: [${index === 0 ? 'store' : `server-${index - 1}`}]`),
    ).join('');
    const started = process.cpuUsage();
    const codes = codesOf(spoil(server, `${server}${more}`));
    expect([...new Set(codes)].sort()).toEqual([
      'could-be-soft',
      'never-integrated',
      'not-faster',
      'too-many-modules',
    ]);
    expect(process.cpuUsage(started).user).toBeLessThan(4_000_000);
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
