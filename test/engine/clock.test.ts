import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

describe('the system clock', () => {
  it('starts at the real time', () => {
    const before = Date.now();
    const now = systemClock(100).now();
    expect(now).toBeGreaterThanOrEqual(before);
  });

  it('a sped-up sleep takes at least its time on its own clock', async () => {
    const clock = systemClock(1_000);
    const [now, monotonic] = [clock.now(), clock.monotonic()];
    await clock.sleep(5_000);
    expect(clock.monotonic() - monotonic).toBeGreaterThanOrEqual(5_000);
    expect(clock.now() - now).toBeGreaterThanOrEqual(4_999);
  });

  it('an aborted sleep rejects with the reason, before and during', async () => {
    const clock = systemClock();
    const aborter = new AbortController();
    const reason = new Error('stop');
    const sleeping = clock.sleep(3_600_000, aborter.signal);
    aborter.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(clock.sleep(0, aborter.signal)).rejects.toBe(reason);
  });

  it('a delay longer than a timer of Node can hold does not fire at once', async () => {
    const clock = systemClock();
    let fired = false;
    using _timer = clock.after(2 ** 40, () => (fired = true));
    await clock.sleep(5);
    expect(fired).toBe(false);
  });

  it('refuses a speed that is none', () => {
    for (const speed of [0, -1, NaN, Infinity]) expect(() => systemClock(speed)).toThrow();
  });
});

describe('the virtual clock', () => {
  it('fires by time, and in the order of setting where times are equal', () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    clock.after(20, () => fired.push('late'));
    clock.after(10, () => {
      fired.push('first');
      clock.after(0, () => fired.push('set last'));
    });
    clock.after(10, () => fired.push('second'));
    using _off = clock.after(5, () => fired.push('called off'));
    _off[Symbol.dispose]();
    while (clock.advanceToNext());
    expect(fired).toEqual(['first', 'second', 'set last', 'late']);
    expect(clock.monotonic()).toBe(20);
  });

  it('runs sleepers until only background timers are left', async () => {
    const clock = new VirtualClock(1_000);
    const beat = (): void => void clock.after(2_000, beat, { background: true });
    beat();
    let woken = 0;
    const sleeper = async (): Promise<void> => {
      for (let round = 0; round < 3; round += 1) await clock.sleep(1_500);
      woken = clock.now();
    };
    const done = sleeper();
    await clock.runUntilIdle();
    await done;
    expect(woken).toBe(5_500);
    expect(clock.waiting).toBe(0);
  });

  it('advances by exactly what it is told', () => {
    const clock = new VirtualClock();
    let fired = 0;
    clock.after(10, () => (fired += 1));
    clock.after(11, () => (fired += 1));
    clock.advance(10);
    expect([fired, clock.monotonic(), clock.waiting]).toEqual([1, 10, 1]);
  });

  it('an aborted sleep leaves no timer behind', async () => {
    const clock = new VirtualClock();
    const aborter = new AbortController();
    const sleeping = clock.sleep(10, aborter.signal);
    aborter.abort('enough');
    await expect(sleeping).rejects.toBe('enough');
    expect(clock.waiting).toBe(0);
  });
});
