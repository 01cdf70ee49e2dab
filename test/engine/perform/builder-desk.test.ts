import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decide } from '../../../src/core/decide.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import type { RecordHandoff } from '../../../src/core/commands/handoff-result.ts';
import type { RunState } from '../../../src/core/state.ts';
import type { Unstamped } from '../../../src/engine/run-loop.ts';
import { BuilderDesk } from '../../../src/engine/perform/builder-desk.ts';
import { HandoffNews } from '../../../src/engine/perform/handoff-news.ts';
import type { World } from '../../../src/engine/perform/world.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { given, type Move, type Scenario } from '../../support/scenario.ts';
import { asks, gives } from '../../support/scenario-handoffs.ts';
import { effectOf, ends, sealed } from '../../support/scenario-moves.ts';
import { reopens } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';
import { run, scratch, takeBaseOf } from '../store/scratch.ts';

const two = plan({ modules: { lexer: {}, parser: {} } });

/** A builder's desk in a run that is decided by the rules, with a store and a work folder of its own. */
async function sits(module: string, begun: Scenario) {
  const dir = scratch();
  dir.write({ 'w/kinds.js': 'kinds\n' });
  const store = await Store.open(dir.at('w'));
  const { tree } = await takeBaseOf(store);
  const folders = await WorkFolders.open(store, dir.at('cache'));
  const { path } = await folders.create(run, 'build', tree);
  const handoffs = new HandoffNews();
  const events: RunEvent[] = [];
  let { state } = begun;
  handoffs.observe([], state);
  /** What happens to the run beside the builder. */
  const happens = (move: Move) => {
    const command = typeof move === 'function' ? move(state) : move;
    const decision = decide(state, { ...command, at: state.at + 1_000 });
    if (!decision.ok) return decision.refusal;
    ({ state } = decision);
    events.push(...decision.events);
    handoffs.observe(decision.events, state);
    return decision.late;
  };
  /** Between what the desk looked at and what it asks for. */
  const before: Move[] = [];
  /** How often from now on a folder cannot be laid out. */
  const disk = { failures: 0 };
  const create: WorkFolders['create'] = (...of) =>
    disk.failures-- > 0 ? Promise.reject(new Error('no space left')) : folders.create(...of);
  const world = { run, store, folders: { create }, handoffs } as unknown as World;
  const { order } = effectOf(state, 'generate', module);
  const of = { order, module: moduleId(module) };
  const desk = new BuilderDesk(world, of, 'build', path, (command) => {
    for (const move of before.splice(0)) happens(move);
    return Promise.resolve(happens(command));
  });
  return {
    ...{ desk, happens, before, events, tree, disk },
    told: (type: RunEvent['type']) => events.filter((event) => event.type === type),
    kept: () => store.listRefs(`refs/ashlar/${run}/handoffs`),
    newest: () => state.handoffs.get(state.handoffs.length - 1).id,
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      dir[Symbol.dispose]();
    },
  };
}

const kinds = { partial: true, note: '', files: ['kinds.js'] };

it('keeps what a builder gives', async () => {
  await using at = await sits('lexer', given(two, asks('parser', 'lexer', 'kinds')));
  expect(await at.desk.give({ ...kinds, to: null, items: ['kinds'] })).toBeNull();
  expect(at.told('handoff-delivered')).toHaveLength(1);
  expect(await at.kept()).toHaveLength(1);
});

it('keeps nothing of what the rules refuse', async () => {
  await using at = await sits('lexer', given(two, asks('parser', 'lexer', 'kinds')));
  const refused = { ok: false, message: expect.stringContaining('nobody asked') as unknown };
  expect(await at.desk.give({ ...kinds, to: null, items: ['opcodes'] })).toEqual(refused);
  expect(await at.desk.give({ ...kinds, to: moduleId('lexer'), items: ['kinds'] })).toMatchObject({
    ok: false,
  });
  expect(await at.desk.give({ ...kinds, to: null, items: [] })).toMatchObject({ ok: false });
  expect(at.events).toEqual([]);
  expect(await at.kept()).toEqual([]);
});

it('lets go of what was refused by what was decided meanwhile', async () => {
  await using at = await sits('lexer', given(two, asks('parser', 'lexer', 'kinds')));
  at.before.push(gives('lexer', { items: ['kinds'] }));
  expect(await at.desk.give({ ...kinds, to: null, items: ['kinds'] })).toMatchObject({ ok: false });
  expect(await at.kept()).toEqual([]);
});

it('says of what came too late that it did, and keeps nothing of it', async () => {
  await using at = await sits('lexer', given(two, asks('parser', 'lexer', 'kinds')));
  at.before.push(ends('lexer', 'failed'));
  expect(await at.desk.give({ ...kinds, to: null, items: ['kinds'] })).toEqual({
    ok: false,
    message: expect.stringContaining('came too late') as unknown,
  });
  expect(at.told('late-result-rejected')).toHaveLength(1);
  expect(at.told('handoff-delivered')).toEqual([]);
  expect(await at.kept()).toEqual([]);
  expect(await at.desk.request({ from: moduleId('parser'), items: ['x'] })).toMatchObject({
    ok: false,
    message: expect.stringContaining('came too late') as unknown,
  });
  expect(await at.desk.take(at.newest(), 5)).toEqual([]);
});

it('lays out once what is taken by several at the same time', async () => {
  await using at = await sits('parser', given(two, asks('parser', 'lexer', 'kinds')));
  const give = gives('lexer', { items: ['kinds'] }) as (
    state: RunState,
  ) => Unstamped<RecordHandoff>;
  at.happens((state) => ({ ...give(state), tree: at.tree }));
  const id = at.newest();
  const [first, second, all] = await Promise.all([
    at.desk.take(id, 3),
    at.desk.take(id, 4),
    at.desk.take(null, 0),
  ]);
  expect(first).toHaveLength(1);
  expect(second).toEqual(first);
  expect(all).toEqual([]);
  expect(existsSync(first[0]?.folder ?? '')).toBe(true);
  expect(at.told('handoff-received')).toMatchObject([{ waitedMs: 3 }]);
  expect(at.told('handoff-awaited')).toEqual([]);
});

it('writes few lines of a builder that waits in a loop, and counts its time once it ends', async () => {
  await using at = await sits('parser', given(two, asks('parser', 'lexer', 'kinds')));
  const id = at.newest();
  for (let turn = 0; turn < 1_000; turn += 1) expect(await at.desk.take(id, 10)).toEqual([]);
  expect(at.told('handoff-awaited').length).toBeLessThan(12);
  at.happens(gives('lexer', { items: ['kinds'] }));
  expect(await at.desk.take(id, 10)).toHaveLength(1);
  const waited = at.events.map((event) => ('waitedMs' in event ? event.waitedMs : 0));
  expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(10_010);
});

it('tells of an amended contract again where it could not be laid out, and each once', async () => {
  const three = plan({ modules: { lexer: {}, tools: {}, parser: { needs: ['lexer'] } } });
  const begun = given(three, ...sealed('lexer'), asks('parser', 'tools', 'kinds'));
  await using at = await sits('parser', begun);
  await at.desk.lay(begun.state);
  at.happens(gives('tools', { items: ['kinds'] }));
  at.happens({ ...(reopens('lexer', 'lexer-2') as object), contract: at.tree } as Move);
  expect(at.told('conflict-detected')).toMatchObject([{ kind: 'stale-contract' }]);
  at.disk.failures = 1;
  await expect(at.desk.take(null, 0)).rejects.toThrow('no space left');
  expect(at.told('handoff-received')).toEqual([]);
  const told = await at.desk.take(null, 0);
  expect(told.map(({ from, items }) => `${from}: ${items.join()}`)).toEqual([
    'tools: kinds',
    'lexer: version 2 of the contract of lexer',
  ]);
  expect(existsSync(told[1]?.folder ?? '')).toBe(true);
  expect(await at.desk.take(null, 0)).toEqual([]);
});
