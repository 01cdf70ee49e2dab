import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import type { OpenedPullRequest } from '../../src/engine/pull-request/open.ts';
import type {
  PreparedPullRequest,
  PullRequest,
  PullRequestWishes,
} from '../../src/engine/pull-request/prepare.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeEngine, run } from './fake-engine.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';
import { call, Served } from './served.ts';

const pullRequest: PullRequest = {
  ...{ run, branch: `ashlar/${run}`, commit: '9'.repeat(40), base: 'main', commits: 4, files: 9 },
  ...{ title: 'tiny: a small language', body: '## Goal\n\nA *small* language.\n' },
  bodyFile: join(process.cwd(), '.ce-workspace/runs', run, 'pull-request.md'),
  ...{ ground: ['8'.repeat(40)], unpublished: null },
};
const url = 'https://github.com/acme/tiny/pull/7';

function pretend(
  prepared: PreparedPullRequest = { ok: true, pullRequest },
  opened: OpenedPullRequest = { ok: true, url, existed: false, pushedTo: null },
) {
  const asked: unknown[] = [];
  const engine: Engine = fakeEngine({
    preparePullRequest: async (_workspace, of, wishes) => {
      asked.push([of, wishes]);
      return prepared;
    },
    openPullRequest: async (about, { draft, withBase, cwd }) => {
      asked.push([about.branch, draft, withBase, cwd]);
      return opened;
    },
  });
  return { engine, asked };
}

const none: PullRequestWishes = { branch: null, base: null, title: null, body: null };

async function pr(line: string | readonly string[], { engine }: { readonly engine: Engine }) {
  const { code, terminal } = invoke(line, { engine });
  return { code: await code, out: terminal.stdout, err: terminal.stderr };
}

describe('ashlar pr', () => {
  it('says what was prepared, and what would open it', async () => {
    const told = pretend();
    expect(await pr('pr', told)).toEqual({
      code: 0,
      err: '',
      out: [
        'tiny: a small language',
        `  branch  ashlar/${run} into main: 4 commits, 9 files`,
        `  text    .ce-workspace/runs/${run}/pull-request.md`,
        '  nothing was opened; branch and text are left as they are',
        `  next    ashlar pr ${run} --open`,
        '',
      ].join('\n'),
    });
    expect(told.asked).toEqual([[null, none]]);
  });

  it('asks again for what was asked for', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'text.md');
    writeFileSync(file, 'Mine.\n');
    const told = pretend();
    const words = [
      'pr',
      run,
      '--branch',
      'b',
      '--base',
      'dev',
      '--title',
      "It's",
      '--body-file',
      file,
    ];
    const { out } = await pr(words, told);
    expect(out).toContain(
      `ashlar pr ${run} --branch b --base dev --title 'It'\\''s' --body-file ${file} --open\n`,
    );
    expect(told.asked).toEqual([
      [run, { branch: 'b', base: 'dev', title: "It's", body: 'Mine.\n' }],
    ]);
  });

  it('opens it where that is asked for', async () => {
    const told = pretend();
    const { code, out } = await pr('pr --open --draft', told);
    expect({ code, last: out.split('\n').at(-2) }).toEqual({ code: 0, last: `  opened  ${url}` });
    expect(told.asked).toEqual([
      [null, none],
      [`ashlar/${run}`, true, false, process.cwd()],
    ]);
  });

  it('leaves the text of one that is there', async () => {
    const told = pretend(undefined, { ok: true, url, existed: true, pushedTo: null });
    expect((await pr('pr --open', told)).out).toContain(
      `  there   ${url}\n          its commits are up to date; its text was left\n`,
    );
  });

  it('says what was left where it could not be opened', async () => {
    const message = 'the program `gh` is not installed (https://cli.github.com)';
    const told = pretend(undefined, { ok: false, code: 'no-gh', message });
    const { code, out, err } = await pr('pr --open', told);
    expect({ code, err }).toEqual({ code: 1, err: `ashlar: ${message}\n` });
    expect(out).toContain('nothing was opened; branch and text are left as they are\n');
    expect(out).not.toContain('next');
  });

  it('says what of the base would be pushed, and pushes it where that is agreed to', async () => {
    const unpublished = { remote: 'origin', commits: 2, ofBase: true };
    const told = pretend({ ok: true, pullRequest: { ...pullRequest, unpublished } });
    expect((await pr('pr', told)).out).toContain(
      '  base    2 commits of main are not on origin as last fetched; --open asks for --with-base to push them, too\n',
    );
    await pr('pr --open --with-base', told);
    expect(told.asked.at(-1)).toEqual([`ashlar/${run}`, false, true, process.cwd()]);
    const message = '2 commits of main would be pushed';
    const where = 'github.com/acme/tiny';
    const refused = {
      ok: false,
      code: 'unpublished-base',
      message,
      commits: 2,
      ofBase: true,
      where,
    } as const;
    const { code, err } = await pr('pr --open', pretend(undefined, refused));
    expect({ code, err }).toEqual({
      code: 1,
      err: `ashlar: ${message}, or add --with-base to push both\n`,
    });
  });

  it('says where it was pushed, where that is not where the remote is fetched from', async () => {
    const pushedTo = 'github.com/me/tiny';
    const told = pretend(undefined, { ok: true, url, existed: false, pushedTo });
    expect((await pr('pr --open', told)).out).toContain(`  pushed  to ${pushedTo}\n`);
  });

  it('ends with 130 where it is stopped, and says how far it came', async () => {
    const message = 'it was stopped: nothing was pushed';
    const terminal = new FakeTerminal();
    const { engine } = pretend();
    const stopping: Engine = {
      ...engine,
      openPullRequest: async (_, { signal }) => {
        terminal.interrupt();
        expect(signal?.aborted).toBe(true);
        return { ok: false, code: 'stopped', message };
      },
    };
    const { code } = invoke('pr --open', { engine: stopping, terminal });
    expect(await code).toBe(130);
    expect(terminal.stderr).toBe(`ashlar: ${message}\n`);
    expect(terminal.stdout).not.toContain('nothing was opened');
  });

  it('prints one object for programs', async () => {
    const opened = { ok: false, code: 'no-remote', message: 'there is no remote' } as const;
    const { code, out } = await pr('pr --open --json', pretend(undefined, opened));
    expect(code).toBe(1);
    const { ground: _, ...said } = pullRequest;
    expect(JSON.parse(out)).toEqual({
      ...said,
      ...{ url: null, existed: false, pushedTo: null },
      problem: { code: 'no-remote', message: 'there is no remote' },
    });
  });

  it.each([
    ['not-complete', 1],
    ['nothing-to-merge', 1],
    ['not-whole', 1],
    ['no-repository', 1],
    ['branch-refused', 2],
    ['no-run', 2],
  ] as const)('ends a refusal for %s with %d', async (code, exit) => {
    const told = pretend({ ok: false, code, message: 'two of three' });
    expect(await pr('pr', told)).toEqual({ code: exit, out: '', err: 'ashlar: two of three\n' });
    expect(told.asked).toHaveLength(1);
  });

  it.each([
    ['pr --draft', '--draft says how it is opened'],
    ['pr --with-base', '--with-base says how it is opened'],
    ['pr latest', `is no run's id`],
    ['pr --body-file /nowhere/x.md', 'there is no such file'],
    ['pr --body-file /', 'it is no file'],
  ])('refuses `%s`', async (line, says) => {
    const { code, err } = await pr(line, pretend());
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});

describe('the tool `pr`', () => {
  it('prepares, tells the text, and names the command that opens it', async () => {
    const told = pretend();
    await using served = new Served(told.engine);
    const { text, isError } = await call(await served.client(), 'pr', { run, base: 'main' });
    expect(isError).toBe(false);
    expect(text).toContain(`Prepared, not opened: ashlar/${run} into main, 4 commits, 9 files`);
    expect(text).toContain(`ashlar pr ${run} --base main --open`);
    expect(text).toContain('## Goal');
    expect(told.asked).toEqual([[run, { ...none, base: 'main' }]]);
  });

  it('keeps the title that it was given in the command', async () => {
    const titled = { ...pullRequest, branch: 'a#b', title: "It's $(here)" };
    const told = pretend({ ok: true, pullRequest: titled });
    await using served = new Served(told.engine);
    const given = { run, branch: 'a#b', title: "It's $(here)" };
    const { text } = await call(await served.client(), 'pr', given);
    expect(text).toContain(
      `ashlar pr ${run} --branch 'a#b' --base main --title 'It'\\''s $(here)' --open\n`,
    );
  });

  it('says what of the base would be pushed with it', async () => {
    const unpublished = { remote: 'origin', commits: 1, ofBase: true };
    const told = pretend({ ok: true, pullRequest: { ...pullRequest, unpublished } });
    await using served = new Served(told.engine);
    const { text } = await call(await served.client(), 'pr', { run });
    expect(text).toContain('1 commit of main is not on origin as last fetched');
  });

  it('says what is missing', async () => {
    const message = `run ${run} is not complete`;
    const told = pretend({ ok: false, code: 'not-complete', message });
    await using served = new Served(told.engine);
    expect(await call(await served.client(), 'pr')).toEqual({ text: message, isError: true });
  });
});
