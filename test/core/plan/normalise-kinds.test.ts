import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { normalise } from '../../../src/core/plan/normalise.ts';
import { planFile } from '../../../src/core/plan/schema.ts';

const read = (file: object) => {
  const parsed = planFile.parse({ ashlar: 1, modules: {}, ...file });
  const { plan, issues, places } = normalise(parsed);
  const wrong = issues.filter(({ severity, code }) => {
    return severity === 'error' && !code.startsWith('missing-');
  });
  return { plan, places, wrong: wrong.map(({ path, message }) => `${path.join('.')}: ${message}`) };
};
const needs = (...list: unknown[]) => ({ needs: list });
const needsOf = (file: object) =>
  Object.fromEntries(read({ modules: file }).plan.modules.map((each) => [each.id, each.needs]));
const accepts = (file: object): boolean =>
  planFile.safeParse({ ashlar: 1, modules: {}, ...file }).success;

describe('kinds of dependency', () => {
  it('are hard by a bare name, and else what they say', () => {
    const file = {
      a: {},
      b: needs('a', { module: 'stream:main', kind: 'soft' }, { module: 'tier:t' }),
    };
    const { plan, wrong } = read({ modules: file, tiers: { t: { modules: ['a'] } } });
    expect(plan.modules[1]?.needs).toEqual([
      { kind: 'hard', on: 'module:a' },
      { kind: 'soft', on: 'stream:main' },
      { kind: 'hard', on: 'tier:t' },
    ]);
    expect(wrong).toEqual([]);
  });

  it('say feedback once for a pair, whichever side says it', () => {
    const pair = { kind: 'feedback', on: 'module:b', rounds: 2 };
    expect(needsOf({ a: needs({ module: 'b', kind: 'feedback' }), b: {} })).toEqual({
      ...{ a: [pair], b: [] },
    });
    expect(
      needsOf({
        a: needs({ module: 'b', kind: 'feedback' }),
        b: needs({ module: 'a', kind: 'feedback', rounds: 5 }),
      }),
    ).toEqual({ a: [{ ...pair, rounds: 5 }], b: [] });
  });

  it('of feedback have rounds, the same on both sides', () => {
    const { plan, wrong } = read({
      modules: {
        a: needs({ module: 'b', kind: 'feedback', rounds: 3 }),
        b: needs({ module: 'a', kind: 'feedback', rounds: 4 }, { module: 'a', rounds: 1 }),
      },
    });
    expect(plan.modules[0]?.needs).toEqual([{ kind: 'feedback', on: 'module:b', rounds: 3 }]);
    expect(wrong).toEqual([
      'modules.b.needs.0.rounds: a says 3 rounds of the feedback with b, and b says 4',
      'modules.b.needs.1.rounds: "rounds" goes with "kind: feedback", not with "hard"',
    ]);
    for (const rounds of [0, 11, 1.5]) {
      expect(accepts({ modules: { a: needs({ module: 'b', kind: 'feedback', rounds }) } })).toBe(
        false,
      );
    }
  });

  it.each([
    ['feedback', 'a', 'modules.a.needs.0.module: module a cannot have a feedback dependency on itself'],
    ['soft', 'a', 'modules.a.needs.0.module: module a cannot have a soft dependency on itself'],
    ['resource', 'a', 'modules.a.needs.0.module: module a cannot have a resource dependency on itself'],
    ['feedback', 'tier:t', 'modules.a.needs.0.module: "tier:t" refers to nothing that is allowed here'],
    ['resource', 'stream:main', 'modules.a.needs.0.module: "stream:main" refers to nothing that is allowed here'],
  ])('%s on %s is refused', (kind, module, says) => {
    const file = { modules: { a: needs({ module, kind }) }, tiers: { t: {} } };
    const { plan, wrong } = read(file);
    expect(wrong).toEqual([says]);
    expect([plan.modules[0]?.needs, plan.resources]).toEqual([[], []]);
  }); // prettier-ignore

  it('may not contradict each other', () => {
    const soft = { module: 'a', kind: 'soft' };
    const feedback = { module: 'a', kind: 'feedback' };
    const both = (...list: unknown[]) => read({ modules: { a: {}, b: needs(...list) } }).wrong;
    expect(both('a', soft)).toEqual([
      'modules.b.needs.1.module: "a" is needed twice, as hard and as soft',
    ]);
    expect(both(feedback, 'a')).toEqual([
      'modules.b.needs.1: "a" is needed twice, as feedback and as hard',
    ]);
    expect(both(soft, feedback)).toEqual([]);
    expect(both('a', 'module:a')).toEqual([]);
  });

  it('keep the places of what stands in the file', () => {
    const { places } = read({
      modules: {
        a: {},
        b: needs({ module: 'a', kind: 'resource' }, 'a', 'a', { module: 'c', kind: 'soft' }),
        c: {},
      },
    });
    expect(places.needs.get(moduleId('b'))).toEqual([[1], [3, 'module']]);
  });
});

describe('resources', () => {
  it('have a capacity, and are held in amounts by modules, tiers and checks', () => {
    const { plan, wrong } = read({
      resources: { database: 1, memory: '1_024' },
      modules: {
        a: {
          resources: ['database'],
          checks: { unit: { run: 'x', resources: { memory: 512 } }, lint: 'y' },
        },
        b: { resources: { memory: 1024, database: 1 } },
      },
      tiers: { t: { resources: ['database'] } },
      gates: {
        g: { kind: 'end-to-end', requires: ['a'], checks: { e: { run: 'x', resources: ['memory'] } } },
      },
    }); // prettier-ignore
    const use = (resource: string, amount: number) => ({ resource, amount });
    expect(wrong).toEqual([]);
    expect(plan.resources).toEqual([
      { id: 'database', capacity: 1 },
      { id: 'memory', capacity: 1024 },
    ]);
    expect(plan.modules.map(({ resources }) => resources)).toEqual([
      [use('database', 1)],
      [use('memory', 1024), use('database', 1)],
    ]);
    expect(plan.modules[0]?.checks.map(({ resources }) => resources)).toEqual([
      [use('memory', 512)],
      [],
    ]);
    expect(plan.tiers[0]?.resources).toEqual([use('database', 1)]);
    expect(plan.gates[0]).toMatchObject({ checks: [{ resources: [use('memory', 1)] }] });
  });

  it('that are unknown, too many or said twice are told at their place', () => {
    const { plan, wrong } = read({
      resources: { database: 2 },
      modules: { a: { resources: ['databse', 'database', 'database'] } },
      tiers: { t: { resources: { database: 3 } } },
    });
    expect(wrong).toEqual([
      'modules.a.resources.0: there is no resource "databse"',
      'modules.a.resources.2: "database" stands here twice',
      'tiers.t.resources.database: 3 of "database" are wanted, and there are 2',
    ]);
    expect(plan.modules[0]?.resources).toEqual([{ resource: 'database', amount: 1 }]);
  });

  it.each([
    { resources: { database: 0 } },
    { resources: { database: -1 } },
    { resources: { Database: 1 } },
    { resources: { database: 1 }, modules: { a: { resources: { database: 0 } } } },
    { resources: { database: 1 }, modules: { a: { resources: { database: 1.5 } } } },
  ])('have whole amounts of at least one: %j', (file) => {
    expect(accepts(file)).toBe(false);
  });

  it('of a pair that excludes each other are one unit that both hold, and no edge', () => {
    const exclude = (module: string) => needs({ module, kind: 'resource' });
    const { plan } = read({
      resources: { 'a-b': 3 },
      modules: { a: exclude('b'), b: exclude('a'), c: { ...exclude('a'), resources: ['a-b'] } },
    });
    expect(plan.resources).toEqual([
      { id: 'a-b', capacity: 3 },
      { id: 'a-b-2', capacity: 1 },
      { id: 'c-a', capacity: 1 },
    ]);
    const held = plan.modules.map(({ resources }) => resources.map(({ resource }) => resource));
    expect(held).toEqual([['a-b-2', 'c-a'], ['a-b-2'], ['a-b', 'c-a']]);
    expect(plan.modules.flatMap((module) => module.needs)).toEqual([]);
  });

  it('of a pair have names of the form that names have, however long those of the modules are', () => {
    const [long, longer] = [`l${'x'.repeat(39)}`, `m${'y'.repeat(38)}z`];
    const { plan } = read({
      modules: {
        [long]: needs({ module: longer, kind: 'resource' }, { module: 'b', kind: 'resource' }),
        [longer]: {},
        b: {},
      },
    });
    expect(plan.resources.map(({ id }) => id)).toEqual([
      `l${'x'.repeat(18)}-m${'y'.repeat(19)}`,
      `l${'x'.repeat(37)}-b`,
    ]);
  });
});

describe('planned handoffs', () => {
  it('are from one module to another', () => {
    const file = { modules: { a: {}, b: {} } };
    const handoff = { from: 'a', to: 'b', items: ['token kinds', 'examples'] };
    expect(read({ ...file, handoffs: [handoff] }).plan.handoffs).toEqual([handoff]);
    const { plan, wrong } = read({
      ...file,
      handoffs: [
        { ...handoff, to: 'a' },
        { ...handoff, from: 'c' },
      ],
    });
    expect(plan.handoffs).toEqual([]);
    expect(wrong).toEqual([
      'handoffs.0.to: module a cannot hand something over to itself',
      'handoffs.1.from: there is no module "c"',
    ]);
  });

  it.each([[[]], [['']], [['x'.repeat(201)]], [['two\nlines']], [Array(21).fill('x')]])(
    'name what is handed over in short texts: %j',
    (items) => {
      expect(accepts({ handoffs: [{ from: 'a', to: 'b', items }] })).toBe(false);
    },
  );
});

describe('a contract', () => {
  it('that is left out is a planner’s; a document has no stub', () => {
    const { plan } = read({ modules: { guide: { kind: 'document' }, a: { contract: {} } } });
    expect(plan.modules.map(({ contract }) => contract)).toEqual([
      { author: 'planner', file: 'contracts/guide.md', tests: ['tests/guide/**'], stub: [] },
      { author: 'plan', file: '', tests: [], stub: [] },
    ]);
  });
});

describe('bounds', () => {
  it('of pools, phases and turns are null where nothing is said', () => {
    const { plan } = read({
      pools: { builders: { budget: { tokens: '1_000_000', usd: 2.5 } }, planners: { budget: {} } },
      budget: {
        ...{ tokens: 1, minutes: 1, usd: 1, turns: 300 },
        phases: { plan: { minutes: 2.5, turns: 4 }, 'end-to-end': {} },
      },
    });
    expect(plan.pools.builders.budget).toEqual({
      ...{ tokens: 1_000_000, microUsd: 2_500_000, turns: null, minutes: null },
    });
    expect(plan.pools.planners.budget).toBeNull();
    expect(plan.budget.turns).toBe(300);
    expect(plan.budget.phases).toEqual({
      plan: { tokens: null, microUsd: null, turns: 4, minutes: 2.5 },
      build: null,
      integrate: null,
      'end-to-end': null,
    });
  });

  it.each([
    { pools: { builders: { budget: { tokens: 0 } } } },
    { pools: { builders: { budget: { seconds: 1 } } } },
    { budget: { phases: { postmortem: { tokens: 1 } } } },
  ])('are of known units and scopes: %j', (file) => {
    expect(accepts(file)).toBe(false);
  });

  it('of reviewers are one to three, and a split may follow a used-up budget', () => {
    const { plan } = read({ modules: { a: { reviewers: 3, onExhausted: ['split', 'escalate'] } } });
    expect(plan.modules[0]).toMatchObject({ reviewers: 3, onExhausted: ['split', 'escalate'] });
    expect([0, 4].some((reviewers) => accepts({ modules: { a: { reviewers } } }))).toBe(false);
  });
});
