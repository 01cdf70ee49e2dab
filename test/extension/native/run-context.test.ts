import { expect, it } from 'vitest';
import { contextKeys } from '../../../src/extension/contributions.ts';
import { runContext } from '../../../src/extension/native/run-context.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { composed, sealed } from '../../support/scenario-moves.ts';
import { cancels, pauses } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const two = plan({
  modules: { lexer: {}, parser: {} },
  gates: { look: { requires: ['lexer'] } },
});

/** The keys that are set, by their short names. */
function set(run: Scenario | null, driver: 'here' | 'nobody' = 'here', drafts = 0): string[] {
  const shown = run === null ? null : { state: run.state, driver };
  const keys = runContext(shown, drafts);
  return Object.entries(contextKeys).flatMap(([name, key]) => (keys[key] ? [name] : []));
}

it('without a run nothing can be done', () => {
  expect(set(null)).toEqual([]);
});

it('a run that goes on can be amended; its first seal can be reopened', () => {
  expect(set(given(two))).toEqual(['hasRun', 'runOpen', 'runDriven', 'canAmend']);
  expect(set(given(two, ...sealed('lexer')))).toContain('canReopen');
});

it('a run of the example is known as such', () => {
  const { artifact } = two;
  const example = { ...two, artifact: { ...artifact, name: 'tiny-lang' } };
  expect(set(given(example))).toContain('exampleStarted');
  expect(set(given(two))).not.toContain('exampleStarted');
});

it('a gate that asks can be decided', () => {
  expect(set(given(two, ...sealed('lexer'), composed('look', 's1')))).toContain('waitsForApproval');
});

it('a paused run and one without a driver can go on', () => {
  expect(set(given(two, pauses))).toContain('runPaused');
  expect(set(given(two), 'nobody')).not.toContain('runDriven');
});

it('one whose driver cannot be seen from here can be taken over', () => {
  const { state } = given(two);
  const foreign = { pid: 7, host: 'there', nonce: '7'.repeat(32) };
  const keys = runContext({ state, driver: 'elsewhere', foreign }, 0);
  expect(keys).toMatchObject({ 'ashlar.runDriven': true, 'ashlar.runForeign': true });
  expect(set(given(two))).not.toContain('runForeign');
});

it('a cancelled run is over for good, and a draft is known', () => {
  const run = given(two, ...sealed('lexer'), cancels);
  expect(set(run, 'nobody')).toEqual(['hasRun']);
  expect(set(run, 'nobody', 1)).toEqual(['hasRun', 'hasDraft']);
});
