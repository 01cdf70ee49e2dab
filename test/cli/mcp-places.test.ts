import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import type { PreparedRun } from '../../src/engine/check-plan.ts';
import { runId } from '../../src/core/ids.ts';
import type { SessionOptions } from '../../src/engine/run-session.ts';
import { smallPlan, Story } from '../core/projections/story.ts';
import { engineWith, FakeSession, run } from './fake-engine.ts';
import { call, Served } from './served.ts';

const prepared = { plan: smallPlan(), contracts: [] } as unknown as PreparedRun;
const fit = { ok: true, diagnostics: [], prepared, notes: [] } as const;

/** Something that comes about when the test says so. */
function moment() {
  let come = (): void => undefined;
  const came = new Promise<void>((resolve) => (come = resolve));
  return { come, came };
}

describe('a caller that gives up', () => {
  it('has no run begun, though its plan was just found fit', async () => {
    const session = new FakeSession(new Story().go());
    const checking = moment();
    const engine: Engine = {
      ...engineWith(new Story().go()).engine,
      checkPlan: ({ signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve(fit));
          checking.come();
        }),
      startRun: (_prepared, options) => session.open(options),
    };
    const served = new Served(engine);
    const client = await served.client();
    const giving = new AbortController();
    const given = { name: 'run', arguments: { plan: 'a.plan.yaml' } };
    const calling = client.callTool(given, undefined, { signal: giving.signal });
    await checking.came;
    giving.abort('enough');
    await expect(calling).rejects.toThrow('enough');
    await served[Symbol.asyncDispose]();
    expect(session.options).toBeNull();
  });

  it.each([
    ['run', { plan: 'a.plan.yaml' }],
    ['resume', { run }],
  ])('of %s has it stopped that begins just then', async (name, input) => {
    const session = new FakeSession(new Story().go());
    const [opening, going] = [moment(), moment()];
    const open: FakeSession['open'] = async (options) => {
      opening.come();
      await going.came;
      return session.open(options);
    };
    await using served = new Served({
      ...engineWith(new Story().go()).engine,
      checkPlan: async () => fit,
      startRun: (_prepared, options) => open(options),
      resumeRun: (_workspace, _run, options) => open(options),
    });
    const client = await served.client();
    const giving = new AbortController();
    const calling = client.callTool({ name, arguments: input }, undefined, {
      signal: giving.signal,
    });
    await opening.came;
    giving.abort('enough');
    await expect(calling).rejects.toThrow('enough');
    going.come();
    await expect.poll(() => session.stopped).toBe(true);
    expect(served.terminal.stderr).toContain(`run ${run} was stopped`);
  });
});

describe('places', () => {
  const open = (session: FakeSession) => (_prepared: PreparedRun, options: SessionOptions) =>
    session.open(options);

  const full = {
    text: 'this process has 4 runs at work already; wait until one of them is over',
    isError: true,
  };

  async function served(stories: readonly Story[], answers: Partial<Engine> = {}) {
    const sessions = stories.map((story, at) =>
      Object.assign(new FakeSession(story), { run: runId(`20260301-1200-ab${String(at + 10)}`) }),
    );
    const left = [...sessions];
    const serving = new Served({
      ...engineWith(new Story().go()).engine,
      checkPlan: async () => fit,
      startRun: (prepared_, options) => open(left.shift()!)(prepared_, options),
      ...answers,
    });
    return { serving, client: await serving.client(), sessions };
  }

  it('are not taken by runs that only wait for a person', async () => {
    const stories = Array.from({ length: 6 }, () => new Story().toApproval());
    const { serving, client } = await served(stories);
    for (const _ of stories) {
      const { isError } = await call(client, 'run', { plan: 'a.plan.yaml' });
      expect(isError).toBe(false);
    }
    await serving[Symbol.asyncDispose]();
  });

  it('are taken by runs at work', async () => {
    const stories = Array.from({ length: 5 }, () => new Story().go());
    const { serving, client } = await served(stories);
    const errors: unknown[] = [];
    for (const _ of stories) {
      errors.push((await call(client, 'run', { plan: 'a.plan.yaml' })).isError);
    }
    expect(errors).toEqual([false, false, false, false, true]);
    await serving[Symbol.asyncDispose]();
  });

  it('are taken once by a run that is just beginning, of which nothing is known yet', async () => {
    const stories = Array.from({ length: 5 }, () => new Story().go());
    const { serving, client, sessions } = await served(stories);
    const begins = moment();
    const begun: Promise<unknown>[] = [];
    for (const [at, session] of sessions.slice(0, 4).entries()) {
      let hasBegun = false;
      const coming = begins.came.then(() => void (hasBegun = true));
      Object.defineProperty(session, 'begun', { value: coming });
      Object.defineProperty(session, 'state', {
        get: () => {
          if (!hasBegun) throw new Error('the run has not begun');
          return stories[at]!.state;
        },
      });
      begun.push(call(client, 'run', { plan: 'a.plan.yaml' }));
      await session.opened;
    }
    expect(await call(client, 'run', { plan: 'a.plan.yaml' })).toEqual(full);
    begins.come();
    expect(await Promise.all(begun)).toMatchObject(Array(4).fill({ isError: false }));
    expect(await call(client, 'run', { plan: 'a.plan.yaml' })).toEqual(full);
    await serving[Symbol.asyncDispose]();
  });

  it('are sixteen in all, whatever they wait for', async () => {
    const { serving, client } = await served(
      Array.from({ length: 17 }, () => new Story().toApproval()),
    );
    for (let at = 0; at < 16; at++) {
      expect((await call(client, 'run', { plan: 'a.plan.yaml' })).isError).toBe(false);
    }
    expect(await call(client, 'run', { plan: 'a.plan.yaml' })).toEqual({
      text: 'this process has 16 runs open already; wait until one of them is over',
      isError: true,
    });
    await serving[Symbol.asyncDispose]();
  });

  it('are left to runs by a planning', async () => {
    const stories = Array.from({ length: 4 }, () => new Story().go());
    const { serving, client } = await served(stories, {
      planGoal: ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('interrupted'))),
        ),
    });
    const planned = call(client, 'plan', { goal: 'one' });
    planned.catch(() => undefined);
    for (const _ of stories) {
      expect((await call(client, 'run', { plan: 'a.plan.yaml' })).isError).toBe(false);
    }
    await serving[Symbol.asyncDispose]();
  });
});

describe('a planning', () => {
  it('is the only one, until it is over', async () => {
    const goals: string[] = [];
    let fails = (): void => undefined;
    await using serving = new Served({
      ...engineWith(new Story().go()).engine,
      planGoal: ({ goal }) => {
        goals.push(goal);
        return new Promise((_, reject) => (fails = () => reject(new Error('no such model'))));
      },
    });
    const client = await serving.client();
    const first = call(client, 'plan', { goal: 'one' });
    await expect.poll(() => goals).toEqual(['one']);
    const second = call(client, 'plan', { goal: 'two' });
    await client.ping();
    expect(goals).toEqual(['one']);
    expect(await second).toEqual({
      text: 'this process plans a goal already; wait until that is over',
      isError: true,
    });
    fails();
    expect((await first).isError).toBe(true);
    const third = call(client, 'plan', { goal: 'three' });
    await expect.poll(() => goals).toEqual(['one', 'three']);
    fails();
    expect((await third).isError).toBe(true);
  });

  it('is waited for at the end', async () => {
    const [planning, ending] = [moment(), moment()];
    let aborted = false;
    const serving = new Served({
      ...engineWith(new Story().go()).engine,
      planGoal: async ({ signal }) => {
        signal.addEventListener('abort', () => (aborted = true));
        planning.come();
        await ending.came;
        throw new Error('interrupted');
      },
    });
    const client = await serving.client();
    call(client, 'plan', { goal: 'one' }).catch(() => undefined);
    await planning.came;
    let left = false;
    void serving.code.then(() => (left = true));
    serving.terminal.type(null);
    await expect.poll(() => aborted).toBe(true);
    for (let turn = 0; turn < 20; turn++) await new Promise((go) => setImmediate(go));
    expect(left).toBe(false);
    ending.come();
    expect(await serving.code).toBe(0);
  });
});
