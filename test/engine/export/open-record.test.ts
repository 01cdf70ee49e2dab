import { execFileSync } from 'node:child_process';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { exportedEvents, openedEvents } from '../../../src/core/export/exported-run.ts';
import { nodeRef, runId } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { countJson } from '../../../src/engine/export/count-json.ts';
import { openRecord } from '../../../src/engine/export/open-record.ts';
import { exportPage } from '../../../src/engine/export/page.ts';
import { readPage } from '../../../src/engine/export/read-page.ts';
import { Story } from '../../core/projections/story.ts';
import { journalText, layRun } from '../../support/laid-run.ts';
import { plan } from '../../support/scenario-plan.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const story = new Story().go().submit('lexer').pass('lexer');
const { events } = story;
const parts = { script: 'let page;', style: '' };
const mark = {
  ...({ ashlarExport: 1 } as const),
  ...{ run: runId('20260301-1200-ab3d'), madeAt: story.now + 5_000 },
  ...({ product: 'Ashlar 1.2.3', inProgress: true, driven: true, leftOut: 'texts' } as const),
};
const sent = exportedEvents(events, {
  ...{ evidence: false, clean: (text) => text, isSecret: () => false },
}).events;
const page = exportPage(mark, 'thing', sent, parts);

/** Opens a file of that content. */
async function opened(content: string | Buffer, name = 'run.html') {
  await using folder = await tempFolder();
  await writeFile(join(folder.path, name), content);
  return await openRecord(join(folder.path, name));
}

it('opens what was exported, as of when it was', async () => {
  const record = await opened(page);
  expect(record).toMatchObject({
    ...{ ok: true, run: mark.run, name: 'run.html', problem: null, driven: true },
    ...{ at: mark.madeAt, mark: { product: 'Ashlar 1.2.3', leftOut: 'texts' } },
  });
  expect(record.ok && record.events).toEqual(sent);
});

it('opens a journal, by itself or by the folder of its run', async () => {
  await using folder = await tempFolder();
  const run = await layRun(folder.path, events);
  for (const path of [run, join(run, 'journal.jsonl')]) {
    const record = await openRecord(path);
    expect(record).toMatchObject({
      ok: true,
      mark: null,
      at: story.now,
      driven: true,
      problem: null,
    });
    expect(record.ok && record.events).toEqual(events);
  }
});

describe('a run of thousands of modules', () => {
  const names = Array.from({ length: 2_000 }, (_, at) => `m${at}`);
  const modules = Object.fromEntries(
    names.map((id, at) => [id, at === 0 ? {} : { needs: ['m0'] }]),
  );
  const [small] = events;
  const first = { ...small, plan: plan({ modules }) } as RunEvent;

  it('comes out step by step as it does at once', async () => {
    const record = await opened(journalText([first]), 'journal.jsonl');
    expect(record).toMatchObject({ ok: true, problem: null });
    expect(record.ok && record.events).toEqual(openedEvents([first]).events);
  });

  it('lets others have their turn, and can be ended, within its first event', async () => {
    await using folder = await tempFolder();
    const path = join(folder.path, 'journal.jsonl');
    await writeFile(path, journalText([first]));
    const end = new AbortController();
    const onProgress = (): unknown => setImmediate(() => end.abort());
    const record = await openRecord(path, { signal: end.signal, onProgress });
    expect(record).toMatchObject({ ok: false, code: 'cancelled' });
  });

  it('is refused where one of its modules is not as its type says, naming which', async () => {
    const broken = structuredClone(first) as unknown as { plan: { modules: { id: unknown }[] } };
    broken.plan.modules[1_234]!.id = 7;
    const at = openedEvents([broken as unknown as RunEvent]);
    const record = await opened(journalText([broken as unknown as RunEvent]), 'journal.jsonl');
    expect(record).toMatchObject({ ok: false, code: 'no-run' });
    expect(at.ok ? '' : at.what).toContain('plan.modules.1234.id');
    if (!record.ok && !at.ok) expect(record.message).toContain(at.what);
  });
});

it('opens a damaged journal up to the damage, and says the line', async () => {
  const lines = journalText(events).split('\n');
  lines[6] = lines[6]!.replace('"seq":7', '"seq":7,"said":1');
  const record = await opened(lines.join('\n'), 'journal.jsonl');
  expect(record).toMatchObject({
    ok: true,
    problem: expect.stringMatching(/^Line 8: The line before/),
  });
  expect(record.ok && record.events).toEqual(events.slice(0, 7));
  const torn = await opened(journalText(events).slice(0, -20), 'journal.jsonl');
  expect(torn).toMatchObject({ ok: true, problem: expect.stringContaining('cut off') });
});

it('opens a journal of which an event is not as its type says up to that event', async () => {
  const [first, ...rest] = events;
  const broken = {
    type: 'rest-ended',
    seq: 5,
    at: story.now,
    module: { toString: 'lexer' },
  } as unknown as RunEvent;
  const record = await opened(journalText([first!, ...rest.slice(0, 3), broken]), 'x.jsonl');
  expect(record).toMatchObject({
    ok: true,
    problem: expect.stringMatching(/^Line 5: .*update this one/),
  });
  expect(record.ok && record.events).toHaveLength(4);
});

const changed = (what: (events: RunEvent[]) => unknown): string => {
  const list = what(structuredClone([...sent]));
  return exportPage(mark, 'thing', list as RunEvent[], parts);
};

it.each<[string, string, string]>([
  ['another page', '<!doctype html><title>no</title>', 'is no page that Ashlar has exported'],
  ['a page without events', page.replace('id="ashlar-events"', 'id="x"'), 'is no page that Ashlar'],
  [
    'a newer format',
    page.replace('"ashlarExport":1', '"ashlarExport":2'),
    'has format 2, which is newer than this version of Ashlar; update Ashlar',
  ],
  ['a strange format', page.replace('"ashlarExport":1', '"ashlarExport":"1"'), 'was changed'],
  ['a hostile run', page.replace('"run":"2026', '"run":"../../2026'), 'was changed'],
  ['cut data', page.replace(/("seq":9),/, '$1'), 'was cut or changed'],
  ['data that is no list', changed(() => ({ length: 3 })), 'was cut or changed'],
  ['events that are none', changed(() => [null]), 'was cut or changed'],
  [
    'another run',
    page.replace('"run":"20260301-1200-ab3d"', '"run":"20260301-1200-ab3e"'),
    'says that it is run',
  ],
  ['no beginning', changed((list) => list.slice(1)), 'is no run of Ashlar: Line 1'],
  ['nothing', '', 'is no run of Ashlar'],
  [
    'anything',
    Buffer.from([0, 1, 2, 255, 10, 7]).toString('latin1'),
    'is no run of Ashlar: Line 1: The line is not an event',
  ],
])('refuses %s, saying what and what to do', async (_, content, says) => {
  const record = await opened(content);
  expect(record).toMatchObject({ ok: false });
  if (!record.ok) expect(record.message).toContain(says);
});

it.each<[string, string, string]>([
  [
    'swapped events',
    changed((list) => [...list.slice(0, 4), list[5], list[4], ...list.slice(6)]),
    'Line 5: it does not fit the events before it: its number is 6',
  ],
  [
    'events of before',
    changed((list) => list.map((event, at) => (at === 7 ? { ...event, at: 1 } : event))),
    'Line 8: it does not fit',
  ],
  [
    'an unknown type',
    changed((list) => list.map((event, at) => (at === 6 ? { ...event, type: 'new' } : event))),
    'Line 7: new: type is of a type that this version does not know. If a newer',
  ],
  [
    'missing events',
    page.replace(`"events":${sent.length}`, `"events":${sent.length + 4}`),
    `It says that it holds ${sent.length + 4} events`,
  ],
])('shows of %s what is sound, and says where that ends', async (_, content, says) => {
  const record = await opened(content);
  expect(record).toMatchObject({ ok: true, problem: expect.stringContaining(says) });
});

/** The page with other events, packed. */
function pageOf(json: string | Buffer): string {
  const packed = page.replace('"encoding":"json"', '"encoding":"gzip"');
  const [head = '', rest = ''] = packed.split('id="ashlar-events">');
  return `${head}id="ashlar-events">${gzipSync(json).toString('base64')}</script>${rest}`;
}

it('does not unpack what would fill the memory, nor take more events than are shown', async () => {
  const large = pageOf(Buffer.alloc(1_000_000, 0x20));
  expect(await readPage(large, 10_000, 100)).toMatchObject({ ok: false, code: 'too-large' });
  expect(await readPage(page, 10, 100)).toMatchObject({ ok: false, code: 'too-large' });
  expect(await readPage(page, 1_000_000, 3)).toMatchObject({ ok: false, code: 'too-many' });
});

it('does not parse what would fill the memory, at whatever depth it stands', async () => {
  const parse = vi.spyOn(JSON, 'parse');
  const lists = {
    'holds over 200000 events; open it in a browser': `[${'{},'.repeat(200_001)}{}]`,
    'holds over 8000000 values': `[{"type":"x","a":[${'{},'.repeat(4_200_000)}{}]}]`,
    'holds more than can be shown here (64 MB)': Buffer.alloc(65 * 1024 ** 2, 0x20),
  };
  for (const [says, json] of Object.entries(lists)) {
    expect(await opened(pageOf(json))).toMatchObject({
      ok: false,
      message: expect.stringContaining(says) as string,
    });
  }
  // The mark's alone.
  expect(Math.max(...parse.mock.calls.map(([text]) => text.length))).toBeLessThan(1_000);
  parse.mockRestore();
});

/** The page with the first event's plan changed so. */
const planned = (what: (plan: Plan) => Partial<Plan>): string =>
  changed(([first, ...rest]) =>
    first?.type === 'run-started'
      ? [{ ...first, plan: { ...first.plan, ...what(first.plan) } }, ...rest]
      : [],
  );
const times = <Item>(count: number, item: Item): Item[] =>
  Array.from({ length: count }, () => item);

it.each<[string, string, (plan: Plan) => Partial<Plan>]>([
  ['modules', '10000 modules', ({ modules }) => ({ modules: times(100_000, modules[0]!) })],
  ['gates', '10000 gates', ({ gates }) => ({ gates: times(10_001, gates[0]!) })],
  [
    'handoffs',
    '10000 handoffs',
    ({ modules: [a, b] }) => ({
      handoffs: times(10_001, { from: a!.id, to: b!.id, items: ['it'] }),
    }),
  ],
  [
    'dependencies',
    '200000 dependencies',
    ({ modules }) => ({
      modules: modules.map((module) => ({
        ...module,
        needs: times(100_000, { kind: 'hard', on: nodeRef('module', 'vm') } as const),
      })),
    }),
  ],
  [
    'uses of resources',
    '1000000 pairs of a module, tier or gate and a resource',
    ({ modules }) => ({
      modules: times(1_001, modules[0]!),
      resources: times(1_000, { id: 'port', capacity: 1 } as never),
    }),
  ],
  [
    'modules behind dependencies',
    '1000000 dependencies, counted by the modules in what is depended on',
    ({ modules: [first] }) => ({
      modules: Array.from({ length: 1_500 }, (_, place) => ({
        ...first!,
        id: `m${place}` as never,
        needs: [{ kind: 'soft', on: nodeRef('stream', first!.stream) } as const],
      })),
    }),
  ],
])('folds no plan with more %s than a plan has', async (_, over, what) => {
  const record = await opened(planned(what));
  expect(record).toEqual({
    ...{ ok: false, code: 'too-large' },
    message: `run.html: line 1: its plan has over ${over}, more than can be shown; ask whoever sent it for a smaller run`,
  });
});

it('refuses a plan of that size that a later event brings too', async () => {
  const [first] = sent;
  if (first?.type !== 'run-started') expect.fail();
  const modules = times(10_001, first.plan.modules[0]!);
  const by = 'plan' as const;
  const later = { type: 'plan-changed', seq: 2, at: first.at, by, reason: '' };
  const page = changed(() => [first, { ...later, plan: { ...first.plan, modules } }]);
  const record = await opened(page);
  expect(record).toMatchObject({ ok: false, code: 'too-large' });
  if (!record.ok) expect(record.message).toContain('line 2: its plan has over 10000 modules');
});

it('counts the lines of a journal before it reads them', async () => {
  const record = await opened('\n'.repeat(200_001), 'journal.jsonl');
  expect(record).toMatchObject({ ok: false, code: 'too-many' });
});

it('lets others have their turn while it folds, and ends when nobody wants it any more', async () => {
  const spent = { tokens: 1, microUsd: 0, turns: 0, ms: 0 };
  const progress = Array.from({ length: 30_000 }, (_, index) => ({
    ...{ type: 'progress-reported', module: 'lexer', attempt: 1, epoch: 1, says: '' },
    ...{ seq: sent.length + 1 + index, at: story.now, fraction: 0.5, spent },
  }));
  const long = pageOf(JSON.stringify([...sent, ...progress]));
  await using folder = await tempFolder();
  const path = join(folder.path, 'long.html');
  await writeFile(path, long);
  const ended = new AbortController();
  const parts: number[] = [];
  const record = await openRecord(path, {
    signal: ended.signal,
    onProgress: (part) => {
      parts.push(part);
      // Comes about only when the fold lets it.
      setImmediate(() => {
        ended.abort();
      });
    },
  });
  expect(record).toEqual({
    ...{ ok: false, code: 'cancelled' },
    message: 'long.html was not opened: its reading was ended before its end',
  });
  expect(parts[0]).toBe(0);
});

it.each([
  ['[]', 0, 1],
  ['[{"a":[1,2]},{}]', 2, 6],
  [String.raw`["a,\",[{","b\\",{}]`, 3, 4],
])('counts in %s', (json, items, values) => {
  expect(countJson(json, 100)).toEqual({ items, values });
});

it('says so of what is no file, not there, or too large', async () => {
  await using folder = await tempFolder();
  const at = (name: string): string => join(folder.path, name);
  await mkdir(at('empty'));
  await writeFile(at('large.jsonl'), '');
  await truncate(at('large.jsonl'), 300 * 1024 ** 2);
  const message = async (name: string) => {
    const record = await openRecord(at(name));
    return record.ok ? 'opened' : record.message;
  };
  expect(await message('gone.html')).toMatch(/there is no file .*gone\.html any more/);
  expect(await message('empty')).toMatch(/holds no journal\.jsonl; open a folder in/);
  expect(await message('large.jsonl')).toMatch(/larger than any run that can be shown/);
  if (process.platform === 'win32') return;
  execFileSync('mkfifo', [at('pipe')]);
  expect(await message('pipe')).toMatch(/is no file/);
});
