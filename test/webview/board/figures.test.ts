import { describe, expect, test } from 'vitest';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { course, saved, shortEta, waiting } from '../../../src/webview/board/figures.ts';
import { findModules } from '../../../src/webview/board/find.ts';
import { given } from '../../support/scenario.ts';
import { sealed } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';

const minutes = (count: number): number => count * 60_000;

describe('what is left of a run', () => {
  test.each([
    [6.2, 8.1, '6–9 min'],
    [2, 2, '2 min'],
    [0.1, 0.6, 'under 1 min'],
    [0.1, 3.5, '0–4 min'],
  ])('from %d to %d minutes is said as %s', (from, to, said) => {
    expect(shortEta({ known: true, fromMs: minutes(from), toMs: minutes(to), pace: 1 })).toBe(said);
  });

  test('has no upper end while it waits for a person', () => {
    expect(shortEta({ known: true, fromMs: minutes(6.5), toMs: null, pace: 1 })).toBe('from 6 min');
  });

  test('is not guessed where nobody can know', () => {
    expect(shortEta({ known: false, why: 'the run is paused' })).toBe('');
  });
});

describe('the little course of stones', () => {
  const modules = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, {}]));

  test('has a stone for each module', () => {
    const run = given(plan({ modules: modules(5) }), ...sealed('m0', 'm1'));
    expect(course(run.state)).toEqual(['set', 'set', 'at-work', 'at-work', 'at-work']);
  });

  test('of many modules is no longer than a header has room for, and is not full before the end', () => {
    const run = given(plan({ modules: modules(100) }), ...sealed('m0', 'm1', 'm2'));
    const stones = course(run.state);
    expect(stones).toHaveLength(16);
    expect(stones.filter((stone) => stone === 'set')).toHaveLength(0);
    expect(stones).toContain('at-work');
  });
});

describe('what holds modules up', () => {
  test('is nothing where no module waits', () => {
    expect(waiting(given(plan({ modules: { a: {}, b: {} } })).state)).toBeNull();
  });

  test('is what most wait for, and does not itself wait', () => {
    const chain = plan({
      modules: {
        a: {},
        b: { needs: ['a'] },
        c: { needs: ['b'] },
        d: { needs: ['b'] },
        e: { needs: ['b'] },
      },
    });
    expect(waiting(given(chain).state)).toMatchObject({
      count: 4,
      on: 'a',
      module: 'a',
      others: 0,
    });
    expect(waiting(given(chain, ...sealed('a')).state)).toMatchObject({ count: 3, on: 'b' });
  });

  test('can be a tier, which is no module to select', () => {
    const tiered = plan({
      modules: { a: {}, b: { needs: ['tier:front'] } },
      tiers: { front: { modules: ['a'] } },
    });
    const held = waiting(given(tiered, ...sealed('a')).state);
    expect(held).toMatchObject({ count: 1, on: 'tier front', module: null });
  });
});

test('nothing is said to be saved while work has taken as long as it would one by one', () => {
  const run = given(plan({ modules: { a: {} } })).passes(60_000);
  const told = chronicle(run.history)!;
  expect(saved(told, told.state.at + 60_000).value).toBe('nothing yet');
});

describe('finding a module', () => {
  const sketch = plan({ modules: { parser: {}, 'pretty-parser': {}, lexer: {} } });
  const wall = {
    ...sketch,
    streams: sketch.streams.map((stream) => ({ ...stream, title: 'Main line' })),
    modules: sketch.modules.map((module) => ({ ...module, purpose: `Makes the ${module.id}.` })),
  };

  test('puts names that begin with the word before those that hold it', () => {
    expect(findModules(wall, ' PARS')).toEqual([
      { module: 'parser', by: '' },
      { module: 'pretty-parser', by: '' },
    ]);
  });

  test('looks into purposes last, and says so', () => {
    const found = [{ module: 'lexer', by: 'purpose: Makes the lexer.' }];
    expect(findModules(wall, 'makes the l')).toEqual(found);
    expect(findModules(wall, 'l').map(({ by }) => by)).toEqual([
      '',
      'stream: Main line',
      'stream: Main line',
    ]);
  });

  test('shows of a long purpose where it matched', () => {
    const [first, ...others] = wall.modules;
    const purpose = 'Reads a program from its beginning and yields a syntax tree.';
    const long = { ...wall, modules: [{ ...first!, purpose }, ...others] };
    expect(findModules(long, 'synt')).toEqual([
      { module: 'parser', by: 'purpose: … syntax tree.' },
    ]);
  });

  test('finds by a path that is owned', () => {
    const [first, ...others] = wall.modules;
    const owning = { ...wall, modules: [{ ...first!, owns: ['src/grammar/**'] }, ...others] };
    expect(findModules(owning, 'grammar')).toEqual([
      { module: 'parser', by: 'owns: src/grammar/**' },
    ]);
  });

  test('finds nothing for nothing', () => {
    expect(findModules(wall, '  ')).toEqual([]);
  });
});
