import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { moduleState } from '../../../src/core/lookup.ts';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { seek } from '../../../src/webview/time/marks.ts';
import { Moments } from '../../../src/webview/time/moments.ts';
import { Story, spent, tree } from '../../core/projections/story.ts';
import { Playback, speedFor } from '../../../src/webview/time/playback.ts';

const path = fileURLToPath(new URL('../journals/tiny-lang.jsonl', import.meta.url));
const events = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

function recorded(): Moments {
  const moments = new Moments();
  moments.append(events);
  return moments;
}

describe('the run after any of its events', () => {
  test('is what its events fold to, in whatever order moments are asked for', () => {
    const moments = recorded();
    for (const moment of [1, 150, 3, 201, 200, 199, 250, 276, 2, 277]) {
      expect(moments.at(moment)).toEqual(chronicle(events.slice(0, moment)));
    }
  });

  test('outside of it, is its beginning or its end', () => {
    const moments = recorded();
    expect(moments.at(-5)?.state.seq).toBe(1);
    expect(moments.at(10_000)).toBe(moments.last);
    expect(new Moments().at(1)).toBeNull();
  });

  test('is the same when the events came in pieces', () => {
    const moments = new Moments();
    for (let at = 0; at < events.length; at += 7) moments.append(events.slice(at, at + 7));
    expect(moments.at(230)).toEqual(chronicle(events.slice(0, 230)));
    expect(moments.times).toEqual(recorded().times);
  });

  test('given events that do not follow, then they are refused and the rest stands', () => {
    const moments = recorded();
    expect(() => moments.append(events.slice(0, 1))).toThrow();
    expect(moments.length).toBe(events.length);
  });

  test('is found by the time on the run’s own clock', () => {
    const moments = recorded();
    for (const moment of [1, 90, 277]) {
      const found = moments.momentAt(moments.times[moment - 1]!);
      // Of events at one time, the last.
      expect(found).toBe(moments.times.lastIndexOf(moments.times[moment - 1]!) + 1);
    }
    expect(moments.momentAt(-1)).toBe(1);
    expect(moments.momentAt(Number.MAX_SAFE_INTEGER)).toBe(moments.length);
  });
});

describe('what stands out', () => {
  test('every verdict leaves a mark', () => {
    const verdicts = events.filter(({ type }) => type === 'verdict-given');
    const { marks } = recorded();
    const kinds = marks.map(({ kind }) => kind);
    const judged = kinds.filter((kind) => ['pass', 'fail', 'revise'].includes(kind));
    expect(judged.length).toBeGreaterThanOrEqual(verdicts.length);
    expect(kinds).toContain('you');
  });

  test('a reopened seal flags a person only where a person reopened it', () => {
    const flags = (told: Story): number[] => {
      const moments = new Moments();
      moments.append(told.events);
      return moments.marks.flatMap(({ kind, moment }) => {
        return kind === 'you' && moments.events[moment - 1]?.type === 'module-reopened'
          ? [moment]
          : [];
      });
    };
    const contract = tree('7');
    const sealed = () => new Story().go().seal('lexer', 'vm').seal('parser').after(5);
    const lexer = moduleId('lexer');
    const unfit = sealed().failTier('core', 'columns begin at 1');
    const { life } = moduleState(unfit.state, lexer);
    if (life.at !== 'amending' || life.order === null) throw new Error(life.at);
    const planned = { order: life.order, module: lexer, contract, spent: spent(50) };
    unfit.do({ type: 'record-amendment', ...planned, reason: 'columns begin at 1' });
    expect(unfit.events.some(({ type }) => type === 'module-reopened')).toBe(true);
    expect(flags(unfit)).toEqual([]);
    const asked = sealed().do({
      type: 'reopen-module',
      module: lexer,
      contract,
      reason: 'columns',
      by: 'ada',
    });
    expect(flags(asked)).toHaveLength(1);
  });

  test('is found forwards and backwards, and not where there is none', () => {
    const { marks, length } = recorded();
    const first = seek(marks, 'verdict', 0, 1);
    expect(first).not.toBeNull();
    expect(events[first! - 1]?.type).toBe('verdict-given');
    const second = seek(marks, 'verdict', first!, 1);
    expect(second).toBeGreaterThan(first!);
    expect(seek(marks, 'verdict', second!, -1)).toBe(first);
    expect(seek(marks, 'verdict', length, 1)).toBeNull();
    expect(seek(marks, 'verdict', first!, -1)).toBeNull();
  });
});

describe('a replay', () => {
  test('goes through the moments in order and ends in the present', () => {
    const moments = recorded();
    const playback = new Playback(moments, 1);
    const speed = speedFor(moments.times.at(-1)!);
    let last = 1;
    let steps = 0;
    for (;;) {
      const next = playback.advance(100, speed);
      if (next === null) break;
      expect(next).toBeGreaterThanOrEqual(last);
      last = next;
      if (++steps > 2_000) throw new Error('it does not end');
    }
    expect(last).toBeLessThan(moments.length);
  });

  test('does not show a night in which nothing happens', () => {
    const moments = recorded();
    const [, second = 0] = moments.times;
    const longMs = 36_000_000;
    const later = moments.times.map((ms, index) => (index === 0 ? ms : ms + longMs));
    moments.times.splice(0, later.length, ...later);
    const playback = new Playback(moments, 1);
    let realMs = 0;
    while ((playback.advance(100, 1) ?? moments.length) === 1) realMs += 100;
    expect(realMs).toBeLessThan(1_000);
    expect(moments.times[1]).toBe(second + longMs);
  });
});
