import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { openRecord } from '../../../src/engine/export/open-record.ts';
import { exportRun, type ExportOptions } from '../../../src/engine/export/export-run.ts';
import { smallPlan, Story } from '../../core/projections/story.ts';
import { layRun } from '../../support/laid-run.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const parts = async () => ({
  script: `const marks = ['<!--', '</script>', /<script/];`,
  style: `.icon::before { content: '</style>'; }`,
});
const key = 'sk-ant-REDACTED';

const options = (folder: string): ExportOptions => ({
  ...{ run: null, file: null, folder, force: false, evidence: false },
  ...{ keys: () => [key], version: '1.2.3', now: 1_772_370_000_000 },
});

/** The bodies of its inert and executed scripts. */
function scriptsOf(page: string): readonly string[] {
  return [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, body = '']) => body);
}

async function workspaceWith(events: readonly RunEvent[]) {
  const folder = await tempFolder();
  await layRun(folder.path, events);
  return folder;
}

it('writes one page that holds the run, runs one script and can ask no address', async () => {
  await using folder = await workspaceWith(new Story().go().events);
  const exported = await exportRun(folder.path, options(folder.path), parts);
  if (!exported.ok) expect.fail(exported.message);
  expect(exported).toMatchObject({ inProgress: true, notes: [] });
  expect(exported.file).toBe(join(folder.path, 'ashlar-20260301-1200-ab3d.html'));
  const page = await readFile(exported.file, 'utf8');
  expect(Buffer.byteLength(page)).toBe(exported.bytes);

  const [mark = '', events = '', script = '', ...more] = scriptsOf(page);
  expect(more).toEqual([]);
  expect(JSON.parse(mark)).toEqual({
    ...{ ashlarExport: 1, run: '20260301-1200-ab3d', madeAt: 1_772_370_000_000 },
    ...{ product: 'Ashlar 1.2.3', inProgress: true, driven: false, leftOut: 'texts' },
    ...{ events: exported.events, encoding: 'json' },
  });
  expect(JSON.parse(events)).toHaveLength(exported.events);
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'`,
  );
  expect(page.match(/<\/style/g)).toHaveLength(1);
  expect(page).not.toMatch(/<!--/);
});

it('leaves out what was told, and keeps secrets and this machine out of evidence', async () => {
  const says = `got ${key} in /home/somebody/app/src/a.js, <script>alert(1)</script>`;
  const story = new Story().go().submit('lexer', 'You are a builder: prompt').fail('lexer', says);
  await using folder = await workspaceWith(story.events);
  const texts = async (evidence: boolean): Promise<string> => {
    const made = { ...options(folder.path), evidence, force: true };
    const exported = await exportRun(folder.path, made, parts);
    if (!exported.ok) expect.fail(exported.message);
    return await readFile(exported.file, 'utf8');
  };
  const plain = await texts(false);
  const kept = await texts(true);
  for (const page of [plain, kept]) {
    for (const hidden of [key, 'prompt', '/home/somebody', folder.path, '<script>alert']) {
      expect(page).not.toContain(hidden);
    }
  }
  expect(plain).not.toContain('got ');
  expect(kept).toContain(
    'got ••• in <path>, \\u003cscript>alert(1)'.replace('<path>', '\\u003cpath>'),
  );
});

it('opens again where a secret is a part of a name, a hash or a word of ours', async () => {
  const json = JSON.stringify(smallPlan()).replaceAll('lexer', 'postgres-lexer');
  const story = new Story(JSON.parse(json) as Plan).go();
  story.submit('postgres-lexer').pass('postgres-lexer');
  await using folder = await workspaceWith(story.events);
  const keys = () => ['postgres', 'b'.repeat(8), 'parallel', 'generation'];
  const made = { ...options(folder.path), keys, file: 'run.html' };
  const exported = await exportRun(folder.path, made, parts);
  if (!exported.ok) expect.fail(exported.message);
  expect(exported.notes).toEqual([expect.stringMatching(/^a name of the plan held .*hidden-1/)]);
  expect(await readFile(exported.file, 'utf8')).not.toContain('postgres');
  const record = await openRecord(exported.file);
  expect(record).toMatchObject({ ok: true, problem: null, replayed: { state: { sealed: 1 } } });
});

it('packs a large run', async () => {
  const story = new Story().go();
  const [first] = story.events;
  const at = { at: story.now, type: 'progress-reported', module: 'lexer', attempt: 1, epoch: 1 };
  const spent = { tokens: 1, microUsd: 0, turns: 0, ms: 0 };
  const more = Array.from({ length: 3_000 }, (_, index) => ({
    ...{ ...at, seq: story.events.length + 1 + index, says: '', fraction: 0.5, spent },
  }));
  await using folder = await workspaceWith([...story.events, ...more] as RunEvent[]);
  const exported = await exportRun(folder.path, options(folder.path), parts);
  if (!exported.ok) expect.fail(exported.message);
  const [mark = '', packed = ''] = scriptsOf(await readFile(exported.file, 'utf8'));
  expect(JSON.parse(mark)).toMatchObject({ encoding: 'gzip' });
  const events = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()) as RunEvent[];
  expect(events).toHaveLength(story.events.length + 3_000);
  expect(events[0]).toMatchObject({
    type: 'run-started',
    run: first?.type === 'run-started' && first.run,
  });
  expect(exported.bytes).toBeLessThan(40_000);
});

it('shows of a damaged journal what comes before the damage, and says so', async () => {
  const story = new Story().go().submit('lexer').pass('lexer');
  await using folder = await workspaceWith(story.events);
  const journal = join(folder.path, '.ce-workspace/runs/20260301-1200-ab3d/journal.jsonl');
  const lines = (await readFile(journal, 'utf8')).split('\n');
  lines[5] = lines[5]!.replace(/"at":\d+/, '"at":1');
  await writeFile(journal, lines.join('\n'));
  const exported = await exportRun(folder.path, options(folder.path), parts);
  if (!exported.ok) expect.fail(exported.message);
  expect(exported.events).toBe(5);
  expect(exported.notes).toEqual([
    expect.stringMatching(/^the journal is damaged: line 6: .*; the export holds/),
  ]);
});

it('replaces nothing without being told to, and leaves nothing behind', async () => {
  await using folder = await workspaceWith(new Story().go().events);
  await mkdir(join(folder.path, 'taken'));
  await writeFile(join(folder.path, 'mine.html'), 'mine');
  const to = async (file: string | null, more: Partial<ExportOptions> = {}) => {
    const exported = await exportRun(
      folder.path,
      { ...options(folder.path), file, ...more },
      parts,
    );
    return exported.ok ? exported.file : exported.message;
  };
  expect(await to('mine.html')).toMatch(/mine\.html exists; give --force to replace it/);
  expect(await readFile(join(folder.path, 'mine.html'), 'utf8')).toBe('mine');
  expect(await to('mine.html', { force: true })).toBe(join(folder.path, 'mine.html'));
  expect((await stat(join(folder.path, 'mine.html'))).size).toBeGreaterThan(100);
  expect(await to('taken')).toMatch(/exists/);
  expect(await to('taken', { force: true })).toMatch(/is a folder; name a file in it/);
  expect(await to('no/where/run.html')).toMatch(/there is no folder .*no\/where; make it/);
  expect(await to('mine.html/run.html')).toMatch(/there is no folder .*mine\.html/);
  expect((await readdir(folder.path)).sort()).toEqual(['.ce-workspace', 'mine.html', 'taken']);
});

it('says what to do where there is no run, or the page was not built', async () => {
  await using empty = await tempFolder();
  expect(await exportRun(empty.path, options(empty.path), parts)).toMatchObject({ code: 'no-run' });
  await using folder = await workspaceWith(new Story().go().events);
  const unbuilt = await exportRun(folder.path, options(folder.path), async () => null);
  expect(unbuilt).toMatchObject({ ok: false, message: expect.stringContaining('npm run build') });
});
