import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaIssues } from '../../../src/core/plan/schema-issues.ts';
import { planFile } from '../../../src/core/plan/schema.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan, spoil } from './good-plan.ts';

const told = (text: string): (string | number)[][] =>
  loadPlan(text, 'a').diagnostics.map(({ line, code }) => [line, code]);
const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part)).split('\n').length;

describe('what cannot be read of a plan', () => {
  it('hides nothing else that is wrong with it', () => {
    const text = spoil(
      'tokens: 250000',
      'tokens: [many]',
      spoil(
        'needs: [store]',
        'needs: [store, server, nobody]',
        spoil(
          'owns: [src/search/**]',
          'owns: [src/store/x]',
          spoil('stallMinutes: 5', 'stallMinutes: x', stalling),
        ),
      ),
    );
    expect(told(text)).toEqual(
      expect.arrayContaining([
        [lineOf(text, 'stallMinutes'), 'wrong-type'],
        [lineOf(text, 'src/store/x'), 'overlapping-owns'],
        [lineOf(text, 'nobody'), 'unknown-name'],
        [lineOf(text, 'nobody'), 'dependency-cycle'],
        [lineOf(text, 'tokens: [many]'), 'wrong-type'],
      ]),
    );
    expect(told(text)).toHaveLength(5);
  });

  it('leaves a circle a circle, at its place behind an entry that is none', () => {
    const text = spoil(
      'needs: [store]',
      'needs:\n      - 7\n      - search\n      - store',
      spoil('owns: [src/search/**]', 'needs: [server]\n    owns: [src/search/**]'),
    );
    expect(told(text)).toEqual([
      [lineOf(text, 'needs: [server]'), 'dependency-cycle'],
      [lineOf(text, '- 7'), 'wrong-type'],
    ]);
  });

  it('is no reason to doubt who refers to it', () => {
    const text = spoil(
      '  search:\n',
      '  search: later\n  finder:\n',
      spoil('[store]', '[store, search]'),
    );
    expect(told(text)).toEqual([[lineOf(text, 'search: later'), 'wrong-type']]);
  });
});

const stalling = goodPlan.replace('streams:\n', 'stallMinutes: 5\nstreams:\n');

type Path = readonly (string | number)[];

function* placesIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  const copy: unknown = structuredClone(value);
  const at = copy as Record<string | number, unknown>;
  at[step] = replaced(at[step], rest, by);
  return copy;
}

describe('wherever the one fault of a plan lies, nothing else is said to be wrong', () => {
  const good: unknown = parse(goodPlan);
  const wrong = [null, true, -1, 'no such thing at all', [], [[1]]];

  it.each([...placesIn(good)].map((path) => [path.join('.'), path] as const))('%s', (_, path) => {
    for (const by of wrong) {
      const data = replaced(good, path, by);
      const parsed = planFile.safeParse(data);
      if (parsed.success) continue;
      const own = schemaIssues(parsed.error.issues, data).map(({ code, message }) => [
        code,
        message,
      ]);
      const text = JSON.stringify(data, null, 1);
      const found = loadPlan(text, 'a').diagnostics.map(({ code, message }) => [code, message]);
      expect([by, found.toSorted()]).toEqual([by, own.toSorted()]);
    }
  });
});
