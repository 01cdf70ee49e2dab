import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquire, readHolder } from '../../../src/engine/journal/acquire-lock.ts';
import { requestHandover } from '../../../src/engine/journal/handover.ts';
import { lockPath, type Holder } from '../../../src/engine/journal/lock-file.ts';
import type { Lock } from '../../../src/engine/journal/lock.ts';
import { thisProcess } from '../../../src/engine/journal/process-identity.ts';
import { systemClock, type Clock } from '../../../src/engine/clock.ts';
import { childProgram, startChild } from '../../support/child-program.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

async function taken(folder: string, clock: Clock, goneHost?: string): Promise<Lock> {
  const outcome = await acquire(folder, { clock, goneHost });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.lock;
}

async function leaveLock(folder: string, change: Partial<Holder>): Promise<void> {
  const holder = { ...thisProcess(), nonce: '0'.repeat(32), epoch: 4, since: 0, ...change };
  await writeFile(lockPath(folder), JSON.stringify(holder));
}

/** Pids beyond the largest that Linux gives. */
const nobody = 2 ** 22 + 7;

describe('a lock', () => {
  it('is held by one, in this process too', async () => {
    await using folder = await tempFolder();
    const clock = systemClock();
    await using lock = await taken(folder.path, clock);
    expect(await acquire(folder.path, { clock })).toMatchObject({ ok: false, code: 'held' });
    expect(lock.stillOurs()).toBe(true);
    expect((await readHolder(folder.path, clock))!.holder).toEqual(lock.holder);
  });

  it('is free after its release, and each driver has a later epoch', async () => {
    await using folder = await tempFolder();
    const clock = systemClock();
    for (const epoch of [1, 2, 3]) {
      const lock = await taken(folder.path, clock);
      expect(lock.epoch).toBe(epoch);
      await lock.release();
      expect(lock.stillOurs()).toBe(false);
      expect(await readHolder(folder.path, clock)).toBeNull();
    }
    expect(await readdir(folder.path)).toEqual(['lock.last.json']);
  });

  it.each<[string, Partial<Holder>]>([
    ['whose process is gone', { pid: nobody }],
    ['whose pid belongs to a later process', { started: '1' }],
    ['from before the machine started', { boot: 'an earlier one' }],
  ])('%s is taken over', async (_, change) => {
    await using folder = await tempFolder();
    await leaveLock(folder.path, change);
    expect(await readHolder(folder.path, systemClock())).toBeNull();
    await using lock = await taken(folder.path, systemClock());
    expect([lock.epoch, lock.stillOurs()]).toEqual([5, true]);
    expect(await readdir(folder.path)).toEqual(['lock.json']);
  });

  it('from another host is taken over only when a person confirms', async () => {
    await using folder = await tempFolder();
    await leaveLock(folder.path, { host: 'elsewhere' });
    expect(await acquire(folder.path, { clock: systemClock() })).toMatchObject({
      ok: false,
      code: 'foreign-host',
      holder: { host: 'elsewhere' },
    });
    const third = await acquire(folder.path, { clock: systemClock(), goneHost: 'a third one' });
    expect(third).toMatchObject({ ok: false, code: 'foreign-host' });
    await using lock = await taken(folder.path, systemClock(), 'elsewhere');
    expect(lock.epoch).toBe(5);
  });

  it('from another host is left to whoever took it there since a person confirmed', async () => {
    await using folder = await tempFolder();
    const [gone, since] = ['1'.repeat(32), '2'.repeat(32)];
    await leaveLock(folder.path, { host: 'elsewhere', pid: 9, nonce: since });
    const confirmed = { clock: systemClock(), goneHost: 'elsewhere' };
    expect(await acquire(folder.path, { ...confirmed, goneHold: gone })).toMatchObject({
      ...{ ok: false, code: 'foreign-host', holder: { pid: 9, nonce: since } },
    });
    const outcome = await acquire(folder.path, { ...confirmed, goneHold: since });
    expect(outcome.ok && outcome.lock.epoch).toBe(5);
    if (outcome.ok) await outcome.lock.release();
  });

  it.each<[string, string]>([
    ['of another container on this host', JSON.stringify({ ...thisProcess(), pidNamespace: 'x' })],
    ['that is broken', '{"host":'],
  ])('%s is held as long as its heart beats', async (_, text) => {
    await using folder = await tempFolder();
    await writeFile(
      lockPath(folder.path),
      text.replace('}', `,"nonce":"${'0'.repeat(32)}","epoch":4,"since":0}`),
    );
    const clock = new VirtualClock(Date.now());
    expect(await acquire(folder.path, { clock })).toMatchObject({ code: 'held' });
    clock.advance(60_000);
    await using lock = await taken(folder.path, clock);
    expect(lock.stillOurs()).toBe(true);
  });

  it('beats its heart without touching what it holds', async () => {
    await using folder = await tempFolder();
    const clock = new VirtualClock();
    await using lock = await taken(folder.path, clock);
    clock.advance(10_000);
    const found = await readHolder(folder.path, clock);
    expect(found).toEqual({ holder: lock.holder, heartbeat: clock.now() });
    expect(clock.waiting).toBe(0);
  });

  it('that was replaced or removed is no longer ours, and its release harms nobody', async () => {
    await using folder = await tempFolder();
    const lock = await taken(folder.path, new VirtualClock());
    await rename(lockPath(folder.path), join(folder.path, 'away'));
    expect(lock.stillOurs()).toBe(false);
    await leaveLock(folder.path, {});
    expect(lock.stillOurs()).toBe(false);
    const before = await readFile(lockPath(folder.path), 'utf8');
    await lock.release();
    expect(await readFile(lockPath(folder.path), 'utf8')).toBe(before);
  });
});

describe('of many who want a lock', () => {
  it.each([
    ['that is free', null],
    ['that is stale', { pid: nobody }],
  ])('%s, one in this process gets it', async (_, stale) => {
    await using folder = await tempFolder();
    if (stale !== null) await leaveLock(folder.path, stale);
    const takers = Array.from({ length: 50 }, () =>
      acquire(folder.path, { clock: new VirtualClock() }),
    );
    const won = (await Promise.all(takers)).filter((outcome) => outcome.ok);
    expect(won).toHaveLength(1);
    expect(won[0]!.lock.stillOurs()).toBe(true);
    await won[0]!.lock.release();
    expect(await readdir(folder.path)).toEqual(['lock.last.json']);
  });

  it('that died on their way to it, the next one alive gets it', async () => {
    await using folder = await tempFolder();
    const [first, second] = ['1'.repeat(32), '2'.repeat(32)];
    await leaveLock(folder.path, { pid: nobody, nonce: first });
    const heir = { ...thisProcess(), pid: nobody, nonce: second, epoch: 5, since: 0 };
    await writeFile(join(folder.path, `lock.heir-${first}`), JSON.stringify(heir));
    await using lock = await taken(folder.path, systemClock());
    expect(lock.epoch).toBe(6);
    expect(await readdir(folder.path)).toEqual(['lock.json']);
  });

  it('from several processes, one gets it each time its holder is killed', async () => {
    await using folder = await tempFolder();
    await using bin = await tempFolder();
    const program = await childProgram('lock-taker', bin.path);
    const children = Array.from({ length: 4 }, () => startChild(program, folder.path));
    await using _all = {
      [Symbol.asyncDispose]: async () => {
        await Promise.all(children.map((child) => child.kill()));
      },
    };
    await Promise.all(children.map((child) => child.line()));
    for (let epoch = 1; children.length > 0; epoch += 1) {
      for (const child of children) child.say('take');
      const said = await Promise.all(children.map((child) => child.line()));
      expect(said.filter((text) => text !== 'held')).toEqual([`took ${epoch}`]);
      const [winner] = children.splice(said.indexOf(`took ${epoch}`), 1);
      await winner!.kill();
    }
  });
});

describe('a hand-over', () => {
  it('is asked of the driver, once', async () => {
    await using folder = await tempFolder();
    const clock = new VirtualClock();
    expect(await requestHandover(folder.path)).toBe(false);
    await using lock = await taken(folder.path, clock);
    const asked: number[] = [];
    using _handler = lock.onHandoverRequested(({ pid }) => asked.push(pid));
    expect(await requestHandover(folder.path)).toBe(true);
    clock.advance(6_000);
    expect(asked).toEqual([process.pid]);
  });

  it('that its predecessor was asked for does not concern a driver', async () => {
    await using folder = await tempFolder();
    const clock = new VirtualClock();
    const first = await taken(folder.path, clock);
    await requestHandover(folder.path);
    const request = await readFile(join(folder.path, 'lock.request.json'));
    await first.release();
    await using second = await taken(folder.path, clock);
    await writeFile(join(folder.path, 'lock.request.json'), request);
    let asked = 0;
    using _handler = second.onHandoverRequested(() => (asked += 1));
    clock.advance(6_000);
    expect(asked).toBe(0);
  });
});
