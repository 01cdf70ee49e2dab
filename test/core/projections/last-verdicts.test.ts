import { describe, expect, it } from 'vitest';
import { nodeRef, treeId } from '../../../src/core/ids.ts';
import { gateResults } from '../../../src/core/projections/gate-results.ts';
import { GateTree } from '../../../src/core/projections/gate-tree.ts';
import { LastVerdicts, type JudgedGate } from '../../../src/core/projections/last-verdicts.ts';
import { PathOwners } from '../../../src/core/projections/path-owners.ts';
import {
  judgedName,
  judgedWord,
  standingOf,
  verdictNotes,
  type Standing,
} from '../../../src/core/projections/verdict-notes.ts';
import type { CheckResult, Evidence } from '../../../src/core/verdict.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { composed, integrated, judged, sealed, submits } from '../../support/scenario-moves.ts';
import { amends, rejects, reopens } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const three = plan({
  modules: { lexer: { checks: { unit: {}, lint: {} } }, parser: { needs: ['lexer'] }, docs: {} },
  tiers: { front: { modules: ['lexer', 'parser'], checks: ['cross'] } },
  gates: {
    accept: { requires: ['tier:front'], checks: ['golden'] },
    look: { requires: ['docs'] },
  },
});
const lexer = nodeRef('module', 'lexer');

function follow(scenario: Scenario): LastVerdicts {
  const verdicts = new LastVerdicts();
  verdicts.follow(scenario.history);
  return verdicts;
}

const standing = (scenario: Scenario, verdicts = follow(scenario)): Standing | null => {
  const failed = verdicts.failed.get(lexer);
  return failed === undefined
    ? null
    : standingOf(scenario.state, failed, verdicts.last.get(lexer) ?? failed);
};

describe('the last verdicts of a run', () => {
  it('are those of each gate, with its checks and what was judged', () => {
    const run = given(three, submits('lexer'), judged('lexer', { unit: 'failed' }));
    const verdicts = follow(run);
    expect(verdicts.last.get(lexer)).toMatchObject({
      verdict: 'FAIL',
      of: { module: 'lexer', attempt: 1, version: 1 },
      checks: [
        { check: 'unit', outcome: 'failed' },
        { check: 'lint', outcome: 'passed' },
      ],
    });
    run.when(submits('lexer'), judged('lexer'));
    expect([...verdicts.follow(run.history)]).toEqual([lexer]);
    expect(verdicts.last.get(lexer)).toMatchObject({ verdict: 'PASS', of: { attempt: 2 } });
    expect(verdicts.last.get(lexer)?.checks).toHaveLength(2);
    expect(verdicts.failed.get(lexer)).toMatchObject({ verdict: 'FAIL', of: { attempt: 1 } });
    expect([...verdicts.follow(run.history)]).toEqual([]);
  });

  it('are those of tiers, gates and people, too', () => {
    const run = given(three, ...sealed('lexer', 'parser', 'docs'), composed('look', 's1'));
    run.when(integrated('tier:front', ['cross']));
    const failed = follow(run).failed.get(nodeRef('tier', 'front'));
    expect(failed).toMatchObject({ verdict: 'FAIL', of: null, checks: [{ check: 'cross' }] });
    run.when(rejects('look', 's1'));
    expect(follow(run).failed.get(nodeRef('gate', 'look'))).toMatchObject({
      ...{ verdict: 'FAIL', summary: 'not yet', checks: [] },
    });
  });

  it('stand until something happens, and say what', () => {
    const run = given(three, submits('lexer'), judged('lexer', { unit: 'failed' }));
    // A builder is at it at once.
    expect(standing(run)).toBe('revised');
    run.when(amends('lexer', 'c2'));
    expect(standing(run)).toBe('amended');
    expect(follow(run).asked(lexer)).toMatchObject([{ reason: 'it was unclear', version: 2 }]);
    const other = given(three, submits('lexer'), judged('lexer', { unit: 'failed' }));
    other.when(submits('lexer'), judged('lexer'));
    expect(standing(other)).toBe('sealed');
    other.when(reopens('lexer', 'c2'));
    expect(standing(other)).toBe('passed');
  });
});

const evidence = (more: Partial<Evidence>): Evidence => ({
  ...{ kind: 'test', check: 'unit', test: 'ends', file: 'tests/a.js', line: 7, says: 'no' },
  ...more,
});
const result = (more: Partial<CheckResult>): CheckResult => ({
  ...{ check: 'unit', outcome: 'passed', passed: 2, failed: 0, durationMs: 400, cached: false },
  evidence: [],
  ...more,
});
const judgedGate = (more: Partial<JudgedGate>): JudgedGate => ({
  ...{ gate: lexer, seq: 9, at: 0, verdict: 'FAIL', summary: '', evidence: [], checks: [] },
  of: null,
  ...more,
});

describe('notes of verdicts', () => {
  it('believe no path that leads outside, no line that is none, and nothing that would be obeyed', () => {
    const bad = verdictNotes(
      judgedGate({
        evidence: [
          evidence({ file: '../../etc/passwd' }),
          evidence({ file: '/etc/passwd', line: 1 }),
          evidence({ file: 'C:\\x', line: 2 }),
          evidence({ file: '.git/config' }),
          evidence({ line: 0 }),
          evidence({ line: 1.5 }),
          evidence({ line: 1e9 }),
          evidence({ says: 'a\u001b[2Jb\u202ec\nd', test: 'x\ny\u0007', check: null }),
        ],
      }),
    );
    expect(bad.map(({ file, line }) => [file, line])).toEqual([
      ...Array.from({ length: 4 }, () => [null, null]),
      ...Array.from({ length: 3 }, () => ['tests/a.js', null]),
      ['tests/a.js', 7],
    ]);
    expect(bad.at(-1)).toMatchObject({ says: 'abc\nd', test: 'x y', who: 'gate' });
  });

  it('are bounded in number and length', () => {
    const many = Array.from({ length: 500 }, () => evidence({ says: 'x'.repeat(100_000) }));
    const notes = verdictNotes(judgedGate({ evidence: many }));
    expect(notes).toHaveLength(20);
    expect(notes[0]?.says.length).toBeLessThanOrEqual(3_000);
  });
});

describe('results of a gate as tests', () => {
  it('leave a failure to the check that says it', () => {
    const told = [evidence({})];
    const checks = [
      result({ outcome: 'failed', passed: 1, failed: 1, evidence: told }),
      result({ check: 'lint', cached: true, passed: 0 }),
    ];
    expect(gateResults(judgedGate({ checks, evidence: told }))).toMatchObject([
      {
        ...{ check: 'unit', state: 'failed', durationMs: 400 },
        notes: [{ file: 'tests/a.js', line: 7, test: 'ends', says: 'no' }],
        output: ['unit failed, 1 of 2 tests passed (0.4 s)'],
      },
      { check: 'lint', state: 'passed', output: ['lint passed (0.4 s), as it was kept'] },
    ]);
  });

  it('tell what a reviewer says of the gate itself, also about a check that passed', () => {
    const said = [
      evidence({ kind: 'review', check: null, file: 'src/a.js', says: 'no limit' }),
      evidence({ kind: 'review', file: null, line: null, says: 'it tests too little' }),
    ];
    const verdict = 'NEEDS_REVISION';
    const results = gateResults(judgedGate({ verdict, evidence: said, checks: [result({})] }));
    expect(results).toMatchObject([
      { check: 'unit', state: 'passed', notes: [] },
      {
        ...{ check: null, state: 'failed' },
        notes: [{ says: 'no limit', who: 'reviewer' }, { says: 'it tests too little' }],
      },
    ]);
  });

  it('have a message where nobody said anything, and an error where there is no verdict', () => {
    const verdict = 'NEEDS_REVISION';
    const [, silent] = gateResults(judgedGate({ verdict, checks: [result({})] }));
    expect(silent?.notes).toMatchObject([{ says: 'lexer: NEEDS_REVISION' }]);
    const checks = [result({ outcome: 'unstable' })];
    expect(gateResults(judgedGate({ verdict: null, checks }))[0]).toMatchObject({
      ...{
        state: 'errored',
        notes: [{ says: 'unit gave two outcomes, 2 of 2 tests passed (0.4 s)' }],
      },
    });
    expect(gateResults(judgedGate({ verdict: 'PASS', checks: [] }))).toMatchObject([
      { check: null, state: 'passed', notes: [] },
    ]);
  });

  it('name what was judged', () => {
    const of = {
      module: three.modules[0]!.id,
      attempt: 2,
      version: 1,
      tree: treeId('a'.repeat(40)),
    };
    expect(judgedName(judgedGate({ of }))).toBe('FAIL · lexer, attempt 2');
    expect(judgedWord(judgedGate({ of }))).toBe('FAIL, attempt 2');
    expect(judgedWord(judgedGate({ verdict: null }))).toBe('no verdict');
    expect(judgedName(judgedGate({ gate: nodeRef('tier', 'front') }))).toBe('FAIL · tier front');
  });
});

it('the tree of gates holds every gate once: tiers with their modules, then the others', () => {
  const tree = new GateTree(three);
  expect(tree.top).toEqual(['tier:front', 'module:docs', 'gate:accept', 'gate:look']);
  expect(tree.size).toBe(6);
  expect(tree.branch(nodeRef('tier', 'front'))).toMatchObject({
    ...{ checks: ['cross'], below: [lexer, 'module:parser'] },
  });
  expect(tree.branch(lexer)?.checks).toEqual(['unit', 'lint']);
  expect(tree.branch(nodeRef('gate', 'look'))?.checks).toEqual([]);
  expect(tree.branch(nodeRef('gate', 'other'))).toBeNull();
});

it('the owner of a path is found by its folder', () => {
  const owns = (...patterns: string[]) => ({ ...three.modules[0]!, owns: patterns });
  const owners = new PathOwners({
    modules: [owns('src/lexer/**'), owns('docs/reference.md', '*.toml'), owns('src/*/parser.js')],
  });
  const found = ['src/lexer/a/b.js', 'src/lexer', 'docs/reference.md', 'docs/other.md', 'a.toml'];
  expect(found.map((path) => owners.of(path))).toEqual([0, 0, 1, null, 1]);
  expect(
    ['src/x/parser.js', 'src/parser.js', '', '/a.toml'].map((path) => owners.of(path)),
  ).toEqual([2, null, null, null]);
});
