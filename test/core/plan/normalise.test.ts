import { describe, expect, it } from 'vitest';
import { isName } from '../../../src/core/ids.ts';
import { normalise } from '../../../src/core/plan/normalise.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { key } from '../../../src/core/plan/schema-fields.ts';
import { planFile } from '../../../src/core/plan/schema.ts';

const read = (file: object) => normalise(planFile.parse({ ashlar: 1, modules: {}, ...file }));
const plan = (file: object): Plan => read(file).plan;
const modules = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, {}]));

describe('a default', () => {
  it.each([
    [0, 4],
    [14, 4],
    [15, 6],
    [29, 6],
    [30, 8],
  ])('of builders for %i modules is %i', (count, builders) => {
    expect(plan({ modules: modules(count) }).pools.builders.max).toBe(builders);
  });

  it('of pools is two planners, two reviewers, all of them scripted', () => {
    expect(plan({ pools: { builders: { max: 3 } } }).pools).toEqual({
      planners: { max: 2, agent: 'scripted', model: null, definition: null, budget: null },
      builders: { max: 3, agent: 'scripted', model: null, definition: null, budget: null },
      reviewers: { max: 2, agent: 'scripted', model: null, definition: null, budget: null },
    });
  });

  it('of definitions is none; one is for a whole pool, or for roles of it', () => {
    const of = (definition: unknown) => plan({ pools: { reviewers: { definition } } });
    expect(of('strict').pools.reviewers.definition).toBe('strict');
    expect(of({ evaluator: 'strict' }).pools.reviewers.definition).toEqual({ evaluator: 'strict' });
    expect(of({}).pools.reviewers.definition).toBeNull();
    expect(() => of({ generator: 'strict' })).toThrow(/generator/);
    expect(() => of({ evaluator: '../strict' })).toThrow(/name of a file/);
  });

  it('of a module leaves nothing open', () => {
    const { modules } = plan({ modules: { lexer: {} } });
    expect(modules[0]).toEqual({
      id: 'lexer',
      kind: 'code',
      purpose: '',
      stream: 'main',
      owns: [],
      contract: {
        author: 'planner',
        file: 'contracts/lexer.md',
        tests: ['tests/lexer/**'],
        stub: ['stubs/lexer/**'],
      },
      needs: [],
      resources: [],
      reviewers: 1,
      checks: [],
      estimate: { minutes: 10, review: 1, source: 'plan', runs: 0 },
      budget: { turns: 0, tokens: 0, minutes: 0, microUsd: 0, attempts: 3 },
      onExhausted: ['reframe', 'escalate'],
    });
  });

  it('of an attempt without progress is five minutes', () => {
    expect(plan({}).stallMinutes).toBe(5);
    expect(plan({ stallMinutes: 0.5 }).stallMinutes).toBe(0.5);
  });
});

describe('money', () => {
  it('is whole micro-dollars', () => {
    const budget = { tokens: 1000, minutes: 1, usd: 0.1 + 0.2 };
    expect(plan({ budget }).budget.microUsd).toBe(300_000);
  });

  it('of a module is its share of the run’s, by tokens', () => {
    const { modules } = plan({
      budget: { tokens: '3_000_000', minutes: 1, usd: 20 },
      modules: {
        a: { budget: { turns: 1, tokens: '1_000_000', minutes: 1 } },
        b: { budget: { turns: 1, tokens: 1, minutes: 1, usd: 1.5 } },
      },
    });
    expect(modules.map(({ budget }) => budget.microUsd)).toEqual([6_666_667, 1_500_000]);
    expect(modules[0]?.budget.tokens).toBe(1_000_000);
  });
});

describe('a check', () => {
  const checks = (file: object) => plan({ modules: { a: { checks: file } } }).modules[0]?.checks;

  it('that is a bare text tells its exit code', () => {
    expect(checks({ lint: 'npm run lint' })).toEqual([
      {
        name: 'lint',
        run: 'npm run lint',
        report: 'exit',
        reportFile: '',
        between: [],
        timeoutMs: 120_000,
        resources: [],
        sandbox: { network: false, read: [], env: [] },
      },
    ]);
  });

  it('keeps what it says', () => {
    const unit = {
      run: 'x',
      report: 'junit',
      reportFile: 'out/junit.xml',
      timeoutMinutes: 0.25,
      sandbox: { network: true },
    };
    expect(checks({ unit })).toMatchObject([
      {
        report: 'junit',
        reportFile: 'out/junit.xml',
        timeoutMs: 15_000,
        sandbox: { network: true, read: [], env: [] },
      },
    ]);
  });

  it.each([
    [{ report: 'junit' }, 'missing-key'],
    [{ report: 'tap', reportFile: 'x.xml' }, 'invalid-value'],
    [{ sandbox: { read: ['relative'] } }, 'invalid-value'],
  ])('is refused with %j', (fields, code) => {
    const { issues } = read({ modules: { a: { checks: { unit: { run: 'x', ...fields } } } } });
    expect(issues.map((issue) => issue.code)).toContain(code);
  });
});

describe('a reference', () => {
  const file = {
    modules: {
      a: { stream: 'docs' },
      b: { needs: ['a', 'module:a', 'tier:t', 'stream:docs', 'gate:g', { module: 'tier:t' }] },
    },
    tiers: { t: { modules: ['a'] } },
    gates: { g: { kind: 'approval', requires: ['a'] } },
  };

  it('names a module, or another thing by its kind, and counts once', () => {
    const { plan, issues } = read(file);
    expect(plan.modules[1]?.needs.map(({ kind, on }) => `${kind} ${on}`)).toEqual([
      'hard module:a',
      'hard tier:t',
      'hard stream:docs',
      'hard gate:g',
    ]);
    expect(issues.filter(({ code }) => code === 'unknown-name')).toEqual([]);
  });

  it.each([
    ['t', 'Write "tier:t".'],
    ['gate:gg', 'Did you mean "gate:g"?'],
    ['stream:doc', 'Did you mean "stream:docs"?'],
    ['door:xyz', 'Declare it, or name one of the modules, tiers, gates, streams there are.'],
  ])('to nothing (%s) says what may be meant', (text, fix) => {
    const { plan, issues } = read({
      ...file,
      modules: { a: { stream: 'docs' }, b: { needs: [text] } },
    });
    expect(plan.modules[1]?.needs).toEqual([]);
    expect(issues.filter(({ code }) => code === 'unknown-name')).toMatchObject([
      { path: ['modules', 'b', 'needs', 0], fix },
    ]);
  });
});

describe('streams', () => {
  const ids = (file: object) => plan(file).streams.map(({ id }) => id);

  it('that nobody declares are those that modules name', () => {
    expect(ids({ modules: { a: { stream: 'docs' }, b: {}, c: { stream: 'docs' } } })).toEqual([
      'docs',
      'main',
    ]);
  });

  it('that are declared are the only ones, and main for who names none', () => {
    const { plan, issues } = read({
      streams: { docs: { title: 'Documentation', lead: 'Sam' } },
      modules: { a: { stream: 'doc' }, b: {} },
    });
    expect(plan.streams).toEqual([
      { id: 'docs', title: 'Documentation', lead: 'Sam' },
      { id: 'main', title: 'main', lead: null },
    ]);
    expect(issues.find(({ code }) => code === 'unknown-name')).toMatchObject({
      path: ['modules', 'a', 'stream'],
      fix: 'Did you mean "docs"?',
    });
  });
});

describe('names', () => {
  it('have one form, in the schema and everywhere else', () => {
    for (const text of ['a', 'a-1', 'A', '1a', '-a', 'a_b', '', 'a'.repeat(40), 'a'.repeat(41)]) {
      expect([text, key.safeParse(text).success]).toEqual([text, isName(text)]);
    }
  });

  it.each(['con', 'tiers', 'arbiter', 'architect', 'scout'])('of modules leave out %s', (name) => {
    const { plan, issues } = read({ modules: { [name]: {} } });
    expect(plan.modules).toEqual([]);
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'invalid-name', path: ['modules', name] }),
    );
  });
});
