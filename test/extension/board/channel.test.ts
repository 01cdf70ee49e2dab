import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId, runId } from '../../../src/core/ids.ts';
import { Channel } from '../../../src/extension/board/channel.ts';
import { Emitter } from '../../../src/extension/runs/emitter.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import type { Desk, Draft, HostMessage } from '../../../src/protocol/board.ts';

const event = (seq: number): RunEvent => ({ type: 'go-given', seq, at: seq });

function liveRun(name: string, count: number) {
  const appended = new Emitter<readonly RunEvent[]>();
  const changed = new Emitter<undefined>();
  const events = Array.from({ length: count }, (_, index) => event(index + 1));
  const run = {
    key: { folder: 'file:///project', run: runId(`20260301-1200-${name}`) },
    ...{ events, driver: 'here' as LiveRun['driver'] },
    ...{ onDidAppend: appended.event, onDidChange: changed.event },
  };
  return {
    run: run as unknown as LiveRun,
    append: (many = 1) => {
      const added = Array.from({ length: many }, (_, index) => event(events.length + index + 1));
      events.push(...added);
      appended.fire(added);
    },
    drive: (driver: LiveRun['driver']) => {
      run.driver = driver;
      changed.fire(undefined);
    },
  };
}

const desk: Desk = {
  ...{ at: 1, trusted: true, folders: [], runs: [], current: null, starting: null },
};
const draft = { module: moduleId('lexer'), from: 1, kind: 'amend', problem: '' } as Draft;

/** A channel, what it posted, and a clock that moves when the test says so. */
function rig(drafts: readonly Draft[] = []) {
  const posted: HostMessage[] = [];
  let timers: { readonly at: number; readonly call: () => void }[] = [];
  let now = 0;
  const channel = new Channel({
    post: (message) => posted.push(message),
    after: (ms, call) => {
      const timer = { at: now + ms, call };
      timers.push(timer);
      return () => (timers = timers.filter((each) => each !== timer));
    },
    desk: () => desk,
    drafts: () => drafts,
  });
  return {
    channel,
    pass: (ms: number) => {
      const until = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        now = next.at;
        next.call();
      }
      now = until;
    },
    posted,
    timers: () => timers.length,
    /** What was posted since the last look, in a word each. */
    look: () =>
      posted.splice(0).map((message) => {
        if (message.type === 'run') {
          return `run ${message.key.run.slice(-4)} n${message.n} ${message.events.length}`;
        }
        if (message.type === 'events') {
          return `events n${message.n} ${message.events.map(({ seq }) => seq).join(',')}`;
        }
        return message.type === 'driver' ? `driver ${message.driver}` : message.type;
      }),
  };
}

describe('Channel', () => {
  it('says nothing before the page is ready; then desk, snapshot and drafts', () => {
    const { channel, look } = rig([draft]);
    const live = liveRun('7f3a', 3);
    channel.follow(live.run);
    live.append();
    channel.deskChanged();
    expect(look()).toEqual([]);

    channel.ready();

    expect(look()).toEqual(['desk', 'run 7f3a n1 4', 'draft']);
  });

  it('tells a page without a run that there is none', () => {
    const { channel, look } = rig();
    channel.ready();
    expect(look()).toEqual(['desk', 'no-run']);
  });

  it('sends the first event at once and those that follow within 50 ms together, numbered without gaps', () => {
    const { channel, look, pass } = rig();
    const live = liveRun('7f3a', 3);
    channel.follow(live.run);
    channel.ready();
    look();

    live.append();
    expect(look()).toEqual(['events n2 4']);
    live.append(2);
    live.append();
    expect(look()).toEqual([]);
    pass(50);
    expect(look()).toEqual(['events n3 5,6,7']);
    pass(49);
    live.append();
    expect(look()).toEqual([]);
    pass(1);
    expect(look()).toEqual(['events n4 8']);
  });

  it('leaves no timer behind where nothing happens', () => {
    const { channel, pass, timers } = rig();
    const live = liveRun('7f3a', 3);
    channel.follow(live.run);
    channel.ready();
    live.append();
    pass(1_000);
    expect(timers()).toBe(0);
  });

  it('answers a gap with a snapshot, after which batches go on', () => {
    const { channel, look, pass } = rig();
    const live = liveRun('7f3a', 1);
    channel.follow(live.run);
    channel.ready();
    live.append();
    live.append();
    look();

    channel.resync();
    pass(30);
    live.append();

    expect(look()).toEqual(['run 7f3a n3 3', 'events n4 4']);
  });

  it('sends a hidden view nothing, and a snapshot when it is shown again', () => {
    const { channel, look, pass } = rig();
    const live = liveRun('7f3a', 1);
    channel.follow(live.run);
    channel.ready();
    look();

    channel.setVisible(false);
    live.append();
    live.drive('nobody');
    channel.deskChanged();
    pass(1_000);
    expect(look()).toEqual([]);

    channel.setVisible(true);
    live.append();
    expect(look()).toEqual([]);
    pass(250);
    expect(look()).toEqual(['desk', 'run 7f3a n2 3']);
  });

  it('sends one snapshot, not two, where the page that is shown again was built anew', () => {
    const { channel, look, pass } = rig();
    channel.follow(liveRun('7f3a', 1).run);
    channel.ready();
    channel.setVisible(false);
    look();

    channel.setVisible(true);
    pass(100);
    channel.ready();
    pass(1_000);

    expect(look()).toEqual(['desk', 'run 7f3a n2 1']);
  });

  it('sends another run whole, and nothing of the one before any more', () => {
    const { channel, look } = rig();
    const [first, second] = [liveRun('7f3a', 2), liveRun('8b4c', 5)];
    channel.follow(first.run);
    channel.ready();
    look();

    channel.follow(second.run);
    first.append();
    first.drive('nobody');
    second.append();
    channel.follow(null);

    expect(look()).toEqual(['run 8b4c n2 5', 'events n3 6', 'no-run']);
  });

  it('says with a snapshot that the folder of a run is gone', () => {
    const { channel, posted } = rig();
    channel.follow({ ...liveRun('7f3a', 2).run, hasEnded: true });
    channel.ready();
    expect(posted.find(({ type }) => type === 'run')).toMatchObject({ gone: true });
  });

  it('tells when the driver changes', () => {
    const { channel, look } = rig();
    const live = liveRun('7f3a', 2);
    channel.follow(live.run);
    channel.ready();
    look();
    live.drive('nobody');
    expect(look()).toEqual(['driver nobody']);
  });

  it('keeps a refusal and a place to show until the page is there', () => {
    const { channel, look } = rig();
    channel.refused('It did not work.');
    channel.show({ view: 'gates' });
    expect(look()).toEqual([]);
    channel.ready();
    expect(look()).toEqual(['desk', 'no-run', 'show', 'refused']);
    channel.setVisible(false);
    channel.show({ view: 'graph' });
    channel.setVisible(true);
    channel.ready();
    expect(look()).toEqual(['desk', 'no-run', 'show']);
  });

  it('says nothing once it is disposed of', () => {
    const { channel, look, pass } = rig();
    const live = liveRun('7f3a', 2);
    channel.follow(live.run);
    channel.ready();
    look();
    channel.dispose();
    live.append();
    channel.deskChanged();
    pass(1_000);
    expect(look()).toEqual([]);
  });
});
