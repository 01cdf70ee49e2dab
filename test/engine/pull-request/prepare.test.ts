import { lstatSync, readFileSync, symlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunId } from '../../../src/core/ids.ts';
import {
  preparePullRequest,
  type PullRequest,
  type PullRequestWishes,
} from '../../../src/engine/pull-request/prepare.ts';
import {
  commitAll,
  git,
  goodScript,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';
import { tempFolder, type TempFolder } from '../../support/temp-folder.ts';
import { workspaceFolder } from '../run/rig.ts';
import { copyOf } from './place.ts';

let folder: TempFolder;
let run: RunId;

beforeAll(async () => {
  folder = await tempFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  run = (await runTiny(folder.path)).state.run;
});

afterAll(() => folder[Symbol.asyncDispose]());

const branch = (): string => `ashlar/${run}`;
const none: PullRequestWishes = { branch: null, base: null, title: null, body: null };
const prepare = (path: string, wishes: Partial<PullRequestWishes> = {}) =>
  preparePullRequest(path, run, { ...none, ...wishes });

async function prepared(
  path: string,
  wishes: Partial<PullRequestWishes> = {},
): Promise<PullRequest> {
  const made = await prepare(path, wishes);
  if (!made.ok) throw new Error(`${made.code}: ${made.message}`);
  return made.pullRequest;
}

describe('a run that is complete', () => {
  test('is offered as the branch that it delivered, into the one that it started from', async () => {
    await using place = await copyOf(folder.path);
    const before = place.git('for-each-ref');
    const made = await prepared(place.path);
    const { base, commit, commits, files, title, body, bodyFile } = made;
    expect({ commits, files }).toEqual({ commits: 3, files: 3 });
    expect(made.branch).toBe(branch());
    expect(base).toBe(place.git('branch', '--show-current'));
    expect(commit).toBe(place.git('rev-parse', branch()));
    expect(title).toBe('tiny: Three numbers that fit each other');
    expect(body).toContain('| `one` | Give the number that one stands for. | v1 |');
    expect(body).toMatch(/Whole when this was written: \d+ events, 3 seals\./);
    expect(readFileSync(bodyFile, 'utf8')).toBe(body);
    expect(bodyFile).toBe(join(place.path, '.ce-workspace/runs', run, 'pull-request.md'));
    // Nothing but the text is written.
    expect(place.git('for-each-ref')).toBe(before);
    expect(place.git('status', '--porcelain')).toBe('');
  });

  test('is offered with what people put on top of it', async () => {
    await using place = await copyOf(folder.path);
    place.git('checkout', '--quiet', branch());
    writeFiles(place.path, { 'notes.md': 'by hand\n' });
    place.git('add', 'notes.md');
    place.git('commit', '--quiet', '-m', 'Notes');
    const { commit, commits, body } = await prepared(place.path);
    expect({ commit, commits }).toEqual({ commit: place.git('rev-parse', 'HEAD'), commits: 4 });
    expect(body).toContain('**1 commit on top of what the run delivered**');
  });

  test('is laid on a branch of another name, once and again', async () => {
    await using place = await copyOf(folder.path);
    const tip = place.git('rev-parse', branch());
    expect((await prepared(place.path, { branch: 'feature/numbers' })).commit).toBe(tip);
    expect(place.git('rev-parse', 'feature/numbers')).toBe(tip);
    expect((await prepared(place.path, { branch: 'feature/numbers' })).branch).toBe(
      'feature/numbers',
    );
  });

  test('moves a branch on that holds an earlier delivery of the run, and no other', async () => {
    await using place = await copyOf(folder.path);
    const tip = place.git('rev-parse', branch());
    place.git('branch', 'feature', `${branch()}~1`);
    place.git('branch', 'mine', 'HEAD');
    expect((await prepared(place.path, { branch: 'feature' })).commit).toBe(tip);
    expect(place.git('rev-parse', 'feature')).toBe(tip);
    const before = place.git('for-each-ref');
    expect(await prepare(place.path, { branch: 'mine' })).toMatchObject({
      ...{ ok: false, code: 'branch-refused' },
      message: `the branch mine is there and holds something else than run ${run} delivered; say another --branch`,
    });
    expect(place.git('for-each-ref')).toBe(before);
  });

  test('leaves a branch alone that is checked out', async () => {
    await using place = await copyOf(folder.path);
    place.git('checkout', '--quiet', '-b', 'feature', `${branch()}~1`);
    expect(await prepare(place.path, { branch: 'feature' })).toMatchObject({
      ...{ ok: false, code: 'branch-refused' },
      message: expect.stringContaining('is checked out') as string,
    });
  });

  test('has its branch made again where it was deleted, as long as its commits are there', async () => {
    await using place = await copyOf(folder.path);
    const tip = place.git('rev-parse', branch());
    place.git('branch', '-D', branch());
    expect((await prepared(place.path)).commit).toBe(tip);
    expect(place.git('rev-parse', branch())).toBe(tip);
    place.git('branch', '-D', branch());
    place.git('reflog', 'expire', '--expire=now', '--all');
    place.git('gc', '--quiet', '--prune=now');
    expect(await prepare(place.path)).toMatchObject({
      ...{ ok: false, code: 'branch-refused' },
      message: expect.stringContaining('is not in this repository any more') as string,
    });
  });

  test('has its text written past a link that waits beside it', async () => {
    await using place = await copyOf(folder.path);
    await using elsewhere = await tempFolder();
    const file = join(elsewhere.path, 'mine.txt');
    writeFileSync(file, 'mine');
    symlinkSync(file, join(place.path, '.ce-workspace/runs', run, 'pull-request.md.new'));
    const { bodyFile, body } = await prepared(place.path);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readFileSync(bodyFile, 'utf8')).toBe(body);
    expect(lstatSync(bodyFile).isFile()).toBe(true);
  });

  test('says nothing of a secret or of this machine', async () => {
    await using place = await copyOf(folder.path);
    vi.stubEnv('PLANTED_API_KEY', 'numbers that fit each other');
    const told = await prepared(place.path);
    const own = await prepared(place.path, { title: 'Mine', body: `See ${place.path}/a.js` });
    vi.unstubAllEnvs();
    expect(`${told.title}\n${told.body}`).not.toContain('that fit each other');
    expect(readFileSync(told.bodyFile, 'utf8')).not.toContain(place.path);
    expect(own).toMatchObject({ title: 'Mine', body: 'See <path>/a.js' });
  });

  test('takes title and text from a person', async () => {
    await using place = await copyOf(folder.path);
    const { title, body, bodyFile } = await prepared(place.path, {
      ...{ title: 'Numbers, fixes #1', body: 'Mine.\n' },
    });
    expect({ title, body }).toEqual({ title: 'Numbers, fixes #1', body: 'Mine.\n' });
    expect(readFileSync(bodyFile, 'utf8')).toBe('Mine.\n');
  });

  test('is merged into a branch that only the remote has which it is pushed to', async () => {
    await using place = await copyOf(folder.path);
    place.addRemote();
    place.git('remote', 'add', 'theirs', 'https://github.com/mallory/tiny.git');
    place.git('update-ref', 'refs/remotes/theirs/release/1', branch());
    expect(await prepare(place.path, { base: 'release/1' })).toMatchObject({
      ...{ ok: false, code: 'base-refused' },
      message: 'there is no branch release/1 here, or on origin as it was last fetched; say --base',
    });
    place.git('update-ref', 'refs/remotes/origin/release/1', 'HEAD');
    expect((await prepared(place.path, { base: 'release/1' })).commits).toBe(3);
  });

  test('tells how much of its base the remote does not have', async () => {
    await using place = await copyOf(folder.path);
    const base = place.git('branch', '--show-current');
    expect((await prepared(place.path)).unpublished).toBeNull();
    place.addRemote();
    expect((await prepared(place.path)).unpublished).toBeNull();
    const empty = place.git('commit-tree', '-m', 'Theirs', `${base}^{tree}`);
    place.git('update-ref', `refs/remotes/origin/${base}`, empty);
    const { unpublished, ground } = await prepared(place.path);
    expect(unpublished).toEqual({ remote: 'origin', commits: 1, ofBase: true });
    expect(ground).toEqual([place.git('rev-parse', base)]);
    place.git('update-ref', `refs/remotes/origin/${branch()}`, branch());
    expect((await prepared(place.path)).unpublished).toEqual({
      remote: 'origin',
      commits: 0,
      ofBase: true,
    });
    place.git('update-ref', '-d', `refs/remotes/origin/${branch()}`);
    place.git('update-ref', `refs/remotes/origin/${base}`, base);
    expect((await prepared(place.path)).unpublished).toEqual({
      remote: 'origin',
      commits: 0,
      ofBase: true,
    });
  });

  test('does not take for unpublished what any branch of the remote has', async () => {
    await using place = await copyOf(folder.path);
    place.addRemote();
    const began = place.git('branch', '--show-current');
    const main = place.git('commit-tree', '-m', 'Main', `${began}^{tree}`);
    const joined = place.git('commit-tree', '-p', main, '-p', began, '-m', 'x', `${began}^{tree}`);
    place.git('update-ref', 'refs/heads/other', joined);
    place.git('update-ref', 'refs/remotes/origin/other', main);
    const unpublished = async () => (await prepared(place.path, { base: 'other' })).unpublished;
    expect(await unpublished()).toMatchObject({ commits: 1 });
    place.git('update-ref', 'refs/remotes/origin/feature', began);
    expect(await unpublished()).toMatchObject({ commits: 0 });
  });
});

describe('it is refused', () => {
  test.each<[string, Partial<PullRequestWishes>, string, string]>([
    ['no such base', { base: 'nowhere' }, 'base-refused', 'there is no branch nowhere'],
    ['a name that is none', { branch: '--force' }, 'branch-refused', '"--force" is no name'],
    ['a base that is no branch', { base: 'HEAD' }, 'base-refused', '"HEAD" is no branch'],
    ['a base that is none', { base: 'a..b' }, 'base-refused', '"a..b" is no branch'],
    ['an endless title', { title: 'x'.repeat(257) }, 'title-refused', 'at most 256'],
    ['a title of lines', { title: 'a\nb' }, 'title-refused', 'one line'],
    ['an endless text', { body: 'x'.repeat(65_537) }, 'body-refused', 'at most 65536'],
  ])('with %s', async (_, wishes, code, says) => {
    const message = expect.stringContaining(says) as string;
    expect(await prepare(folder.path, wishes)).toMatchObject({ ok: false, code, message });
  });

  test('onto the branch that the run started from', async () => {
    await using place = await copyOf(folder.path);
    const started = place.git('branch', '--show-current');
    const before = place.git('rev-parse', started);
    place.git('checkout', '--quiet', '-b', 'other');
    for (const base of [null, 'other']) {
      expect(await prepare(place.path, { branch: started, base })).toMatchObject({
        ...{ ok: false, code: 'branch-refused' },
      });
    }
    expect(place.git('rev-parse', started)).toBe(before);
  });

  test('where the base holds all of it already', async () => {
    await using place = await copyOf(folder.path);
    place.git('merge', '--quiet', '--ff-only', branch());
    expect(await prepare(place.path)).toMatchObject({
      ...{ ok: false, code: 'nothing-to-merge' },
      message: expect.stringContaining('holds all of run') as string,
    });
  });

  test('where the record was changed', async () => {
    await using place = await copyOf(folder.path);
    const journal = join(place.path, '.ce-workspace/runs', run, 'journal.jsonl');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.replace('"attempt":1', '"attempt":2'));
    expect(await prepare(place.path)).toMatchObject({ ok: false });
  });

  test('through a link that leads elsewhere', async () => {
    await using place = await copyOf(folder.path);
    await using elsewhere = await tempFolder();
    const file = join(elsewhere.path, 'mine.txt');
    writeFileSync(file, 'mine');
    symlinkSync(file, join(place.path, '.ce-workspace/runs', run, 'pull-request.md'));
    await expect(prepare(place.path)).rejects.toThrow('is a link');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('where the repository is gone', async () => {
    await using place = await copyOf(folder.path);
    rmSync(join(place.path, '.git'), { recursive: true });
    expect(await prepare(place.path)).toMatchObject({ ok: false, code: 'no-repository' });
  });
});

test('a run from files without a commit has nothing in common with a branch', async () => {
  await using place = await workspaceFolder();
  writeFiles(place.path, { ...tinyFiles(), ...goodScript() });
  git(place.path, 'init', '--quiet', '-b', 'main');
  await runTiny(place.path);
  expect(await preparePullRequest(place.path, null, none)).toMatchObject({
    ...{ ok: false, code: 'base-refused' },
  });
  git(place.path, 'commit', '--quiet', '--allow-empty', '-m', 'First');
  expect(await preparePullRequest(place.path, null, none)).toMatchObject({
    ...{ ok: false, code: 'nothing-to-merge' },
    message: expect.stringContaining('started from files without a commit') as string,
  });
});
