import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { fold } from '../../src/core/evolve.ts';
import { handoffsAt, isOpen } from '../../src/core/handoff.ts';
import { moduleId } from '../../src/core/ids.ts';
import { moduleNode } from '../../src/core/lookup.ts';
import { chronicle } from '../../src/core/projections/chronicle.ts';
import { moduleStatuses } from '../../src/core/projections/module-status.ts';
import { fromSnapshot, toSnapshot } from '../../src/core/snapshot.ts';
import { upcastEvent } from '../../src/core/upcast.ts';
import { given, type Move, type Scenario } from '../support/scenario.ts';
import { tree } from '../support/scenario-beginning.ts';
import { endsWell } from '../support/scenario-drive.ts';
import { asks, gives } from '../support/scenario-handoffs.ts';
import {
  effectOf,
  judged,
  listed,
  planned,
  sealed,
  splitFails,
  splits,
  submits,
  takenOver,
} from '../support/scenario-moves.ts';
import { amends, cancels } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const large = plan({
  modules: {
    core: {},
    engine: {
      needs: ['core'],
      budget: { attempts: 1, turns: 41 },
      onExhausted: ['split', 'escalate'],
    },
    shell: { needs: ['engine'] },
  },
  tiers: { all: { modules: ['core', 'engine', 'shell'] } },
  gates: { accept: { requires: ['tier:all', 'engine'], checks: ['whole'] } },
});

/** `engine` has used its budget up. */
const exhausted = (): Scenario =>
  given(large, ...sealed('core'), submits('engine'), judged('engine', { unit: 'failed' }));

const parts = ['engine-a', 'engine-b'];

describe('a module that is too large', () => {
  it('is given to a planner to be split', () => {
    const run = exhausted().leaves({ engine: 'amending' });
    expect(effectOf(run.state, 'split', 'engine')).toMatchObject({ type: 'split' });
    expect(moduleStatuses(run.state)[1]?.text).toBe('Being split');
  });

  it('is replaced by its parts, and whatever needed it needs all of them', () => {
    const run = exhausted()
      .when(splits('engine', parts))
      .then(
        { type: 'module-split', module: moduleId('engine'), into: parts.map(moduleId) },
        'verification-started',
        'verification-started',
      )
      .leaves({
        core: 'sealed',
        'engine-a': 'verifying',
        'engine-b': 'verifying',
        shell: 'waiting',
      });
    const { plan: next } = run.state;
    expect(next.modules.map(({ id }) => id)).toEqual(['core', 'engine-a', 'engine-b', 'shell']);
    expect(next.modules[3]?.needs.map(({ on }) => on)).toEqual([
      'module:engine-a',
      'module:engine-b',
    ]);
    expect(next.tiers[0]).toMatchObject({
      modules: ['core', 'shell'],
      includes: ['engine-whole'],
    });
    expect(next.tiers[1]).toMatchObject({
      ...{ id: 'engine-whole', modules: ['engine-a', 'engine-b'] },
      checks: [{ name: 'unit', between: ['engine-a', 'engine-b'] }],
      keeps: { contract: 'tree-engine-contract-1', listing: 'digest-engine-tests-1' },
    });
    expect(next.gates[0]?.requires).toEqual(['tier:all', 'tier:engine-whole']);
    expect(next.modules.slice(1, 3).map(({ budget }) => budget.turns)).toEqual([20, 20]);
    expect(run.module('engine-a')).toMatchObject({
      seed: tree('engine-a-seed'),
      contract: { version: 1, history: [{ source: 'split' }] },
    });
    run.when(listed('engine-a'), listed('engine-b')).leaves({
      'engine-a': 'generating',
      'engine-b': 'waiting',
    });
    endsWell(run);
    expect(run.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
    expect(run.state.sealed).toBe(4);
  });

  it('replays to the same state at every moment, and its time and judgements are kept', () => {
    const run = exhausted().when(splits('engine', parts));
    endsWell(run);
    for (let seq = 1; seq <= run.history.length; seq++) {
      const state = fold(null, run.history.slice(0, seq));
      expect(fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state!))))).toEqual(state);
      const told = chronicle(run.history.slice(0, seq))!;
      expect(told.timeline.lanes.length).toBe(told.state.graph.streamBase);
      expect(told.history.submissions.length).toBe(told.state.modules.length);
    }
    const told = chronicle(run.history)!;
    expect(told.history.verdicts.some(({ name }) => name === 'engine')).toBe(true);
    expect(told.history.latest.get(0)?.name).toBe('core');
  });

  it.each([
    ['a name that is taken', { id: 'core' }, /a module core already/],
    ['a name that belongs to a role', { id: 'arbiter' }, /arbiter is a name of ours/],
    ['a name that is none', { id: 'A b' }, /not the name of a module/],
    ['paths that it does not own', { owns: ['src/shell/**'] }, /not within what engine owns/],
    ['paths that another part owns', { owns: ['src/engine/**'] }, /both own/],
    ['a need that is no part', { needs: ['shell'] }, /needs shell/],
    ['a cycle', { needs: ['engine-b'] }, /cycle/],
  ])('is asked for once more where a part has %s', (_, over, message) => {
    const run = exhausted().when(splits('engine', parts, over));
    run.then(
      { type: 'amendment-failed', code: 'invalid-split', retryable: true },
      {
        type: 'amendment-started',
        epoch: 2,
      },
    );
    const [failed] = run.events.filter(({ type }) => type === 'amendment-failed');
    expect(failed).toMatchObject({ message: expect.stringMatching(message) });
    run
      .when(splits('engine', parts, over))
      .then('amendment-failed', { type: 'module-escalated', reason: 'exhausted' });
  });

  it('is taken to the next step where no planner splits it', () => {
    exhausted()
      .when(splitFails('engine', false))
      .then('amendment-failed', { type: 'module-escalated', reason: 'exhausted' });
  });

  it('is asked for again by another driver, and a person’s contract goes before it', () => {
    exhausted()
      .when(takenOver)
      .then('driver-started', 'amendment-failed', { type: 'amendment-started', epoch: 2 })
      .when(amends('engine', 'by-hand'))
      .then({ type: 'contract-amended', source: 'person' })
      .when(splits('engine', parts))
      .then({ type: 'amendment-failed', code: 'superseded' }, 'verification-started');
  });

  it('leaves its parts what it was given, what it is to get, and what it is to give', () => {
    const given3 = plan({
      modules: {
        core: {},
        engine: { budget: { attempts: 1 }, onExhausted: ['split'], soft: ['core'] },
        shell: { soft: ['engine'] },
        tools: {},
      },
      handoffs: ['engine > shell: commands', 'tools > engine: formats', 'core > engine: types'],
    });
    const run = given(given3, ...sealed('core'));
    run.when(gives('tools', { to: 'engine', items: ['formats'], partial: true, files: 'draft' }));
    run.when(submits('engine'), judged('engine', { unit: 'failed' }), ...sealed('tools'));
    run.leaves({ engine: 'amending', shell: 'generating', tools: 'sealed' });
    run.when(splits('engine', parts));
    const open = run.state.handoffs.toArray().filter(isOpen);
    expect(open.map(({ from, to, items }) => `${from} > ${to}: ${items.join()}`)).toEqual([
      'engine-a > shell: commands',
      'engine-b > shell: commands',
    ]);
    run.when(listed('engine-a'), listed('engine-b')).leaves({ 'engine-a': 'generating' });
    const { has } = run.state.exchanges.get(moduleNode(run.state, moduleId('engine-a')));
    const got = handoffsAt(run.state, has).map(({ from, content }) => [from, content?.tree]);
    expect(got).toEqual([
      ['tools', 'tree-tools-1'],
      ['core', 'tree-core-1'],
    ]);
    run.when(...sealed('engine-a'), ...sealed('engine-b'));
    expect(run.state.openHandoffs).toBe(0);
  });

  it('leaves its parts to wait for what was asked for', () => {
    const waiting = plan({
      modules: { core: {}, engine: { budget: { attempts: 1 }, onExhausted: ['split'] } },
    });
    const run = given(waiting, asks('engine', 'core', 'types'));
    run.when(gives('core', { items: ['types'], partial: true }));
    run.when(submits('engine'), judged('engine', { unit: 'failed' }), splits('engine', parts));
    run.when(listed('engine-a'));
    const { awaits, has } = run.state.exchanges.get(moduleNode(run.state, moduleId('engine-a')));
    expect(handoffsAt(run.state, awaits)).toMatchObject([{ from: 'core', items: ['types'] }]);
    expect(handoffsAt(run.state, has)).toMatchObject([{ content: { note: 'about types' } }]);
    run.when(...sealed('core'));
    expect(run.state.openHandoffs).toBe(0);
  });

  it('is forgotten with its tests where a planner wrote them', () => {
    const theirs = plan({
      modules: {
        core: {},
        engine: { contract: 'planner', budget: { attempts: 1 }, onExhausted: ['split'] },
      },
    });
    const split = (...amended: readonly Move[]) =>
      given(theirs, planned('engine', 'engine-1'), listed('engine'), ...amended).when(
        ...[submits('engine'), judged('engine', { unit: 'failed' }), splits('engine', parts)],
      );
    expect(split().state.plan.tiers).toEqual([]);
    // What a person amended is a person's.
    const byHand = split(amends('engine', 'by-hand'), submits('engine'), listed('engine'));
    expect(byHand.state.plan.tiers).toMatchObject([{ id: 'engine-whole', keeps: {} }]);
    endsWell(byHand);
    expect(byHand.state.phase).toMatchObject({ outcome: 'complete' });
  });

  it('replays from a journal that knows of fewer things in a plan', () => {
    const run = exhausted().when(splits('engine', parts));
    const old = run.history.map((event) => {
      if (event.type !== 'run-started' && event.type !== 'module-split') return event;
      const { models: _, ...older } = event.plan;
      return { ...event, plan: older } as unknown as RunEvent;
    });
    expect(fold(null, old.map(upcastEvent))).toEqual(run.state);
  });

  it('has whoever waited for its contract go on: its parts have others', () => {
    const partners = plan({
      modules: {
        design: { feedback: { build: 1 }, budget: { attempts: 1 }, onExhausted: ['split'] },
        build: {},
      },
    });
    const more = { findings: { design: ['still not'] } };
    const again = { unit: 'failed' } as const;
    const run = given(partners, submits('build', more), judged('build', again));
    run.when(submits('build', more), judged('build'), submits('design'), judged('design', again));
    run.leaves({ build: 'escalated', design: 'amending' });
    run
      .when(splits('design', ['design-a', 'design-b']))
      .then(
        'module-split',
        { type: 'module-resumed', module: moduleId('build'), after: moduleId('design') },
        'verification-started',
        'verification-started',
        { type: 'generation-started', module: moduleId('build') },
      );
    expect(run.state.needPerson).toBe(0);
    endsWell(run);
    expect(run.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  });

  it('takes with it what is being judged on its stub', () => {
    const soft = plan({
      modules: {
        core: {},
        engine: { budget: { attempts: 1 }, onExhausted: ['split'] },
        shell: { soft: ['engine'] },
      },
    });
    given(soft, submits('engine'), judged('engine', { unit: 'failed' }), submits('shell'))
      .leaves({ engine: 'amending', shell: 'evaluating' })
      .when(splits('engine', parts))
      .when(judged('shell', { unit: 'failed' }))
      .then('evaluation-ended', 'evaluation-started');
  });

  it('that is gone takes no results any more', () => {
    const run = exhausted();
    const late = run.told(splits('engine', parts));
    run.when(late).when(late).then('late-result-rejected').when(amends('engine', 'x'));
    run.refused('unknown-module').when(cancels);
  });
});
