import { describe, expect, it } from 'vitest';
import { Channel } from '../../../src/extension/board/channel.ts';
import { Router } from '../../../src/extension/board/router.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import type { Action, Answer, Desk, HostMessage } from '../../../src/protocol/board.ts';

const folder = 'file:///project';
const plan = `${folder}/a.plan.yaml`;
const desk: Desk = {
  ...{ at: 1, trusted: true, runs: [], current: null, starting: null },
  folders: [{ uri: folder, name: 'project', plans: [{ uri: plan, path: 'a.plan.yaml' }] }],
};
const run = '20260301-1200-7f3a';
const none: Answer = { about: 'failure', message: 'none' };

function liveRun(id: string): LiveRun {
  const event = () => ({ dispose: () => undefined });
  const run = { key: { folder, run: id }, driver: 'here', events: [] };
  return { ...run, onDidAppend: event, onDidChange: event } as unknown as LiveRun;
}

function rig(act: (action: Action) => Promise<void> = async () => undefined) {
  const posted: HostMessage[] = [];
  const acted: Action[] = [];
  const logged: string[] = [];
  const asked: (() => void)[] = [];
  const channel = new Channel({
    post: (message) => posted.push(message),
    after: () => () => undefined,
    desk: () => desk,
    drafts: () => [],
  });
  const router = new Router(
    {
      act: (action) => {
        acted.push(action);
        return act(action);
      },
      answer: () => new Promise((resolve) => asked.push(() => resolve(none))),
      desk: () => desk,
      log: (message) => logged.push(message),
    },
    channel,
  );
  channel.ready();
  posted.splice(0);
  return { router, channel, posted, acted, logged, asked };
}

const tests = (id: number) => ({
  ...{ type: 'ask', id, question: { about: 'tests', module: 'lexer' } },
});

describe('Router', () => {
  it('carries out what lies on the desk', async () => {
    const { router, acted } = rig();
    await router.receive({ type: 'act', run: null, action: { do: 'open-plan', uri: plan } });
    await router.receive({
      type: 'act',
      run: null,
      action: { do: 'select-run', key: { folder, run } },
    });
    await router.receive({ type: 'act', run: null, action: { do: 'pause' } });
    expect(acted.map((each) => each.do)).toEqual(['open-plan', 'select-run', 'pause']);
  });

  it.each([
    { do: 'open-plan', uri: 'file:///etc/passwd' },
    { do: 'open-plan', uri: `${folder}/../other/a.plan.yaml` },
    { do: 'run-plan', uri: `${folder}/../other/a.plan.yaml` },
    { do: 'run-plan', uri: 'vscode-remote://host/project/a.plan.yaml' },
    { do: 'open-board', key: { folder: 'file:///elsewhere', run } },
    { do: 'open-postmortem', key: { folder: 'vscode-remote://host/project', run } },
  ])('refuses what does not: %j', async (action) => {
    const { router, acted, posted } = rig();
    await router.receive({ type: 'act', run: null, action });
    expect(acted).toEqual([]);
    const message = 'That lies in no folder of this window.';
    expect(posted).toEqual([{ type: 'refused', message }]);
  });

  it('does nothing to another run than the one that the person saw', async () => {
    const { router, channel, acted, posted } = rig();
    channel.follow(liveRun('20260301-1300-beef'));
    posted.splice(0);
    await router.receive({ type: 'act', run, action: { do: 'pause' } });
    const decide = { do: 'decide-dispute', module: 'lexer' };
    await router.receive({ type: 'act', run, action: decide });
    await router.receive({ type: 'act', run, action: { do: 'show-output' } });
    await router.receive({ type: 'act', run: '20260301-1300-beef', action: { do: 'resume' } });
    expect(acted.map((each) => each.do)).toEqual(['show-output', 'resume']);
    expect(posted).toMatchObject([{ type: 'refused' }, { type: 'refused' }]);
  });

  it('drops what is no message, and notes it', async () => {
    const { router, acted, posted, logged } = rig();
    await router.receive({ type: 'act', run: null, action: { do: 'format-disk' } });
    await router.receive('ready');
    expect([acted, posted]).toEqual([[], []]);
    expect(logged).toHaveLength(2);
  });

  it('says on the webview what an action threw', async () => {
    const { router, posted, logged } = rig(() => Promise.reject(new Error('The disk is full.')));
    await router.receive({ type: 'act', run: null, action: { do: 'pause' } });
    expect(posted).toEqual([{ type: 'refused', message: 'The disk is full.' }]);
    expect(logged.join()).toContain('pause failed');
  });

  it('answers each question by its number', async () => {
    const { router, posted, asked } = rig();
    const both = [router.receive(tests(7)), router.receive(tests(8))];
    for (const answer of asked.toReversed()) answer();
    await Promise.all(both);
    expect(posted).toContainEqual({ type: 'answer', to: 7, answer: none });
    expect(posted).toContainEqual({ type: 'answer', to: 8, answer: none });
  });

  it('looks up at most 16 things at once, and answers what comes on top', async () => {
    const { router, posted, asked } = rig();
    const all = Array.from({ length: 17 }, (_, id) => router.receive(tests(id)));
    await all[16];
    expect(asked).toHaveLength(16);
    expect(posted).toMatchObject([{ to: 16, answer: { about: 'failure' } }]);
    for (const answer of asked) answer();
    await Promise.all(all);
    const again = router.receive(tests(20));
    expect(asked).toHaveLength(17);
    asked.at(-1)!();
    await again;
  });
});
