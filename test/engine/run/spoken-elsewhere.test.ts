import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setLanguage, t } from '../../../src/core/language.ts';
import { preparePullRequest } from '../../../src/engine/pull-request/prepare.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import { readReport, readRun } from '../../../src/engine/run-record.ts';
import { filesBelow } from '../../support/files-below.ts';
import {
  commitAll,
  git,
  goodScript,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

/** In a text that was said in the language of the window, and nowhere else. */
const mark = '\u2048';
const table = JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')) as Record<
  string,
  string
>;
const marked = Object.fromEntries(
  Object.entries(table).map(([from, to]) => [from, `${mark}${to}`]),
);

beforeEach(() => setLanguage({ tag: 'de', messages: marked, decimalMark: ',' }));
afterEach(() => setLanguage({ tag: 'en', messages: {}, decimalMark: '.' }));

/** The texts in a store; trees are none, and hold any bytes. */
function stored(store: string): string {
  const format = '--batch-check=%(objectname) %(objecttype)';
  const texts = git(store, 'cat-file', format, '--batch-all-objects')
    .split('\n')
    .filter((line) => !line.endsWith(' tree'))
    .map((line) => line.split(' ')[0]);
  const options = { cwd: store, encoding: 'utf8', input: `${texts.join('\n')}\n` } as const;
  return execFileSync('git', ['cat-file', '--batch'], options);
}

test('what a run of a window that speaks German writes down is English', async () => {
  expect(t('Sealed')).toBe(`${mark}Gesiegelt`);
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  const { run } = (await runTiny(folder.path)).state;

  const wishes = { branch: null, base: null, title: null, body: null };
  const pull = await preparePullRequest(folder.path, run, wishes);
  expect(pull.ok).toBe(true);
  const read = await readRun(folder.path, run);
  if (!read.ok) throw new Error(read.message);
  const report = await readReport(read.record);
  expect(report).toContain('## What went wrong');

  const store = join(folder.path, '.ce-workspace', 'store.git');
  const written = {
    commits: git(folder.path, 'log', '--all', '--format=%B'),
    branches: git(folder.path, 'for-each-ref'),
    pull: JSON.stringify(pull),
    report,
    stored: stored(store),
    // Below it lies what is compressed: any bytes.
    ...Object.fromEntries(
      filesBelow(join(folder.path, '.ce-workspace'))
        .filter((path) => !path.startsWith(join(store, 'objects')))
        .map((path) => [path, readFileSync(path, 'utf8')]),
    ),
  };
  const journal = join(runFolder(folder.path, run), 'journal.jsonl');
  expect(Object.keys(written)).toContain(journal);
  expect(written.stored).toContain('export const one');
  const german = Object.entries(written).filter(([, text]) => text.includes(mark));
  expect(german.map(([name]) => name)).toEqual([]);
  expect(readFileSync(join(runFolder(folder.path, run), 'postmortem.md'), 'utf8')).toBe(report);
});
