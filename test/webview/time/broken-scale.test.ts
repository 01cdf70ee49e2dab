import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { longQuiets, lengthOf } from '../../../src/core/projections/quiet.ts';
import { breakWords, brokenMarks, brokenScale } from '../../../src/webview/time/broken-scale.ts';
import { Moments } from '../../../src/webview/time/moments.ts';
import { scaleOf } from '../../../src/webview/streams/scale.ts';
import { Story } from '../../core/projections/story.ts';

const WIDTH = 600;

/** A course of events as it may be, with what is known of it until some time after the last. */
const courses = fc
  .record({
    steps: fc.array(
      fc.record({
        ms: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 5_000_000 })),
        busy: fc.integer({ min: 0, max: 2 }),
        asked: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    restMs: fc.integer({ min: 0, max: 5_000_000 }),
    width: fc.integer({ min: 1, max: 4_000 }),
  })
  .map(({ steps, restMs, width }) => {
    let ms = 0;
    const times = steps.map((step, at) => (at === 0 ? 0 : (ms += step.ms)));
    const course = {
      times,
      busy: steps.map(({ busy }) => busy),
      asked: steps.map(({ asked }) => asked),
    };
    const totalMs = ms + restMs;
    return {
      course,
      totalMs,
      width,
      scale: brokenScale(totalMs, width, longQuiets(course, totalMs)),
    };
  });

describe('a scale with breaks, whatever happened', () => {
  test('holds all events, and rises with them', () => {
    fc.assert(
      fc.property(courses, ({ course, totalMs, width, scale }) => {
        let before = -1;
        let beforeMs = -1;
        for (const ms of [...course.times, totalMs]) {
          const px = scale.x(ms);
          expect(px).toBeGreaterThanOrEqual(0);
          expect(px).toBeLessThanOrEqual(width + 0.001);
          if (ms > beforeMs) expect(px).toBeGreaterThan(before);
          [before, beforeMs] = [px, ms];
        }
      }),
    );
  });

  test('leads back from a place to its time', () => {
    fc.assert(
      fc.property(
        courses,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ totalMs, scale }, share) => {
          const ms = share * totalMs;
          expect(Math.abs(scale.msAt(scale.x(ms)) - ms)).toBeLessThan(0.01 + totalMs * 1e-9);
        },
      ),
    );
  });

  test('has ticks whose words do not meet, and none in a break', () => {
    fc.assert(
      fc.property(courses, ({ width, scale }) => {
        const marks = brokenMarks(scale, 0, width).map((ms) => scale.x(ms));
        marks.forEach((px, at) => {
          if (at > 0) expect(px - marks[at - 1]!).toBeGreaterThanOrEqual(55.9);
          for (const { fromPx, toPx } of scale.breaks) {
            expect(px > fromPx + 0.001 && px < toPx - 0.001).toBe(false);
          }
        });
      }),
    );
  });
});

/** 84 s of work, then as long at the gate. */
const waiting = (seconds: number) => {
  const story = new Story().toApproval();
  const moments = new Moments();
  moments.append(story.events);
  const totalMs = moments.times.at(-1)! + seconds * 1_000;
  return { moments, totalMs, workMs: moments.times.at(-1)! };
};

describe('a wait for a person', () => {
  test('that is long takes little room, also while it lasts, and says how long it was', () => {
    const { moments, totalMs, workMs } = waiting(660);
    const scale = brokenScale(totalMs, WIDTH, longQuiets(moments, totalMs));
    expect(scale.x(workMs)).toBeCloseTo(WIDTH - 28);
    expect(scale.breaks.map(breakWords)).toEqual(['11 min waiting for you, drawn short']);
    const later = brokenScale(totalMs * 10, WIDTH, longQuiets(moments, totalMs * 10));
    expect(later.x(workMs)).toBeCloseTo(WIDTH - 28);
  });

  test('that is short is drawn as it was', () => {
    const { moments, totalMs } = waiting(10);
    expect(longQuiets(moments, totalMs)).toEqual([]);
  });

  test('stays short once the run is over', () => {
    const story = new Story().toApproval().after(660).approve('ship').deliver();
    const moments = new Moments();
    moments.append(story.events);
    const quiets = longQuiets(moments, moments.times.at(-1)!);
    expect(quiets.map(lengthOf)).toEqual([660_000]);
    const told = chronicle(story.events)!;
    expect(told.state.phase.at).toBe('finished');
  });

  test('is drawn short in the streams too, however far they are zoomed', () => {
    const { moments, totalMs, workMs } = waiting(660);
    const quiets = longQuiets(moments, totalMs);
    for (const zoom of [1, 10]) {
      const scale = scaleOf(totalMs + 60_000, 1_024, zoom, quiets);
      expect(scale.x(totalMs) - scale.x(workMs)).toBeCloseTo(28);
    }
  });
});

test('work without an event for long is no break', () => {
  const story = new Story().go();
  const moments = new Moments();
  moments.append(story.events);
  expect(longQuiets(moments, 3_600_000)).toEqual([]);
});
