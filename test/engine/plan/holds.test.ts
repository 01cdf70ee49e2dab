import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../src/engine/plan/diagnostic.ts';
import { checkFiles, vacuousIssue, type PlanFiles } from '../../../src/engine/plan/holds.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan } from './good-plan.ts';

const prose = 'Takes notes and gives them back, each as it was; an unknown one is null.';
const modules = ['store', 'search', 'server'];
const files = new Map([
  ['spec/notes.md', 'What a note is.'],
  ...modules.flatMap((name): [string, string][] => [
    [`contracts/${name}.md`, `# ${name}\n\n${prose}\n`],
    [`tests/${name}/unit.test.js`, ''],
    [`stubs/${name}/src/${name}/index.js`, ''],
  ]),
]);

function source(
  changes: readonly (readonly [string, string | null])[],
  more: object = {},
): PlanFiles {
  const all = new Map(files);
  for (const [path, text] of changes) {
    if (text === null) all.delete(path);
    else all.set(path, text);
  }
  return {
    list: () => [...all.keys()],
    read: (path) => all.get(path) ?? null,
    submodules: [],
    lfs: [],
    ...more,
  };
}

const { plan, locate } = loadPlan(goodPlan, 'notes.plan.yaml');
if (plan === null) throw new Error('the good plan is good');
const found = (files: PlanFiles): string[] =>
  locate(checkFiles(plan, files)).map((each) => formatDiagnostic(each).split('\n')[0] ?? '');

describe('the files of a plan', () => {
  it('hold where all are there', () => {
    expect(found(source([]))).toEqual([]);
  });

  it.each([
    ['spec/notes.md', null, '6:19 source-of-truth-missing spec/notes.md does not exist'],
    ['contracts/store.md', null, '26:13 contract-missing contracts/store.md does not exist'],
    [
      'contracts/store.md',
      '# Store\n',
      '26:13 no-contract-paragraph contracts/store.md holds no paragraph of at least 40 characters',
    ],
    ['tests/store/unit.test.js', null, '27:15 tests-missing no file matches "tests/store/**"'],
    ['stubs/store/src/store/index.js', null, '28:13 stub-missing no file matches "stubs/store/**"'],
  ])('%s as %j', (path, text, line) => {
    expect(found(source([[path, text]]))).toEqual([`notes.plan.yaml:${line}`]);
  });

  it('lie in no submodule where modules own or are tested', () => {
    expect(found(source([], { submodules: ['src/store/vendor', 'tests', 'lib'] }))).toEqual([
      'notes.plan.yaml:24:12 submodule-in-paths src/store/vendor is a submodule',
      'notes.plan.yaml:27:15 submodule-in-paths tests is a submodule',
      'notes.plan.yaml:40:15 submodule-in-paths tests is a submodule',
      'notes.plan.yaml:53:15 submodule-in-paths tests is a submodule',
    ]);
  });

  it('are not in Git LFS where modules own or are tested', () => {
    expect(found(source([], { lfs: ['assets/big.bin', 'tests/search/big.bin'] }))).toEqual([
      'notes.plan.yaml:40:15 lfs-in-paths tests/search/big.bin is kept in Git LFS',
    ]);
  });
});

describe('a contract that proves nothing', () => {
  const [store] = plan.modules;
  it.each([
    [{ kind: 'passes', on: 'stub' }, 'vacuous-contract all tests of store pass on its stub'],
    [
      { kind: 'passes', on: 'nothing' },
      'vacuous-contract all tests of store pass on nothing at all',
    ],
    [
      { kind: 'does-not-load', says: 'SyntaxError' },
      'stub-does-not-load the tests of store cannot be listed on its stub: SyntaxError',
    ],
  ] as const)('%j is told at its tests', (result, says) => {
    const [diagnostic] = locate([vacuousIssue(store!, result)]);
    expect(formatDiagnostic(diagnostic!)).toContain(`notes.plan.yaml:27:7 ${says}`);
  });
});
