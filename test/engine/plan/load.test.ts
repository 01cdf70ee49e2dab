import { describe, expect, it } from 'vitest';
import { codes } from '../../../src/core/plan/codes.ts';
import { formatDiagnostic, isRefused, isUnsound } from '../../../src/engine/plan/diagnostic.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan, spoil, unmark } from './good-plan.ts';
import { qualityCases } from './quality-cases.ts';
import { readingCases } from './reading-cases.ts';

const cases = [...readingCases, ...qualityCases];

describe('a plan that is fit', () => {
  it('has no diagnostics', () => {
    const { plan, diagnostics } = loadPlan(goodPlan, 'notes.plan.yaml');
    expect(diagnostics).toEqual([]);
    expect(plan?.modules.map(({ id }) => id)).toEqual(['store', 'search', 'server']);
  });

  it.each([
    ['a byte order mark', `\uFEFF${goodPlan}`],
    ['Windows line ends', goodPlan.replaceAll('\n', '\r\n')],
    ['comments and an end mark', `# first\n---\n${goodPlan}...\n# last\n`],
    ['JSON', JSON.stringify({ ashlar: 1 })],
  ])('may be written with %s', (_, text) => {
    const syntax = loadPlan(text, 'notes.plan.yaml').diagnostics.filter(
      ({ code }) => code === 'yaml-syntax',
    );
    expect(syntax).toEqual([]);
  });

  it('keeps its positions behind a byte order mark and over Windows line ends', () => {
    const { text, at } = unmark(spoil('stream: backend\n    needs', 'str‹›eam: x\n    needs'));
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const [found] = loadPlan(windows, 'a').diagnostics;
    expect(found).toMatchObject({ line: at.line, column: at.column + 'eam: '.length });
  });
});

describe('every diagnostic stands alone at its place', () => {
  it.each(cases)('$code: $title', ({ code, marked, says }) => {
    const { text, at } = unmark(marked);
    const { plan, diagnostics: all } = loadPlan(text, 'notes.plan.yaml');
    // Whatever makes a plan slower leaves something to be gained.
    const diagnostics = all.filter((each) => each.code === code || each.code !== 'could-be-soft');
    expect(diagnostics.map(formatDiagnostic)).toHaveLength(1);
    const [found] = diagnostics;
    expect(found).toMatchObject({ code, severity: codes[code].severity, ...at });
    expect(found?.message).toContain(says);
    expect(isRefused(diagnostics)).toBe(codes[code].severity === 'error');
    const { stops } = codes[code];
    expect(plan === null).toBe(stops === 'reading');
    expect(isUnsound(diagnostics)).toBe(stops === 'reading' || stops === 'graph');
  });

  it('and every code that the text can show has a case', () => {
    const later = /-missing$|^no-contract-paragraph|-in-paths$|^vacuous|^stub-does/;
    const missing = Object.keys(codes).filter(
      (code) => !later.test(code) && !cases.some((each) => each.code === code),
    );
    expect(missing).toEqual([]);
  });
});

describe('diagnostics', () => {
  it('are told all at once, in the order of the file', () => {
    const text = spoil(
      'kind: service',
      'kinds: service',
      spoil(
        'owns: [src/search/**]',
        'owns: [src/store/x]',
        spoil('turns: 20, tokens: 250000, ', ''),
      ),
    );
    expect(loadPlan(text, 'a').diagnostics.map(({ line, code }) => [line, code])).toEqual([
      [2, 'missing-description'],
      [4, 'unknown-key'],
      [37, 'overlapping-owns'],
      [58, 'missing-budget'],
    ]);
  });

  it('are written as a line for the place and one for what to do', () => {
    const [found] = loadPlan(
      spoil('needs: [store]', 'needs: [stor]'),
      'notes.plan.yaml',
    ).diagnostics;
    expect(found && formatDiagnostic(found)).toBe(
      'notes.plan.yaml:49:13 unknown-name there is no module "stor"\n  → Did you mean "store"?',
    );
  });

  it('cannot write to a terminal', () => {
    const { diagnostics } = loadPlan('"\\e[2J": 1\nashlar: 1\nmodules: {}\n', 'a');
    expect(diagnostics.map(formatDiagnostic).join('\n')).toContain('unknown key "\ufffd[2J"');
  });

  it('of one code are bounded, however much is wrong', () => {
    const text = `ashlar: 1\nmodules: {}\n${Array.from({ length: 2000 }, (_, i) => `k${i}: 1\n`).join('')}`;
    const unknown = loadPlan(text, 'a').diagnostics.filter(({ code }) => code === 'unknown-key');
    expect(unknown).toHaveLength(100);
  });
});
