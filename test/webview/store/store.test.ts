import { describe, expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { Desk, DeskRun, Draft, RunKey } from '../../../src/protocol/board.ts';
import { standstill } from '../../../src/webview/standstill.ts';
import { createBoard } from '../../../src/webview/store.ts';
import { given } from '../../support/scenario.ts';
import { submits } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';
import { FakeHost } from './fake-host.ts';

const lexer = moduleId('lexer');

/** A run of two modules, as the host tells it. */
function run() {
  const { history, state } = given(plan({ modules: { lexer: {}, parser: { needs: ['lexer'] } } }));
  const key: RunKey = { folder: 'file:///work', run: state.run };
  const events = [...history];
  const half = Math.floor(events.length / 2);
  return { key, events, early: events.slice(0, half), late: events.slice(half) };
}

/** A connected board whose frames pass when the test says so. */
function boardWith(host = new FakeHost()) {
  const frames: (() => void)[] = [];
  const board = createBoard(host, (frame) => frames.push(frame));
  board.connect('board');
  const passFrame = (): number => {
    const due = frames.splice(0);
    for (const frame of due) frame();
    return due.length;
  };
  return { host, passFrame, state: () => board.store.getState(), store: board.store };
}

const seqOf = (board: ReturnType<typeof boardWith>) => board.state().chronicle?.state.seq ?? 0;

const deskOf = (desk: Partial<Desk>): Desk => ({
  ...{ at: 0, trusted: true, folders: [], runs: [], current: null, starting: null },
  ...desk,
});

const line = (key: RunKey, startedAt: number): DeskRun => ({
  ...{ key, startedAt, artifact: 'work', outcome: null, reason: '', paused: false, elapsedMs: 0 },
  ...{
    sealed: 0,
    modules: 2,
    spent: { tokens: 0, microUsd: 0, turns: 0, ms: 0 },
    money: 'known',
    needs: 0,
    driver: 'here',
  },
  problem: null,
});

const draft: Draft = { kind: 'amend', module: lexer, from: 1, files: [], problem: '' };

describe('a run whose folder is removed while it is shown', () => {
  const shown = () => {
    const { key, events } = run();
    const board = boardWith();
    const desk = (runs: readonly DeskRun[]) =>
      board.host.say({ type: 'desk', desk: deskOf({ runs }) });
    desk([]);
    board.host.say({ type: 'run', key, driver: 'here', n: 1, events });
    return { board, desk, key };
  };

  test('given a run that is on no list yet, then it is not called gone', () => {
    const { board, desk } = shown();
    desk([]);
    expect(standstill(board.state())).toBe(null);
  });

  test('given a run that was on the list, when it is on it no longer, then nothing can be done in it', () => {
    const { board, desk, key } = shown();
    desk([line(key, 1_000)]);
    expect(standstill(board.state())).toBe(null);
    desk([]);
    desk([]);
    expect(standstill(board.state())).toBe('Its folder is gone');
    expect(board.state().chronicle).not.toBe(null);
  });

  test('given a page that was built anew meanwhile, then the host says that it is gone', () => {
    const { key, events } = run();
    const board = boardWith();
    board.host.say({ type: 'desk', desk: deskOf({ runs: [] }) });
    board.host.say({ type: 'run', key, driver: 'nobody', n: 1, events, gone: true });
    board.host.say({ type: 'desk', desk: deskOf({ runs: [] }) });
    expect(standstill(board.state())).toBe('Its folder is gone');
  });

  test('when it is there again, then it can be acted on', () => {
    const { board, desk, key } = shown();
    desk([line(key, 1_000)]);
    desk([]);
    desk([line(key, 1_000)]);
    expect(standstill(board.state())).toBe(null);
  });
});

describe('the board folds what the host tells', () => {
  test('given a snapshot, when batches follow in order, then the run goes on from it', () => {
    const { key, events, early, late } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 7, events: early });
    expect(seqOf(board)).toBe(early.length);
    board.host.say({ type: 'events', run: key.run, n: 8, events: late });
    board.passFrame();
    expect(seqOf(board)).toBe(events.length);
    expect(board.state()).toMatchObject({ driver: 'here', key });
  });

  test('the board keeps all events, for what is told from the whole run; the side bar keeps none', () => {
    const { key, events, early, late } = run();
    const board = boardWith();
    const sidebar = boardWith();
    sidebar.store.setState({ surface: 'sidebar' });
    for (const each of [board, sidebar]) {
      each.host.say({ type: 'run', key, driver: 'here', n: 7, events: early });
      each.host.say({ type: 'events', run: key.run, n: 8, events: late });
      each.passFrame();
    }
    expect(board.state().moments.events).toEqual(events);
    expect(sidebar.state().moments.events).toEqual([]);
    board.host.say({ type: 'no-run' });
    expect(board.state().moments.events).toEqual([]);
  });

  test('many batches in one frame are folded and shown once', () => {
    const { key, early, late, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events: early });
    let shown = 0;
    board.store.subscribe((now, before) => {
      if (now.chronicle !== before.chronicle) shown++;
    });
    late.forEach((event, at) =>
      board.host.say({ type: 'events', run: key.run, n: at + 1, events: [event] }),
    );
    expect(shown).toBe(0);
    expect(board.passFrame()).toBe(1);
    expect(shown).toBe(1);
    expect(seqOf(board)).toBe(events.length);
  });

  test('given a gap, then a snapshot is asked for once and nothing is folded before it comes', () => {
    const { key, events, early, late } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events: early });
    board.host.say({ type: 'events', run: key.run, n: 2, events: late });
    board.host.say({ type: 'events', run: key.run, n: 3, events: late });
    board.passFrame();
    expect(board.host.resyncs).toBe(1);
    expect(seqOf(board)).toBe(early.length);
    board.host.say({ type: 'run', key, driver: 'here', n: 4, events });
    expect(seqOf(board)).toBe(events.length);
  });

  test('given batches that wait for a frame, when a snapshot comes, then they are not folded again', () => {
    const { key, events, early, late } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events: early });
    board.host.say({ type: 'events', run: key.run, n: 1, events: late });
    board.host.say({ type: 'run', key, driver: 'here', n: 2, events });
    board.passFrame();
    expect(seqOf(board)).toBe(events.length);
    expect(board.host.resyncs).toBe(0);
  });

  test('a batch of another run, or without a run, changes nothing', () => {
    const { key, early, late } = run();
    const board = boardWith();
    board.host.say({ type: 'events', run: key.run, n: 1, events: late });
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events: early });
    const other = '20260101-0000-zzzz' as RunKey['run'];
    board.host.say({ type: 'events', run: other, n: 1, events: late });
    board.passFrame();
    expect(seqOf(board)).toBe(early.length);
    expect(board.host.resyncs).toBe(0);
  });

  test('given events that do not follow, then a snapshot is asked for, and one that cannot be folded is refused in words', () => {
    const { key, early, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events: early });
    board.host.say({ type: 'events', run: key.run, n: 1, events: events.slice(-1) });
    board.passFrame();
    expect(board.host.resyncs).toBe(1);
    board.host.say({ type: 'run', key, driver: 'here', n: 2, events: events.slice(2) });
    expect(board.state().refusal).toMatch(/cannot be shown/);
    expect(board.state().chronicle).toBeNull();
    expect(board.host.resyncs).toBe(1);
  });

  test('modules that nothing happened to keep their identity', () => {
    const scenario = given(plan({ modules: { lexer: {}, vm: {} } }));
    const key: RunKey = { folder: 'file:///work', run: scenario.state.run };
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events: [...scenario.history] });
    const before = board.state().chronicle;
    scenario.when(submits('lexer'));
    const events = scenario.events;
    board.host.say({ type: 'events', run: key.run, n: 1, events });
    board.passFrame();
    const after = board.state().chronicle;
    expect(after?.state.modules.get(0)).not.toBe(before?.state.modules.get(0));
    expect(after?.state.modules.get(1)).toBe(before?.state.modules.get(1));
  });
});

describe('where a person is in the board', () => {
  test('survives a reload of the same run', () => {
    const { key, events } = run();
    const first = boardWith();
    first.host.say({ type: 'run', key, driver: 'here', n: 0, events });
    first.state().select(lexer);
    first.state().open('gates');
    const again = new FakeHost();
    again.state = first.host.state;
    const second = boardWith(again);
    second.host.say({ type: 'run', key, driver: 'here', n: 0, events });
    expect(second.state()).toMatchObject({ selected: 'lexer', view: 'gates' });
  });

  test('is not carried into another run, nor kept where the plan has no such module', () => {
    const { key, events } = run();
    const host = new FakeHost();
    host.state = { key, view: 'gates', selected: 'nobody', amending: 'lexer' };
    const board = boardWith(host);
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events });
    expect(board.state()).toMatchObject({ view: 'gates', selected: null, amending: 'lexer' });
    board.host.say({
      type: 'run',
      key: { ...key, folder: 'file:///other' },
      driver: 'here',
      n: 0,
      events,
    });
    expect(board.state()).toMatchObject({ view: 'graph', selected: null, amending: null });
  });

  test('the run is kept for the editor, which brings the board back after a reload', () => {
    const { key, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events });
    expect(board.host.state).toMatchObject({ key });
    board.host.say({ type: 'no-run' });
    expect(board.host.state).toMatchObject({ key: null });
    expect(board.state().chronicle).toBeNull();
  });

  test('given an amendment, when its draft is gone, then it is over', () => {
    const { key, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events });
    board.host.say({ type: 'show', show: { view: 'amendment', module: lexer } });
    board.host.say({ type: 'draft', module: lexer, draft });
    expect(board.state().drafts.get(lexer)).toEqual(draft);
    expect(board.state().amending).toBe('lexer');
    board.host.say({ type: 'draft', module: lexer, draft: null });
    expect(board.state().drafts.size).toBe(0);
    expect(board.state().amending).toBeNull();
  });

  test('an amendment stays open while its draft is still being laid out', () => {
    const { key, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 0, events });
    board.state().amend(lexer);
    board.host.say({ type: 'draft', module: lexer, draft: null });
    expect(board.state().amending).toBe('lexer');
    board.host.say({ type: 'draft', module: lexer, draft });
    expect(board.state()).toMatchObject({ amending: 'lexer', drafts: new Map([[lexer, draft]]) });
  });

  test('what the host asks to show is brought into view each time it asks', () => {
    const board = boardWith();
    board.host.say({ type: 'show', show: { view: 'module', module: lexer } });
    const { focus } = board.state();
    expect(board.state()).toMatchObject({
      view: 'graph',
      selected: 'lexer',
      focus: { module: lexer },
    });
    board.host.say({ type: 'show', show: { view: 'module', module: lexer } });
    expect(board.state().focus).not.toBe(focus);
  });

  test('a refusal stays until it is put away', () => {
    const board = boardWith();
    board.host.say({ type: 'refused', message: 'nobody drives this run' });
    board.host.say({ type: 'no-run' });
    expect(board.state().refusal).toBe('nobody drives this run');
    board.state().dismissRefusal();
    expect(board.state().refusal).toBeNull();
  });

  describe('a refusal', () => {
    const starting = { plan: 'tiny.plan.yaml', says: 'reading the plan' };

    /** A board that shows a run, and that it was said on what did not work. */
    function refused(before: Partial<Desk> = {}) {
      const { key, events } = run();
      const board = boardWith();
      board.host.say({ type: 'desk', desk: deskOf({ runs: [line(key, 1_000)], ...before }) });
      board.host.say({ type: 'run', key, driver: 'here', n: 0, events });
      board.host.say({ type: 'refused', message: 'tiny.plan.yaml is being prepared.' });
      return { board, key, events };
    }

    test('stays while the same run goes on, and while the same plan is prepared further', () => {
      const { board, key, events } = refused({ starting });
      const runs = [line(key, 1_000)];
      const further = { ...starting, says: 'starting' };
      board.host.say({ type: 'desk', desk: deskOf({ runs, starting: further }) });
      board.host.say({ type: 'desk', desk: deskOf({ runs }) });
      board.host.say({ type: 'run', key, driver: 'here', n: 1, events });
      expect(board.state().refusal).toBe('tiny.plan.yaml is being prepared.');
    });

    test('goes when a plan is prepared anew', () => {
      const { board, key } = refused();
      board.host.say({ type: 'desk', desk: deskOf({ runs: [line(key, 1_000)], starting }) });
      expect(board.state().refusal).toBeNull();
    });

    test('goes when a run was started, also on the board of another run', () => {
      const { board, key } = refused({ starting });
      const other = { ...key, run: '20260101-0000-zzzz' as RunKey['run'] };
      board.host.say({
        type: 'desk',
        desk: deskOf({ runs: [line(other, 2_000), line(key, 1_000)] }),
      });
      expect(board.state().refusal).toBeNull();
    });

    test('goes when another run is shown', () => {
      const { board, key, events } = refused();
      const other = { ...key, folder: 'file:///other' };
      board.host.say({ type: 'run', key: other, driver: 'here', n: 0, events });
      expect(board.state().refusal).toBeNull();
    });
  });
});

describe('an earlier moment is looked at', () => {
  test('the run is as it was then, and goes on behind it', () => {
    const { key, events, early, late } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 1, events: early });
    board.state().goTo(2);
    expect(seqOf(board)).toBe(2);
    board.host.say({ type: 'events', run: key.run, n: 2, events: late });
    board.passFrame();
    expect(seqOf(board)).toBe(2);
    expect(board.state().moment).toBe(2);
    board.state().goTo(null);
    expect(seqOf(board)).toBe(events.length);
    expect(board.state().moment).toBeNull();
  });

  test('nothing can be done to it: the store says why', () => {
    const { key, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 1, events });
    expect(standstill(board.state())).toBeNull();
    board.state().goTo(1);
    expect(standstill(board.state())).toBe('This is an earlier moment: go back to live');
    board.state().goTo(events.length);
    expect(standstill(board.state())).toBeNull();
  });

  test('given the snapshot after a missing batch, then the same moment stays', () => {
    const { key, events, early } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 1, events: early });
    board.state().goTo(2);
    board.host.say({ type: 'run', key, driver: 'here', n: 2, events });
    expect(seqOf(board)).toBe(2);
    board.state().goTo(null);
    expect(seqOf(board)).toBe(events.length);
  });

  test('another run begins at its present', () => {
    const { key, events } = run();
    const board = boardWith();
    board.host.say({ type: 'run', key, driver: 'here', n: 1, events });
    board.state().goTo(2);
    const other = { ...key, folder: 'file:///other' };
    board.host.say({ type: 'run', key: other, driver: 'here', n: 2, events });
    expect(board.state().moment).toBeNull();
    expect(seqOf(board)).toBe(events.length);
  });
});
