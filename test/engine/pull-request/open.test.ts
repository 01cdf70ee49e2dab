import { chmodSync, mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBranchName } from '../../../src/engine/pull-request/branches.ts';
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

/** The same with its base on GitHub, as most have it. */
async function published(): Promise<Place> {
  const at = await place();
  at.addRemote();
  at.publish('main');
  return at;
}

interface How {
  readonly base?: string;
  readonly draft?: boolean;
  readonly withBase?: boolean;
  readonly signal?: AbortSignal;
  /** Where the run began, where that is not of the base. */
  readonly began?: string;
  /** What was looked at; else what the branch holds. */
  readonly commit?: string;
}

async function open(
  at: Place,
  env: NodeJS.ProcessEnv,
  { base = 'main', began, commit = at.git('rev-parse', branch), ...how }: How = {},
) {
  const bodyFile = join(at.path, 'body.md');
  const common = at.git('merge-base', base, branch);
  const ground = began === undefined ? [common] : [common, at.git('rev-parse', began)];
  const about = { branch, commit, base, ground, title: 'Numbers; $(x)', bodyFile };
  const usual = { cwd: at.path, env, draft: false, withBase: false };
  return await openPullRequest(about, { ...usual, ...how });
}

/** What `gh pr list` prints: address, owner of the branch, whether it is in another repository. */
const listed = (...rows: readonly (readonly [string, string, boolean])[]): string =>
  JSON.stringify(
    rows.map(([at, login, isCrossRepository]) => ({
      ...{ url: at, headRepositoryOwner: { login }, isCrossRepository },
    })),
  );

const branch = 'ashlar/20260301-1200-ab3d';
const url = 'https://github.com/acme/tiny/pull/7';

describe('with `gh` and a repository on GitHub', () => {
  test('the branch is pushed, and it is opened with title and text', async () => {
    await using at = await published();
    const gh = new FakeGh(at.remote);
    const opened = await open(at, gh.env);
    expect(opened).toEqual({ ok: true, url, existed: false, pushedTo: null });
    expect(at.pushed()).toEqual([branch]);
    const repo = ['--repo', 'github.com/acme/tiny'];
    expect(gh.calls).toEqual([
      ['auth', 'status', '--hostname', 'github.com'],
      [
        ...['pr', 'list', ...repo, '--head', branch, '--base', 'main', '--state', 'open'],
        ...['--limit', '100', '--json', 'url,headRepositoryOwner,isCrossRepository'],
      ],
      [
        ...['pr', 'create', ...repo, '--head', branch, '--base', 'main'],
        ...['--title', 'Numbers; $(x)', '--body-file', join(at.path, 'body.md')],
      ],
    ]);
  });

  test('what people have put on the branch since it was looked at is not pushed', async () => {
    await using at = await published();
    const commit = at.git('rev-parse', branch);
    at.git('checkout', '--quiet', branch);
    at.git('commit', '--quiet', '--allow-empty', '-m', 'Since');
    expect(await open(at, new FakeGh(at.remote).env, { commit })).toMatchObject({ ok: true });
    expect(git(at.remote, 'rev-parse', branch)).toBe(commit);
  });

  test('it can be a draft', async () => {
    await using at = await published();
    const gh = new FakeGh(at.remote);
    await open(at, gh.env, { draft: true });
    expect(gh.calls.at(-1)?.at(-1)).toBe('--draft');
  });

  test('one that is there has its commits brought up to date, and keeps its text', async () => {
    await using at = await published();
    const gh = new FakeGh(at.remote);
    gh.answer({ 'pr list': { out: listed([url, 'Acme', false]) } });
    const opened = await open(at, gh.env);
    expect(opened).toEqual({ ok: true, url, existed: true, pushedTo: null });
    expect(at.pushed()).toEqual([branch]);
    expect(gh.calls.map(([, verb]) => verb)).toEqual(['status', 'list']);
  });

  test('it goes from the fork that is pushed to into the repository that the base follows', async () => {
    await using at = await place();
    at.addRemote('git@github.com:me/tiny.git');
    at.git('remote', 'add', 'upstream', 'https://github.com/acme/tiny.git');
    at.git('config', 'remote.pushDefault', 'origin');
    at.git('config', 'branch.main.remote', 'upstream');
    at.publish('main');
    at.repository('me/tiny');
    const gh = new FakeGh(at.remote);
    await open(at, gh.env);
    const create = gh.calls.at(-1) ?? [];
    expect(create.slice(2, 6)).toEqual([
      ...['--repo', 'github.com/acme/tiny', '--head', `me:${branch}`],
    ]);
    expect(at.pushed()).toEqual([]);
    expect(at.pushed('me/tiny')).toEqual([branch]);
  });

  test('one of a stranger, from a fork with a branch of the same name, is not taken for ours', async () => {
    await using at = await published();
    const gh = new FakeGh(at.remote);
    const theirs = 'https://github.com/acme/tiny/pull/6';
    gh.answer({
      ...{ 'pr list': { out: listed([theirs, 'mallory', true], [theirs, 'acme', true]) } },
      'pr create': { out: `${url}\n` },
    });
    expect(await open(at, gh.env)).toMatchObject({ ok: true, url, existed: false });
  });

  test('from a fork, the one of another fork or of the repository itself is not taken for ours', async () => {
    await using at = await place();
    at.addRemote('git@github.com:me/tiny.git');
    at.git('remote', 'add', 'upstream', 'https://github.com/acme/tiny.git');
    at.git('config', 'remote.pushDefault', 'origin');
    at.git('config', 'branch.main.remote', 'upstream');
    at.publish('main');
    at.repository('me/tiny');
    const gh = new FakeGh(at.remote);
    const theirs = 'https://github.com/acme/tiny/pull/6';
    const others = [
      [theirs, 'mallory', true],
      [theirs, 'acme', false],
    ] as const;
    gh.answer({ 'pr list': { out: listed(...others, [url, 'me', true]) } });
    expect(await open(at, gh.env)).toMatchObject({ ok: true, url, existed: true });
  });

  test('where pushes go elsewhere than is fetched from, it comes from there, and that is said', async () => {
    await using at = await place();
    at.addRemote();
    at.git('remote', 'set-url', '--push', 'origin', 'git@github.com:me/tiny.git');
    at.publish('main');
    at.repository('me/tiny');
    const gh = new FakeGh(at.remote);
    expect(await open(at, gh.env)).toMatchObject({ ok: true, pushedTo: 'github.com/me/tiny' });
    expect(gh.calls.at(-1)?.slice(2, 6)).toEqual([
      ...['--repo', 'github.com/acme/tiny', '--head', `me:${branch}`],
    ]);
    expect([at.pushed(), at.pushed('me/tiny')]).toEqual([[], [branch]]);
  });

  test('where a copy elsewhere is fetched from, it goes into the repository that is pushed to', async () => {
    await using at = await place();
    at.addRemote('https://mirror.example.com/acme/tiny.git');
    at.git('remote', 'set-url', '--push', 'origin', 'https://github.com/acme/tiny.git');
    at.publish('main');
    const gh = new FakeGh(at.remote);
    const pushedTo = 'github.com/acme/tiny';
    expect(await open(at, gh.env)).toMatchObject({ ok: true, pushedTo });
    expect(gh.calls.at(-1)?.slice(2, 6)).toEqual(['--repo', pushedTo, '--head', branch]);
  });

  test('it goes into a base with signs in its name that mean something elsewhere', async () => {
    await using at = await place();
    at.addRemote();
    const base = 'für-alle/fix#7@2,a=b%20!';
    at.git('branch', base, 'main');
    at.publish(base);
    const gh = new FakeGh(at.remote);
    expect(await open(at, gh.env, { base })).toMatchObject({ ok: true });
    expect(gh.calls.at(-1)?.slice(6, 8)).toEqual(['--base', base]);
  });
});

const taken = ['release/1', 'für-alle', '#7', 'me@home'];
const refused = [
  ...['@', 'HEAD', 'refs/heads/main', '-x', 'a b', 'a..b', 'a@{1}', '$(x)', 'a`b`', 'a;b'],
  ...['a:b', 'a*', 'x.lock', '.x', 'a/.x', 'x/', 'x.', 'a\u202eb', 'a\nb', ''],
];
test.each([
  ...taken.map((name) => [name, true] as const),
  ...refused.map((name) => [name, false] as const),
])("%j as a branch's name: %s", (name, is) => {
  expect(isBranchName(name)).toBe(is);
});

describe('commits of the base that its repository does not have', () => {
  async function ahead(): Promise<Place> {
    const at = await place();
    at.addRemote();
    at.git('push', '--quiet', at.remote, 'main~0:refs/heads/main');
    at.git('checkout', '--quiet', 'main');
    for (const message of ['Mine', 'Not yet'])
      at.git('commit', '--quiet', '--allow-empty', '-m', message);
    at.git('checkout', '--quiet', branch);
    at.git('rebase', '--quiet', '--keep-empty', 'main');
    at.git('checkout', '--quiet', 'main');
    return at;
  }

  test('are not pushed before somebody agreed to it', async () => {
    await using at = await ahead();
    const gh = new FakeGh(at.remote);
    const message = `2 commits of main that github.com/acme/tiny does not have would be pushed with ${branch}; push main first (git push origin main)`;
    expect(await open(at, gh.env)).toEqual({
      ...{ ok: false, code: 'unpublished-base', message },
      ...{ commits: 2, ofBase: true, where: 'github.com/acme/tiny' },
    });
    expect(at.pushed()).toEqual(['main']);
    expect(gh.calls.map(([, verb]) => verb)).toEqual(['status']);
    expect(await open(at, gh.env, { withBase: true })).toMatchObject({ ok: true });
    expect(at.pushed()).toContain(branch);
  });

  test('are those that the remote has not got, whatever was last fetched', async () => {
    await using at = await ahead();
    at.git('update-ref', 'refs/remotes/origin/main', 'main~2');
    at.publish('main');
    expect(await open(at, new FakeGh(at.remote).env)).toMatchObject({ ok: true });
  });

  test('are asked about once: what is public with the branch already is no question', async () => {
    await using at = await ahead();
    const gh = new FakeGh(at.remote);
    await open(at, gh.env, { withBase: true });
    expect(await open(at, gh.env)).toMatchObject({ ok: true });
  });

  test('are not those of the branch that the run began on, which may be public, too', async () => {
    await using at = await published();
    at.git('checkout', '--quiet', '-b', 'feature', 'main');
    for (const message of ['One', 'Two'])
      at.git('commit', '--quiet', '--allow-empty', '-m', message);
    at.git('checkout', '--quiet', branch);
    at.git('rebase', '--quiet', '--keep-empty', 'feature');
    const gh = new FakeGh(at.remote);
    expect(await open(at, gh.env, { began: 'feature' })).toEqual({
      ...{ ok: false, code: 'unpublished-base', commits: 2, ofBase: false },
      where: 'github.com/acme/tiny',
      message: `2 commits that the run began on and github.com/acme/tiny does not have would be pushed with ${branch}; push the branch that they are of first`,
    });
    at.git('push', '--quiet', 'origin', 'feature');
    expect(await open(at, gh.env, { began: 'feature' })).toMatchObject({ ok: true });
  });

  test('are counted by what was last fetched where others have pushed since', async () => {
    await using at = await ahead();
    at.git('update-ref', 'refs/remotes/origin/main', 'main~1');
    const theirs = git(at.remote, 'commit-tree', '-p', 'main', '-m', 'theirs', 'main^{tree}');
    git(at.remote, 'update-ref', 'refs/heads/main', theirs);
    const gh = new FakeGh(at.remote);
    expect(await open(at, gh.env)).toMatchObject({ code: 'unpublished-base', commits: 1 });
    at.git('update-ref', '-d', 'refs/remotes/origin/main');
    expect(await open(at, gh.env)).toMatchObject({
      ...{ ok: false, code: 'no-base' },
      message: expect.stringContaining('git fetch origin main') as string,
    });
    expect(at.pushed()).toEqual(['main']);
  });
});

describe('stopped by a person, it says whether the branch is pushed:', () => {
  const stop = (at: Place, when: string): AbortSignal => {
    const stopping = new AbortController();
    const { signal } = stopping;
    watch(at.path, { signal }, (_, name) => {
      if (name === when) stopping.abort();
    });
    return signal;
  };

  test('before', async () => {
    await using at = await published();
    const signal = AbortSignal.abort();
    expect(await open(at, new FakeGh(at.remote).env, { signal })).toEqual({
      ...{ ok: false, code: 'stopped', message: 'it was stopped: nothing was pushed' },
    });
    expect(at.pushed()).toEqual([]);
  });

  test('while it waits to be pushed', async () => {
    await using at = await published();
    const hook = join(at.path, '.git/hooks/pre-push');
    mkdirSync(join(hook, '..'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch reached\nwhile kill -0 "$PPID"; do sleep 0.05; done\n`);
    chmodSync(hook, 0o755);
    const signal = stop(at, 'reached');
    expect(await open(at, new FakeGh(at.remote).env, { signal })).toMatchObject({
      ...{ ok: false, code: 'stopped' },
      message: expect.stringContaining('was not pushed as far as the remote says now') as string,
    });
    expect(at.pushed()).toEqual([]);
  });

  test('after', async () => {
    await using at = await published();
    const gh = new FakeGh(at.remote);
    gh.answer({ 'pr create': { touch: join(at.path, 'reached') } });
    const signal = stop(at, 'reached');
    expect(await open(at, gh.env, { signal })).toEqual({
      ...{ ok: false, code: 'stopped' },
      message: `it was stopped: ${branch} is pushed; whether its pull request is open is not known, the same command tells`,
    });
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

  test('where pushes do not end on GitHub', async () => {
    await using at = await place();
    at.addRemote();
    at.git('remote', 'set-url', '--push', 'origin', 'https://me:secret@git.example.com/x/y.git');
    const opened = await open(at, new FakeGh(at.remote).env);
    expect(opened).toMatchObject({
      ...{ ok: false, code: 'not-github' },
      message: expect.stringContaining('where origin is pushed to is not on GitHub') as string,
    });
    expect(JSON.stringify(opened)).not.toContain('secret');
  });

  test('from one host to another', async () => {
    await using at = await place();
    at.addRemote('git@acme.ghe.com:me/tiny.git');
    at.git('remote', 'add', 'upstream', 'https://github.com/acme/tiny.git');
    at.git('config', 'remote.pushDefault', 'origin');
    at.git('config', 'branch.main.remote', 'upstream');
    expect(await open(at, new FakeGh(at.remote).env)).toMatchObject({
      ...{ ok: false, code: 'not-github' },
      message: expect.stringContaining('from acme.ghe.com/me/tiny to github.com/acme') as string,
    });
  });

  test('where the base is not there', async () => {
    await using at = await place();
    at.addRemote();
    const gh = new FakeGh(at.remote);
    expect(await open(at, gh.env)).toMatchObject({
      ...{ ok: false, code: 'no-base' },
      message: expect.stringContaining('has no branch main; push it first') as string,
    });
    expect(at.pushed()).toEqual([]);
  });

  test('where the remote does not answer', async () => {
    await using at = await place();
    at.addRemote();
    rmSync(at.remote, { recursive: true });
    mkdirSync(at.remote);
    expect(await open(at, new FakeGh(at.path).env)).toMatchObject({
      ...{ ok: false, code: 'not-reached' },
    });
  });

  test('where `gh` may not see the repository', async () => {
    await using at = await published();
    const gh = new FakeGh(at.remote);
    gh.answer({ 'pr list': { code: 1, err: 'GraphQL: Could not resolve to a Repository\n' } });
    expect(await open(at, gh.env)).toMatchObject({
      ...{ ok: false, code: 'not-opened' },
      message: expect.stringContaining('nothing was pushed: GraphQL: Could not') as string,
    });
    expect(at.pushed()).toEqual([]);
  });

  test('without `gh`', async () => {
    await using at = await published();
    const opened = await open(at, gitAlone(at.remote));
    expect(opened).toMatchObject({ ok: false, code: 'no-gh' });
    expect(at.pushed()).toEqual([]);
  });

  test('where `gh` is not logged in', async () => {
    await using at = await published();
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
    await using at = await published();
    const other = at.git('commit-tree', '-m', 'theirs', 'HEAD^{tree}');
    at.git('push', '--quiet', at.remote, `${other}:refs/heads/${branch}`);
    const gh = new FakeGh(at.remote);
    const opened = await open(at, gh.env);
    expect(opened).toMatchObject({ ok: false, code: 'not-pushed' });
    expect(at.git('ls-remote', at.remote, branch)).toContain(other);
    expect(gh.calls.map(([, verb]) => verb)).toEqual(['status', 'list']);
  });

  test('where a hook of the user says no', async () => {
    await using at = await published();
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
  at.publish('main');
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
