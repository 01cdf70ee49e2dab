import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPullRequest } from '../../../src/engine/pull-request/open.ts';
import { parseRepository } from '../../../src/engine/pull-request/remotes.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { commitAll, git, writeFiles } from '../../support/tiny-workspace.ts';
import { beside, FakeGh, gitAlone, type Place } from './place.ts';

/** A repository with a branch to be merged, and a remote beside it. */
async function place(): Promise<Place> {
  const folder = await tempFolder();
  const path = join(folder.path, 'workspace');
  writeFiles(path, { 'a.txt': 'a\n' });
  commitAll(path);
  git(path, 'branch', '-M', 'main');
  git(path, 'checkout', '--quiet', '-b', branch);
  git(path, 'commit', '--quiet', '--allow-empty', '-m', 'More');
  git(path, 'checkout', '--quiet', 'main');
  return beside(path, folder);
}

async function open(at: Place, env: NodeJS.ProcessEnv, draft = false) {
  const bodyFile = join(at.path, 'body.md');
  const about = { branch, base: 'main', title: 'Numbers; $(x)', bodyFile };
  return await openPullRequest(about, { cwd: at.path, env, draft });
}

const branch = 'ashlar/20260301-1200-ab3d';
const url = 'https://github.com/acme/tiny/pull/7';

describe('with `gh` and a repository on GitHub', () => {
  test('the branch is pushed, and it is opened with title and text', async () => {
    await using at = await place();
    at.addRemote();
    const gh = new FakeGh(at.remote);
    const opened = await open(at, gh.env);
    expect(opened).toEqual({ ok: true, url, existed: false });
    expect(at.pushed()).toEqual([branch]);
    const repo = ['--repo', 'github.com/acme/tiny'];
    expect(gh.calls).toEqual([
      ['auth', 'status', '--hostname', 'github.com'],
      [
        ...['pr', 'list', ...repo, '--head', branch, '--base', 'main', '--state', 'open'],
        ...['--limit', '1', '--json', 'url'],
      ],
      [
        ...['pr', 'create', ...repo, '--head', branch, '--base', 'main'],
        ...['--title', 'Numbers; $(x)', '--body-file', join(at.path, 'body.md')],
      ],
    ]);
  });

  test('it can be a draft', async () => {
    await using at = await place();
    at.addRemote();
    const gh = new FakeGh(at.remote);
    await open(at, gh.env, true);
    expect(gh.calls.at(-1)?.at(-1)).toBe('--draft');
  });

  test('one that is there has its commits brought up to date, and keeps its text', async () => {
    await using at = await place();
    at.addRemote();
    const gh = new FakeGh(at.remote);
    gh.answer({ 'pr list': { out: `[{"url":"${url}"}]\n` } });
    const opened = await open(at, gh.env);
    expect(opened).toEqual({ ok: true, url, existed: true });
    expect(at.pushed()).toEqual([branch]);
    expect(gh.calls.map(([, verb]) => verb)).toEqual(['status', 'list']);
  });

  test('it goes from the fork that is pushed to into the repository that the base follows', async () => {
    await using at = await place();
    at.addRemote('git@github.com:me/tiny.git');
    at.git('remote', 'add', 'upstream', 'https://github.com/acme/tiny.git');
    at.git('config', 'remote.pushDefault', 'origin');
    at.git('config', 'branch.main.remote', 'upstream');
    const gh = new FakeGh(at.remote);
    await open(at, gh.env);
    const create = gh.calls.at(-1) ?? [];
    expect(create.slice(2, 6)).toEqual([
      ...['--repo', 'github.com/acme/tiny', '--head', `me:${branch}`],
    ]);
    expect(at.pushed()).toEqual([branch]);
  });
});

describe('it is not opened, and nothing is pushed,', () => {
  test('without a remote', async () => {
    await using at = await place();
    const opened = await open(at, new FakeGh(at.remote).env);
    expect(opened).toMatchObject({ ok: false, code: 'no-remote' });
  });

  test('where the remote is not on GitHub', async () => {
    await using at = await place();
    at.addRemote('https://token:secret@git.example.com/acme/tiny.git');
    const opened = await open(at, new FakeGh(at.remote).env);
    expect(opened).toMatchObject({ ok: false, code: 'not-github' });
    expect(JSON.stringify(opened)).not.toContain('secret');
    expect(at.pushed()).toEqual([]);
  });

  test('without `gh`', async () => {
    await using at = await place();
    at.addRemote();
    const opened = await open(at, gitAlone(at.remote));
    expect(opened).toMatchObject({ ok: false, code: 'no-gh' });
    expect(at.pushed()).toEqual([]);
  });

  test('where `gh` is not logged in', async () => {
    await using at = await place();
    at.addRemote();
    const gh = new FakeGh(at.remote);
    gh.answer({ 'auth status': { code: 1, err: 'You are not logged in\n' } });
    const opened = await open(at, gh.env);
    expect(opened).toMatchObject({
      ...{ ok: false, code: 'not-logged-in' },
      message: '`gh` is not logged in: gh auth login --hostname github.com',
    });
    expect(at.pushed()).toEqual([]);
  });

  test('over what others have pushed there', async () => {
    await using at = await place();
    at.addRemote();
    const other = at.git('commit-tree', '-m', 'theirs', 'HEAD^{tree}');
    at.git('push', '--quiet', at.remote, `${other}:refs/heads/${branch}`);
    const gh = new FakeGh(at.remote);
    const opened = await open(at, gh.env);
    expect(opened).toMatchObject({ ok: false, code: 'not-pushed' });
    expect(at.git('ls-remote', at.remote, branch)).toContain(other);
    expect(gh.calls.map(([, verb]) => verb)).toEqual(['status']);
  });

  test('where a hook of the user says no', async () => {
    await using at = await place();
    at.addRemote();
    const hook = join(at.path, '.git/hooks/pre-push');
    mkdirSync(join(hook, '..'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho not today >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const opened = await open(at, new FakeGh(at.remote).env);
    expect(opened).toMatchObject({
      ...{ ok: false, code: 'not-pushed' },
      message: expect.stringContaining('not today') as string,
    });
  });
});

test('what `gh` refuses is said, without what it could draw', async () => {
  await using at = await place();
  at.addRemote();
  const gh = new FakeGh(at.remote);
  gh.answer({ 'pr create': { code: 1, err: 'GraphQL: \u001b[31mno commits\u001b[0m\nbetween\n' } });
  const opened = await open(at, gh.env);
  expect(opened).toMatchObject({
    ...{ ok: false, code: 'not-opened' },
    message: `${branch} is pushed to origin, but gh did not open it: GraphQL: no commits between`,
  });
});

test.each([
  ['https://github.com/acme/tiny.git', 'github.com acme tiny'],
  ['https://user:token@github.com/acme/tiny', 'github.com acme tiny'],
  ['ssh://git@ssh.github.com:443/acme/tiny.git', 'github.com acme tiny'],
  ['git@github.com:acme/ti.ny.git', 'github.com acme ti.ny'],
  ['/srv/git/tiny.git', null],
  ['../tiny.git', null],
  ['https://github.com/tiny', null],
  ['https://github.com/acme/tiny/extra', null],
])('%s is %s', (address, parts) => {
  const found = parseRepository(address);
  expect(found && `${found.host} ${found.owner} ${found.name}`).toBe(parts);
});
