import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predict } from '../../../src/core/plan/predict.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Diagnostic } from '../../../src/engine/plan/diagnostic.ts';
import { checkFiles } from '../../../src/engine/plan/holds.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { edited } from './edited.ts';
import { goodPlan, spoil } from './good-plan.ts';

const advice = (text: string, code: Diagnostic['code']) =>
  loadPlan(text, 'p').diagnostics.filter((each) => each.code === code);
const planOf = (text: string): Plan => {
  const { plan, diagnostics } = loadPlan(text, 'p');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return plan!;
};
/** The text with the first edit of its only advice of that code. */
const mended = (text: string, code: Diagnostic['code']): string => {
  const [found, ...more] = advice(text, code);
  expect(more).toEqual([]);
  return edited(text, found!.edits[0]!.changes);
};
const replace = (text: string, ...pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((result, [from, to]) => spoil(from, to, result), text);

/** Here the server could begin half an hour sooner. */
const slow = spoil('minutes: 60, review: 2', 'minutes: 30, review: 2');

describe('a hard dependency on something with a stub', () => {
  it('could be soft, with the minutes that saves', () => {
    const [found] = advice(slow, 'could-be-soft');
    expect(found).toMatchObject({
      severity: 'advice',
      saves: { parallelMinutes: 21.5, criticalMinutes: 21.5 },
      edits: [
        {
          title: 'Make store soft: 21.5 minutes less',
          steps: [
            {
              op: 'set',
              path: ['modules', 'server', 'needs', 0],
              value: { module: 'store', kind: 'soft' },
            },
          ],
        },
      ],
    });
    expect(found?.message).toContain('saves 21.5 of 55.5 minutes');
  });

  it.each([
    ['a bare name', 'needs: [store]', 'needs: [{ module: store, kind: soft }]'],
    [
      'a name in a list over lines',
      'needs:\n      # before all\n      - store # it keeps them\n',
      'needs:\n      # before all\n      - { module: store, kind: soft } # it keeps them\n',
    ],
    ['a mapping', 'needs: [{ module: store }]', 'needs: [{ module: store, kind: soft }]'],
    [
      'a mapping with its kind',
      'needs:\n      - kind: "hard"\n        module: store',
      'needs:\n      - kind: soft\n        module: store',
    ],
    [
      'a mapping over lines',
      'needs:\n      - module: store # first\n\n',
      'needs:\n      - module: store # first\n        kind: soft\n\n',
    ],
  ])('is made soft where it stands: %s', (_, before, after) => {
    for (const eol of ['\n', '\r\n']) {
      const [text, wanted] = [before, after].map((needs) =>
        spoil('needs: [store]', needs, slow).replaceAll('\n', eol),
      );
      expect(mended(text!, 'could-be-soft')).toBe(wanted);
      expect(advice(wanted!, 'could-be-soft')).toEqual([]);
      const [old, now] = [predict(planOf(text!)), predict(planOf(wanted!))];
      expect(old.parallelMinutes - now.parallelMinutes).toBe(21.5);
    }
  });

  it('is not edited where an alias may stand for it elsewhere', () => {
    const text = replace(slow, ['needs: [store]', 'needs: &on [store]']);
    expect(advice(text, 'could-be-soft')).toMatchObject([{ edits: [] }]);
  });

  it('is no advice where nothing is saved, nor where the provider has no stub', () => {
    expect(advice(goodPlan, 'could-be-soft')).toEqual([]);
    const document = replace(
      slow,
      ['purpose: Keeps notes.\n', 'purpose: Keeps notes.\n    kind: document\n'],
      ['      stub: stubs/store/**\n', ''],
    );
    expect(advice(document, 'could-be-soft')).toEqual([]);
  });

  it('is no advice where the reviewers could not judge twice', () => {
    const text = replace(slow, ['reviewers: { max: 2 }', 'reviewers: { max: 1 }'], [
      'minutes: 20.5, review: 1',
      'minutes: 20.5, review: 22',
    ]); // prettier-ignore
    expect(advice(text, 'too-few-reviewers')).toEqual([]);
    expect(advice(text, 'could-be-soft')).toEqual([]);
  });

  it('is told for all that a module waits for where one alone saves nothing', () => {
    const text = replace(slow, ['needs: [store]', 'needs: [store, search]']);
    const [found] = advice(text, 'could-be-soft');
    expect(found?.message).toContain('the stubs of store and search');
    expect(found?.edits[0]?.steps).toHaveLength(2);
    const after = edited(text, found!.edits[0]!.changes);
    expect(after).toContain(
      'needs: [{ module: store, kind: soft }, { module: search, kind: soft }]',
    );
    const saved = predict(planOf(text)).parallelMinutes - predict(planOf(after)).parallelMinutes;
    expect(saved).toBe(found!.saves!.parallelMinutes);
  });

  it('is told for the best few, the best first, as in the example', () => {
    const text = readFileSync('examples/tiny-lang/tiny-lang.plan.yaml', 'utf8');
    const found = advice(text, 'could-be-soft');
    const minutes = found.map(({ saves }) => saves!.parallelMinutes);
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThanOrEqual(5);
    expect(minutes).toEqual(minutes.toSorted((a, b) => b - a));
    const before = predict(planOf(text));
    for (const { edits, saves } of found) {
      const after = predict(planOf(edited(text, edits[0]!.changes)));
      expect(before.parallelMinutes - after.parallelMinutes).toBeCloseTo(saves!.parallelMinutes, 1);
      expect(before.criticalMinutes - after.criticalMinutes).toBeCloseTo(saves!.criticalMinutes, 1);
    }
  });
});

describe('what checks share', () => {
  const both = (store: string, search: string): string =>
    replace(
      goodPlan,
      ['run: node --test tests/store,', `run: "${store}",`],
      ['run: node --test tests/search,', `run: "${search}",`],
    );

  it.each([
    ['node app.js --port 3000', 'PORT=3000 npm test', 'port 3000', 'port-3000'],
    ['curl localhost:5432', 'DB=postgres://me:pw@localhost/notes npm t', 'port 5432', 'postgres'],
    [
      'x redis://cache.test:6380/1',
      'y redis://cache.test:6380',
      'cache.test:6380',
      'cache-test-6380',
    ],
    [
      'docker compose -f a.yml up -d db; npm t',
      'docker-compose run --rm db psql',
      'service db',
      'db',
    ],
    ['node a.js > out.txt', 'node b.js --output ./out.txt', 'the file out.txt', 'out-txt'],
    ['node a.js 2>/tmp/x.log', 'node b.js | tee -a /tmp/x.log', 'the file /tmp/x.log', 'x-log'],
  ])('is to be declared: %s beside %s', (store, search, says, name) => {
    const text = both(store, search);
    const [found] = advice(text, 'undeclared-resource');
    expect(found?.message).toContain(`the checks of store and search use ${says}`);
    // Held for all of their time, nothing would be gained by building them side by side.
    const [judged, all] = found!.edits.map(({ changes }) => edited(text, changes));
    for (const after of [judged!, all!]) {
      const { plan } = loadPlan(after, 'p');
      expect(plan?.resources).toEqual([{ id: name, capacity: 1 }]);
      expect(advice(after, 'undeclared-resource')).toEqual([]);
    }
    const held = [{ resource: name, amount: 1 }];
    const [keeps, finds] = loadPlan(all!, 'p').plan!.modules;
    expect([keeps?.resources, finds?.resources]).toEqual([held, held]);
    const plan = planOf(judged!);
    const checks = plan.modules.flatMap((module) => module.checks);
    const holders = checks.filter(({ resources }) => resources.length > 0).map(({ run }) => run);
    expect(holders).toEqual([store, search]);
    const cost = predict(planOf(text)).parallelMinutes - predict(plan).parallelMinutes;
    expect(found?.saves?.parallelMinutes).toBeCloseTo(cost, 1);
  });

  it.each([
    ['node a.js --port 3000', 'node b.js --port 3001'],
    ['node a.js > /dev/null 2>&1', 'node b.js > /dev/null 2>&1'],
    ['node a.js > $TMPDIR/x', 'node b.js > $TMPDIR/x'],
    ['node a.js > src/store/x', 'node b.js > src/search/x'],
    ['mkdir -p 2024', 'mkdir -p 2024'],
    ['node -e x=>y', 'node -e x=>y'],
  ])('is nothing with %s beside %s', (store, search) => {
    expect(advice(both(store, search), 'undeclared-resource')).toEqual([]);
  });

  it('is nothing where a resource says so, at the modules or at their checks', () => {
    const text = replace(
      both('PORT=3000 x', 'PORT=3000 x'),
      ['streams:\n', 'resources: { web: 1 }\nstreams:\n'],
      ['    owns: [src/store/**]', '    resources: { web: 1 }\n    owns: [src/store/**]'],
      ['run: "PORT=3000 x", report: node }\n    estimate', 'run: "PORT=3000 x", report: node, resources: [web] }\n    estimate'],
    ); // prettier-ignore
    expect(advice(text, 'undeclared-resource')).toEqual([]);
  });

  it('is nothing between modules of which one waits for the other’s seal', () => {
    const text = replace(
      both('PORT=3000 x', 'y'),
      ['run: node --test tests/server,', 'run: PORT=3000 y,'],
    ); // prettier-ignore
    expect(advice(text, 'undeclared-resource')).toEqual([]);
  });

  it('is declared beside what is there, in the form that it has', () => {
    const text = replace(
      both('PORT=3000 x', 'PORT=3000 x'),
      ['streams:\n', 'resources:\n  port-3000: 2 # two of them\n  memory: 4\nstreams:\n'],
      ['    owns: [src/store/**]', '    resources: { port-3000: 1 }\n    owns: [src/store/**]'],
      ['    owns: [src/search/**]', '    resources:\n      - memory\n    owns: [src/search/**]'],
    );
    const after = mended(text, 'undeclared-resource');
    expect(after).toContain('resources:\n      - memory\n      - port-3000\n');
    expect(after).toContain('resources:\n  port-3000: 2 # two of them\n  memory: 4\nstreams:');
    const mapping = replace(text, ['resources:\n      - memory', 'resources: { memory: 2 }']);
    expect(mended(mapping, 'undeclared-resource')).toContain(
      'resources: { memory: 2, port-3000: 1 }',
    );
  });
});

describe('two modules that refer to each other', () => {
  it('softly may want feedback', () => {
    const text = replace(
      goodPlan,
      ['purpose: Keeps notes.', 'purpose: Keeps notes.\n    needs: [{ module: search, kind: soft }]'],
      ['purpose: Finds notes.', 'purpose: Finds notes.\n    needs: [{ module: store, kind: soft }]'],
    ); // prettier-ignore
    const after = mended(text, 'mutual-reference');
    expect(after).toBe(
      replace(
        goodPlan,
        ['purpose: Keeps notes.', 'purpose: Keeps notes.\n    needs: [{ module: search, kind: feedback }]'],
      ),
    ); // prettier-ignore
    expect(advice(after, 'mutual-reference')).toEqual([]);
  });

  it.each([
    ['Keeps notes for search.', 'Finds notes in store.'],
    ['Keeps what src/search/index.js finds.', 'Reads src/store/ alone.'],
  ])('in their purposes may want feedback: %s', (store, search) => {
    const text = replace(
      goodPlan,
      ['purpose: Keeps notes.', `purpose: ${store}`],
      ['purpose: Finds notes.', `purpose: ${search}`],
    );
    const after = mended(text, 'mutual-reference');
    expect(planOf(after).modules[0]?.needs).toEqual([
      { kind: 'feedback', on: 'module:search', rounds: 2 },
    ]);
    expect(advice(after, 'mutual-reference')).toEqual([]);
  });

  it('in their contracts may want feedback; what the purposes show is not told again', () => {
    const found = (text: string, store: string, search: string) => {
      const { plan, locate } = loadPlan(text, 'p');
      const contracts = new Map([
        ['contracts/store.md', `Takes notes, keeps them and gives them back as they were. ${store}`],
        ['contracts/search.md', `Takes words and gives all notes in which they stand. ${search}`],
        ['contracts/server.md', 'Answers requests out of what is kept and what is found.'],
      ]);
      const issues = checkFiles(plan!, {
        list: () => [
          ...['spec/notes.md', ...contracts.keys()],
          ...['store', 'search', 'server'].flatMap((id) => [`tests/${id}/a.js`, `stubs/${id}/a.js`]),
        ],
        read: (path) => contracts.get(path) ?? null,
        submodules: [],
        lfs: [],
      });
      return locate(issues).map(({ code }) => code);
    }; // prettier-ignore
    expect(found(goodPlan, '`search` asks it.', 'It reads `src/store/index.js`.')).toEqual([
      'mutual-reference',
    ]);
    expect(found(goodPlan, '`search` asks it.', 'It reads what lies there.')).toEqual([]);
    const said = replace(
      goodPlan,
      ['purpose: Keeps notes.', 'purpose: Keeps notes for search.'],
      ['purpose: Finds notes.', 'purpose: Finds notes in store.'],
    );
    expect(found(said, '`search` asks it.', 'It reads `src/store/index.js`.')).toEqual([]);
  });

  it('want none where one waits for the other’s seal, or something is said of them', () => {
    const speak = (...more: readonly (readonly [string, string])[]) =>
      replace(
        goodPlan,
        ['purpose: Keeps notes.', 'purpose: Keeps notes for server.'],
        ['purpose: Answers requests.', 'purpose: Answers requests to store.'],
        ...more,
      );
    expect(advice(speak(), 'mutual-reference')).toEqual([]);
    const soft = speak(['needs: [store]', 'needs: [{ module: store, kind: soft }]']);
    expect(advice(soft, 'mutual-reference')).toEqual([]);
    const apart = speak(['    needs: [store]\n', '']);
    expect(advice(apart, 'mutual-reference')).toHaveLength(1);
  });
});
