import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/ids.ts';
import { readRun } from '../../../src/engine/run-record.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { resumeRun } from '../../../src/engine/start-run.ts';
import { verifyRun } from '../../../src/engine/verify-run.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { git, ofType, runTiny, sessionOptions } from '../../support/tiny-workspace.ts';
import { live, liveAgain, openPlace } from './rig.ts';

const journalOf = (workspace: string, run: RunId): string =>
  join(runFolder(workspace, run), 'journal.jsonl');

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

/** Makes every object a file of its own, so that one can be spoilt alone. */
function loosen(store: string): void {
  const folder = join(store, 'objects', 'pack');
  const packs = readdirSync(folder).filter((name) => name.endsWith('.pack'));
  for (const name of packs) {
    const input = readFileSync(join(folder, name));
    // A pack that is in its place already would not be unpacked.
    const stem = name.slice(0, -'.pack'.length);
    for (const part of readdirSync(folder)) {
      if (part.startsWith(stem)) rmSync(join(folder, part), { force: true });
    }
    execFileSync('git', ['unpack-objects', '-q'], { cwd: store, input });
  }
}

test('verify finds a run whole, and names whatever was changed since', async () => {
  await using place = await openPlace();
  const { workspace, outside } = place;
  writeQuick(workspace);
  const ran = await runTiny(workspace, { speed: 1000 });
  const { run } = ran.state;
  const seal = ofType(ran, 'module-sealed').find(({ module }) => module === 'gamma');
  expect(await verifyRun(workspace, run)).toEqual({
    ok: true,
    run,
    problems: [],
    checked: { events: ran.events.length, seals: 3 },
  });

  const after = async (spoil: (copy: string, journal: string, store: string) => void) => {
    const copy = join(outside, 'copy');
    rmSync(copy, { recursive: true, force: true });
    cpSync(workspace, copy, { recursive: true });
    spoil(copy, journalOf(copy, run), join(copy, '.ce-workspace', 'store.git'));
    const verified = await verifyRun(copy, run);
    expect(verified.ok).toBe(true);
    return verified.ok ? verified.problems : [];
  };

  const edited = await after((_, journal) =>
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('gamma is 3', 'gamma is 4')),
  );
  expect(edited).toEqual([expect.stringMatching(/^journal, line \d+: /)]);

  const cut = await after((_, journal) => {
    const lines = linesOf(journal);
    const end = lines.slice(0, -1).findLastIndex((line) => line.includes('"end":true'));
    writeFileSync(journal, `${lines.slice(0, end + 1).join('\n')}\n`);
  });
  expect(cut).toEqual([expect.stringMatching(/^journal, /)]);

  const object = git(
    join(workspace, '.ce-workspace', 'store.git'),
    'rev-parse',
    `${seal?.tree}:src/gamma/number`,
  );
  const deleted = await after((_, __, store) => {
    loosen(store);
    rmSync(join(store, 'objects', object.slice(0, 2), object.slice(2)));
  });
  expect(deleted).toContainEqual(expect.stringContaining(object));

  const garbled = await after((_, __, store) => {
    loosen(store);
    const path = join(store, 'objects', object.slice(0, 2), object.slice(2));
    rmSync(path);
    writeFileSync(path, 'this is no object');
  });
  expect(garbled).toContainEqual(expect.stringContaining(object));

  const moved = await after((_, __, store) => {
    const ref = `refs/ashlar/${run}/seals/gamma/${seal?.seal}`;
    git(store, 'update-ref', ref, git(store, 'rev-parse', `refs/ashlar/${run}/base^{tree}`));
  });
  expect(moved).toContainEqual(expect.stringContaining('gamma: the ref to its seal'));
});

test('a decision that a kill cut off is dropped, said, and made again', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  const first = await live(workspace, { speed: 1 });
  await first.saw('module-sealed', ({ module }) => module === 'gamma');
  await first.stop();
  const { run } = first;
  const journal = journalOf(workspace, run);
  // The decision that is written last loses its end, as if power had failed in the middle of a line.
  const lines = linesOf(journal);
  const torn = JSON.parse(lines.at(-1) ?? '') as { seq: number; decision: number };
  const next = { ...torn, seq: torn.seq + 1, decision: torn.decision + 1 };
  const line = JSON.stringify({ ...next, type: 'run-paused', by: 'nobody', end: undefined });
  writeFileSync(journal, `${lines.join('\n')}\n${line.slice(0, -9)}`);

  const read = await readRun(workspace, run);
  expect(read).toMatchObject({ ok: true, record: { torn: expect.stringContaining('cut off') } });

  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  await using again = await liveAgain(workspace, null, { speed: 10_000, onNote });
  const state = await again.finished;

  expect(notes).toEqual([expect.stringContaining('cut off')]);
  expect(state.phase).toMatchObject({ outcome: 'complete' });
  expect(state.seq).toBe(again.session.events.length);
  const built = ofType(again.session, 'generation-started').map(({ module, epoch }) => [
    module,
    epoch,
  ]);
  expect(built).toContainEqual(['alpha', 2]);
  expect(built.filter(([module]) => module === 'gamma')).toHaveLength(1);
  expect(await verifyRun(workspace, run)).toMatchObject({ ok: true, problems: [] });
});

test('a run whose journal was edited is not driven on', async () => {
  await using place = await openPlace();
  const { workspace } = place;
  writeQuick(workspace, { ...quickScript(), ...holds('alpha', 1, '1', 'seconds: 3600\n') });
  const first = await live(workspace, { speed: 1 });
  await first.saw('module-sealed', ({ module }) => module === 'gamma');
  await first.stop();
  const journal = journalOf(workspace, first.run);
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('gamma is 3', 'gamma is 4'));

  const resumed = await resumeRun(workspace, first.run, sessionOptions());

  expect(resumed).toMatchObject({ ok: false, message: expect.stringMatching(/^Line \d+: /) });
  expect(readdirSync(runFolder(workspace, first.run))).not.toContain('lock.json');
});
