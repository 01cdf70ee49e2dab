import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { accountOf } from '../../../src/core/projections/account.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { accountAtMoment } from '../../../src/webview/account/tallied.ts';
import { Moments } from '../../../src/webview/time/moments.ts';

const events = readFileSync('test/webview/journals/tiny-lang.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

test('the account of any moment is that of its events alone, whichever way it is come to', () => {
  const moments = new Moments();
  moments.append(events);
  const on = Array.from({ length: Math.floor(events.length / 7) }, (_, at) => 1 + at * 7);
  for (const moment of [...on, events.length, ...on.toReversed(), 3, 200, 199]) {
    expect(accountAtMoment(moments, moment)?.account, `moment ${moment}`).toEqual(
      accountOf(events.slice(0, moment))?.account,
    );
  }
});

test('the account goes on with a run that goes on', () => {
  const moments = new Moments();
  for (const event of events) {
    moments.append([event]);
    if (moments.length % 40 !== 0) continue;
    expect(accountAtMoment(moments, moments.length)?.account).toEqual(
      accountOf(moments.events)?.account,
    );
  }
});

test('before its first event a run has no account', () => {
  expect(accountAtMoment(new Moments(), 0)).toBeNull();
});
