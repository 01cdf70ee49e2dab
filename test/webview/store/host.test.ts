import { describe, expect, test, vi } from 'vitest';
import { moduleId, runId } from '../../../src/core/ids.ts';
import type { BoardMessage, HostMessage, Question } from '../../../src/protocol/board.ts';
import { createHost } from '../../../src/webview/host.ts';

const question: Question = { about: 'tests', module: moduleId('lexer') };

function channel(timeoutMs?: number) {
  const posted: BoardMessage[] = [];
  const listeners: ((event: MessageEvent) => void)[] = [];
  const api = {
    postMessage: (message: BoardMessage) => void posted.push(message),
    getState: () => undefined,
    setState: () => undefined,
  };
  const target = {
    addEventListener: (_: 'message', heard: (event: MessageEvent) => void) =>
      void listeners.push(heard),
  };
  const host = createHost(() => api, target, timeoutMs);
  const heard: HostMessage[] = [];
  host.connect((message) => heard.push(message));
  const say = (data: unknown): void => {
    for (const each of listeners) each({ data } as MessageEvent);
  };
  return { host, posted, heard, say };
}

describe('the channel to the host', () => {
  test('says ready only when it hears', () => {
    expect(channel().posted).toEqual([{ type: 'ready' }]);
  });

  test('names the run that the person saw with what they do', () => {
    const { host, posted, say } = channel();
    const run = runId('20260301-1200-7f3a');
    host.act({ do: 'run-example' });
    say({ type: 'run', key: { folder: 'file:///project', run }, n: 1, driver: 'here', events: [] });
    host.act({ do: 'pause' });
    say({ type: 'no-run' });
    host.act({ do: 'run-example' });
    const seen = posted.flatMap((message) => (message.type === 'act' ? [message.run] : []));
    expect(seen).toEqual([null, run, null]);
  });

  test('gives each question the answer to its own number', async () => {
    const { host, posted, say } = channel();
    const first = host.ask(question);
    const second = host.ask(question);
    const ids = posted.flatMap((message) => (message.type === 'ask' ? [message.id] : []));
    expect(new Set(ids).size).toBe(2);
    say({ type: 'answer', to: ids[1], answer: { about: 'tests', tests: [] } });
    say({ type: 'answer', to: ids[0], answer: { about: 'submission', files: [] } });
    expect(await first).toEqual({ about: 'submission', files: [] });
    expect(await second).toEqual({ about: 'tests', tests: [] });
  });

  test('answers by itself where the host does not', async () => {
    vi.useFakeTimers();
    try {
      const { host } = channel(1_000);
      const answer = host.ask(question);
      await vi.advanceTimersByTimeAsync(1_001);
      expect(await answer).toMatchObject({ about: 'failure' });
    } finally {
      vi.useRealTimers();
    }
  });

  test('given more questions than may be open, then the oldest is answered with a failure', async () => {
    const { host } = channel();
    const oldest = host.ask(question);
    for (let i = 0; i < 50; i++) void host.ask(question);
    expect(await oldest).toMatchObject({ about: 'failure' });
  });

  test('passes over what is no message', () => {
    const { heard, say } = channel();
    for (const data of [null, 'hello', 7, {}, { type: 1 }]) say(data);
    say({ type: 'no-run' });
    expect(heard).toEqual([{ type: 'no-run' }]);
  });
});
