import { expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { evolve } from '../../../src/core/evolve.ts';
import { poolKinds } from '../../../src/core/plan/plan.ts';
import { poolHold, poolWords } from '../../../src/core/projections/hold-words.ts';
import { needsYou } from '../../../src/core/projections/needs-you.ts';
import type { RunState } from '../../../src/core/state.ts';
import { lawBreaches } from '../../../src/engine/law-breaches.ts';
import { testKey } from '../../support/messages-server/model.ts';
import { startMessagesServer } from '../../support/messages-server/server.ts';
import { solver } from '../../support/messages-server/solver.ts';
import type { Received } from '../../support/messages-server/wire.ts';
import {
  commitAll,
  gives,
  ofType,
  tinyFiles,
  tinyPlan,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { live, openPlace } from './rig.ts';

/** What is slept through passes 300 times as fast; limits and what is recorded follow real time. */
vi.mock('../../../src/engine/clock.ts', async (original) => {
  const real = await original<typeof import('../../../src/engine/clock.ts')>();
  const systemClock: typeof real.systemClock = (speed) => {
    const clock = real.systemClock(speed);
    return { ...clock, sleep: (ms, signal) => clock.sleep(ms / 300, signal) };
  };
  return { ...real, systemClock };
});

const script = solver({
  one: { 'src/one/index.js': gives('one', '5') },
  two: {
    'src/two/index.js': gives('two', 'one() + 1', "import { one } from '../one/index.js';\n"),
  },
  three: { 'src/three/index.js': gives('three', '3') },
});

const isOf = (role: string, { body }: Received): boolean =>
  JSON.stringify(body.messages[0]).includes(`Role: ${role}`);

const stateAfter = (events: readonly RunEvent[]): RunState => {
  let state: RunState | null = null;
  for (const event of events) state = evolve(state, event);
  if (state === null) throw new Error('nothing has happened');
  return state;
};

/** A request in the middle of what an agent does. */
const deaths: readonly (readonly [string, (request: Received) => boolean])[] = [
  [
    'a builder has written its file and not handed it in',
    (request) => isOf('generator', request) && request.body.messages.length > 1,
  ],
  ['a reviewer is asked', (request) => isOf('evaluator', request)],
];

test.for(deaths)(
  'a service that dies while %s is waited for, and the run ends as if it had not',
  async ([, dies]) => {
    await using place = await openPlace();
    const plan = tinyPlan().replace('agent: scripted', 'agent: anthropic');
    writeFiles(place.workspace, tinyFiles(plan));
    commitAll(place.workspace);
    const dying: Promise<void>[] = [];
    await using server = await startMessagesServer({
      ...{ script, key: testKey },
      faults: (request) => {
        if (dying.length === 0 && dies(request)) dying.push(server.die());
        return null;
      },
    });
    const service = { apiKey: testKey, baseURL: server.url, keyHint: 'set it' };
    const models = { choice: {}, service };
    await using run = await live(place.workspace, { agents: 'anthropic', models, speed: 1 });

    const failed = await run.saw('provider-failed', ({ failures }) => failures === 2);
    await Promise.all(dying);
    expect(failed).toMatchObject({ provider: 'anthropic', code: 'provider-down', restMs: 60_000 });
    const { events } = run.session;
    const held = stateAfter(events.slice(0, events.indexOf(failed) + 1));
    for (const pool of poolKinds) {
      expect(poolHold(held, pool)).toBe('provider');
      expect(poolWords(held, pool)).toMatch(
        /^anthropic serves nobody, 2 times in a row \(8 tries in .* ECONNREFUSED .*tried again 1 min/,
      );
    }
    expect(needsYou(held)).toEqual([]);
    expect(held.needPerson).toBe(0);
    const answered = server.service.answered(200);

    await server.comeBack();
    const state = await run.finished;
    expect(state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
    expect(server.service.answered(200)).toBeGreaterThan(answered);
    expect(lawBreaches(run.session.events)).toEqual([]);
    expect([...state.modules].map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
    expect(state.troubled).toEqual([]);
    const modules = ['one', 'three', 'two'];
    const sealed = ofType(run.session, 'module-sealed').map(({ module }) => module);
    expect(sealed.toSorted()).toEqual(modules);
    const handedIn = ofType(run.session, 'submission-received').map(({ module }) => module);
    expect(handedIn.toSorted()).toEqual(modules);
    const verdicts = ofType(run.session, 'verdict-given');
    expect(verdicts.map(({ gate, verdict }) => `${gate} ${verdict}`).toSorted()).toEqual([
      'gate:accept PASS',
      ...modules.map((module) => `module:${module} PASS`),
      'tier:numbers PASS',
    ]);
    expect(place.workFolders()).toEqual([]);
  },
);
