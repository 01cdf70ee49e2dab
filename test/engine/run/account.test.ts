import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accountOf } from '../../../src/core/projections/account.ts';
import { checklist } from '../../../src/core/projections/checklist.ts';
import { closing } from '../../../src/core/projections/postmortem.ts';
import { knowledgeFolder, writeInsights } from '../../../src/engine/knowledge.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

test('a run with a defect leaves its account in the report, and notes beside all runs', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, {
    ...tinyFiles(),
    ...goodScript(),
    ...builds('three/1', { 'src/three/index.js': gives('three', '4') }),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
  });
  commitAll(folder.path);
  const ran = await runTiny(folder.path);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const { account, replayed } = accountOf(ran.events)!;

  // Measured in a real run, with real checks: law 9 leaves no time without a reason.
  expect(account.pools.unheldMs).toBe(0);
  expect(account.time.speedup).toBeGreaterThan(0);
  const chain = account.time.criticalPath;
  const onChain = chain.reduce((sum, { ms }) => sum + ms, 0);
  expect(onChain).toBeGreaterThan(0);
  expect(onChain).toBeLessThanOrEqual(account.time.elapsedMs);
  expect(account.caughtByEvaluators).toMatchObject([
    { module: 'three', attempt: 1, verdict: 'FAIL', mendedBy: 2 },
  ]);
  const refused = checklist(account, replayed).filter(({ answer }) => answer === false);
  expect(refused.map(({ asks }) => asks)).toEqual(['Was nothing needlessly sequential?']);

  const own = runFolder(folder.path, ran.state.run);
  const report = readFileSync(join(own, 'postmortem.md'), 'utf8');
  const notes = readdirSync(knowledgeFolder(own)).sort();
  expect(notes.map((name) => name.replace(/^.*[0-9a-v]{4}-(?=run|pitfall|est)/, ''))).toEqual([
    ...['estimates.md', 'pitfall-1-three.md', 'run.md'],
  ]);
  for (const note of notes) expect(report).toContain(note);
  const pitfall = notes.find((name) => name.includes('pitfall')) ?? '';
  expect(readFileSync(join(knowledgeFolder(own), pitfall), 'utf8')).toContain(
    'Attempt 2 passed. Done as the contract says.',
  );

  // Written again, as after a crash before the end was recorded, they are the same files.
  const before = notes.map((name) => readFileSync(join(knowledgeFolder(own), name), 'utf8'));
  await writeInsights(knowledgeFolder(own), closing(replayed.state, ran.events).insights);
  expect(readdirSync(knowledgeFolder(own)).sort()).toEqual(notes);
  const after = notes.map((name) => readFileSync(join(knowledgeFolder(own), name), 'utf8'));
  expect(after).toEqual(before);
});

test('notes are not written through a link, and the run ends all the same', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'ashlar-elsewhere-'));
  try {
    await using folder = await workspaceFolder();
    writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
    commitAll(folder.path);
    writeFiles(folder.path, { '.ce-workspace/.gitignore': '*\n' });
    symlinkSync(elsewhere, join(folder.path, '.ce-workspace', 'knowledge'));
    writeFileSync(join(elsewhere, 'theirs.md'), 'theirs');
    const ran = await runTiny(folder.path);
    expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
    expect(readdirSync(elsewhere)).toEqual(['theirs.md']);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});
