import { expect, it } from 'vitest';
import { paced } from '../../src/webview/pace.ts';

/** A clock that moves when told; frames come every 16 ms. */
function page() {
  let time = 0;
  const tasks: { at: number; run: () => void }[] = [];
  const after = (ms: number, run: () => void): void => void tasks.push({ at: time + ms, run });
  const ports = { frame: (run: () => void) => after(16, run), after, now: () => time };
  return {
    ports,
    takes: (ms: number): void => void (time += ms),
    until: (end: number): void => {
      for (;;) {
        tasks.sort((a, b) => a.at - b.at);
        const [next] = tasks;
        if (next === undefined || next.at > end) break;
        tasks.shift();
        time = Math.max(time, next.at);
        next.run();
      }
      time = Math.max(time, end);
    },
    now: () => time,
  };
}

/** Many changes, as a picture shows them where a hundred come each second. */
const MANY = 50;

/** Asks for work every 10 ms of a second, as one that is asked for again once it has begun. */
function beganAt(costMs: number, changes = MANY): number[] {
  const on = page();
  const next = paced(on.ports);
  const began: number[] = [];
  let asked = false;
  for (let at = 0; at < 1_000; at += 10) {
    on.until(at);
    if (asked) continue;
    asked = true;
    next(() => {
      asked = false;
      began.push(on.now());
      on.takes(costMs);
      return changes;
    });
  }
  return began;
}

it('work that costs nothing is done in every frame that it is asked for', () => {
  expect(beganAt(0).length).toBeGreaterThan(40);
});

it('work that costs much and does not end leaves the page most of the time', () => {
  const busy = beganAt(20).length * 20;
  expect(busy).toBeLessThanOrEqual(100);
  expect(busy).toBeGreaterThan(40);
});

it('the less a picture shows, the less it rests', () => {
  const pictures = [1, 10, 40].map((changes) => beganAt(8, changes).length);
  expect(pictures).toEqual([...pictures].sort((a, b) => b - a));
  expect(pictures[0]).toBeGreaterThan(1.5 * (pictures[2] ?? 0));
});

it('a few changes a second are shown in the next frame, without end', () => {
  const on = page();
  const next = paced(on.ports);
  const waits: number[] = [];
  for (let at = 0; at < 20_000; at += 200) {
    on.until(at);
    next(() => {
      waits.push(on.now() - at);
      on.takes(15);
      return 4;
    });
  }
  on.until(21_000);
  expect(waits).toHaveLength(100);
  expect(Math.max(...waits)).toBe(16);
});

it('work that costs little and does not end leaves it too', () => {
  const busy = beganAt(4).length * 4;
  expect(busy).toBeLessThanOrEqual(70);
  expect(busy).toBeGreaterThan(40);
});

it('nothing rests longer than three fifths of a second, whatever the last one cost', () => {
  const began = beganAt(100);
  const waits = began.slice(1).map((at, i) => at - (began[i] ?? 0) - 100);
  expect(Math.max(...waits)).toBeLessThanOrEqual(600 + 16 + 10);
  expect(began.length).toBeGreaterThan(1);
});

it('what comes now and then is done in the next frame, though it costs much', () => {
  const on = page();
  const next = paced(on.ports);
  const waits: number[] = [];
  for (const at of [0, 500, 1_000, 1_500]) {
    on.until(at);
    next(() => {
      waits.push(on.now() - at);
      on.takes(35);
      return 4;
    });
  }
  on.until(2_000);
  expect(waits).toEqual([16, 16, 16, 16]);
});
