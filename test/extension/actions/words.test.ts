import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { approvalDetail } from '../../../src/extension/actions/approval-words.ts';
import { replay } from '../../../src/core/projections/timeline.ts';
import { budgetRows, readBound } from '../../../src/extension/actions/budget-words.ts';
import { sentence } from '../../../src/extension/actions/sentence.ts';
import { followsFrom } from '../../../src/extension/actions/follows-from.ts';
import { impactDetail } from '../../../src/extension/actions/impact-words.ts';
import { openGates } from '../../../src/extension/actions/open-gates.ts';
import { starterPlan } from '../../../src/extension/actions/starter-plan.ts';
import { whatStays } from '../../../src/extension/actions/what-stays.ts';
import { planNames } from '../../../src/extension/plan/plan-names.ts';
import { given } from '../../support/scenario.ts';
import { composed, sealed } from '../../support/scenario-moves.ts';
import { rejects } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const two = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] }, docs: {} },
  gates: { look: { requires: ['lexer'] } },
});
const asked = () => given(two, ...sealed('lexer'), composed('look', 's1'));

describe('before a person approves', () => {
  it('they read the whole digest and where the result lands', () => {
    const run = asked();
    const [gate] = openGates(run.state);
    const detail = approvalDetail(run.state, gate!);
    expect(detail).toContain(gate!.submission);
    expect(detail).toMatch(/lands (on branch ashlar\/|in \.ce-workspace\/runs\/)/);
  });

  it('a gate that was refused can still be approved', () => {
    const run = asked();
    expect(openGates(run.state)).toMatchObject([{ gate: 'look', refused: false }]);
    run.when(rejects('look', 's1'));
    expect(openGates(run.state)).toMatchObject([{ gate: 'look', refused: true }]);
  });
});

describe('a new bound', () => {
  const [tokens, , usd] = budgetRows(replay(asked().history)!, 0);

  it.each([
    ['20_000_000', 20_000_000],
    ['20M', 20_000_000],
    ['12,500k', 12_500_000],
  ])('can be written %s', (text, bound) => {
    expect(readBound(text, tokens!)).toBe(bound);
  });

  it('may be money with cents', () => {
    expect(readBound('$250.50', usd!)).toBe(250.5);
  });

  it.each(['', 'much', '-1', '1e9', '20000000.5', '5'])('is not %j', (text) => {
    expect(readBound(text, tokens!)).toBeTypeOf('string');
  });
});

it('before an amendment a person reads who is built, who is judged and who is left alone', () => {
  const run = given(two, ...sealed('lexer', 'parser', 'docs'));
  const follows = followsFrom(run.history, moduleId('lexer'), 'reopen');
  if ('refused' in follows) throw new Error(follows.refused);
  const detail = impactDetail(follows, 'columns count from 1');
  expect(detail).toContain('Reason: columns count from 1');
  expect(detail).toContain('• lexer is built again to contract v2');
  expect(detail).toContain('• parser is judged again');
  expect(detail).toContain('Untouched: docs.');
  expect(detail).toMatch(/By what it cost before: (about )?\$\d/);
  const unknown = follows.rows.map((row) => ({ ...row, microUsd: null }));
  expect(impactDetail({ ...follows, rows: unknown }, 'x')).toContain('is not known.');
  const [first, ...others] = follows.rows;
  const partly = [{ ...first!, microUsd: null }, ...others];
  expect(impactDetail({ ...follows, rows: partly }, 'x')).toContain('is not known yet.');
});

it('before a run is cancelled a person reads what stays', () => {
  expect(whatStays(0)).toContain('Nothing is sealed yet.');
  expect(whatStays(3)).toContain('The 3 sealed modules stay');
});

it('a message of the engine becomes a sentence', () => {
  expect(sentence('the run is over (complete); start a new one')).toBe(
    'The run is over (complete); start a new one.',
  );
  expect(sentence('Look at that first!')).toBe('Look at that first!');
  expect(sentence('run 3ab2 is over.')).toBe('Run 3ab2 is over.');
  expect(sentence('wait... it is held')).toBe('Wait... it is held.');
});

it.for(['tiny-lang.plan.yaml is refused: 1 error.', 'contracts/lexer is missing.'])(
  'a sentence that begins with the name of a file keeps it as it is: %s',
  (message) => {
    expect(sentence(message)).toBe(message);
  },
);

it('the plan to begin with is sound as it stands, with the names that it was given', () => {
  const text = starterPlan('my-lib');
  const { plan: read, diagnostics } = loadPlan(text, 'my-lib.plan.yaml');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(read?.artifact.name).toBe('my-lib');
  expect(planNames(text)).toMatchObject({
    artifact: 'my-lib',
    modules: ['reader', 'writer', 'command'],
    tiers: ['all'],
    gates: ['accept', 'ship'],
    streams: ['core', 'tooling'],
  });
});
