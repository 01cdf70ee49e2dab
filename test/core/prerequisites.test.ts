import { describe, expect, it } from 'vitest';
import { elapsedMs } from '../../src/core/allowance.ts';
import { runHold } from '../../src/core/hold.ts';
import { outstanding } from '../../src/core/outstanding.ts';
import { needsYou } from '../../src/core/projections/needs-you.ts';
import { givenRun, type Move, type Scenario } from '../support/scenario.ts';
import { checksPrerequisites } from '../support/scenario-beginning.ts';
import { closed, takenOver } from '../support/scenario-moves.ts';
import { cancels, pauses, resumes } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const minute = 60_000;

const begun = (): Scenario =>
  givenRun({
    plan: plan({ modules: { lexer: {} }, prerequisites: ['node', 'docker'] }),
    until: 'prerequisites',
  });

const tells =
  (name: string, passed: boolean): Move =>
  ({ phase }) => ({
    type: 'record-prerequisite',
    order: phase.at === 'checking' ? phase.order : (0 as never),
    result: { name, passed, evidence: [] },
  });

describe('prerequisites', () => {
  it('are told one by one, and work starts when all hold', () => {
    begun()
      .when(tells('docker', true))
      .then('prerequisite-checked')
      .when(tells('docker', false))
      .then()
      .when(checksPrerequisites())
      .then({ type: 'prerequisite-checked', name: 'node' }, 'go-given', 'generation-started');
  });

  it('that do not hold leave the run waiting for a person, with nothing started', () => {
    const run = begun()
      .when(checksPrerequisites('docker'))
      .then(
        { type: 'prerequisite-checked', name: 'node', passed: true },
        { type: 'prerequisite-checked', name: 'docker', passed: false },
        { type: 'prerequisites-missing', names: ['docker'] },
      );
    expect(run.state.phase.at).toBe('lacking');
    expect(runHold(run.state)).toBe('lacking');
    expect(outstanding(run.state)).toEqual([]);
    expect(needsYou(run.state)).toMatchObject([
      {
        kind: 'prerequisites',
        says: 'Nothing has started: 1 prerequisite missing',
        detail: 'docker: it does not hold Run the command yourself, and mend what it says.',
      },
    ]);
  });

  it('are all checked again when the person resumes, and then work starts', () => {
    const run = begun()
      .when(checksPrerequisites('docker'))
      .when(resumes)
      .then('run-resumed', 'prerequisites-check-started');
    expect(run.effects).toMatchObject([{ type: 'check-prerequisites' }]);
    run
      .when(checksPrerequisites('node'))
      .then('prerequisite-checked', 'prerequisite-checked', {
        type: 'prerequisites-missing',
        names: ['node'],
      })
      .when(resumes)
      .when(checksPrerequisites())
      .then('prerequisite-checked', 'prerequisite-checked', 'go-given', 'generation-started');
  });

  it('are checked anew by the next driver, whatever the last one had been told', () => {
    begun()
      .when(tells('node', false), takenOver)
      .when(checksPrerequisites())
      .then('prerequisite-checked', 'prerequisite-checked', 'go-given', 'generation-started');
  });

  it('of an earlier check come too late to count', () => {
    const run = begun();
    const late = run.told(checksPrerequisites());
    run
      .when(checksPrerequisites('node'), resumes)
      .when(late)
      .then('late-result-rejected')
      .when(run.told(late))
      .then('late-result-rejected');
    expect(run.state.phase.at).toBe('checking');
  });

  it('that are missing may wait long: it is no time of the run, once', () => {
    const run = begun().when(checksPrerequisites('docker'));
    const before = elapsedMs(run.state, run.state.at);
    run.passes(60 * minute).when(pauses);
    run.passes(60 * minute).when(takenOver);
    run.passes(60 * minute).when(resumes);
    expect(elapsedMs(run.state, run.state.at)).toBe(before);
  });

  it('that are missing let the run be cancelled', () => {
    begun()
      .when(checksPrerequisites('docker'))
      .when(cancels)
      .then('run-cancelled', { type: 'run-finished', outcome: 'cancelled' })
      .when(closed)
      .then('postmortem-written');
  });
});
