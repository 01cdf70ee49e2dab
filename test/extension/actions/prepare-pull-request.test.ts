import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runId } from '../../../src/core/ids.ts';
import type { PreparedPullRequest, PullRequest } from '../../../src/engine/pull-request/prepare.ts';
import type { OpenedPullRequest, OpenOptions } from '../../../src/engine/pull-request/open.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { installClaudeCommands } from '../../../src/extension/actions/install-claude-commands.ts';
import { preparePullRequest } from '../../../src/extension/actions/prepare-pull-request.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** What a person does, and what is shown to it. */
const editor = vi.hoisted(() => ({
  isTrusted: true,
  folder: '',
  hasGitHub: false,
  answers: [] as (string | undefined)[],
  picks: [] as (string | undefined)[],
  typed: undefined as string | undefined,
  messages: [] as { text: string; detail: string; offers: unknown[] }[],
  documents: [] as { content: string; where: unknown }[],
  /** What the person writes into the text while it is shown. */
  edits: null as string | null,
  clipboard: '',
  ran: [] as [string, unknown][],
  opened: [] as string[],
}));

interface FakeEngine {
  asked: unknown[][];
  prepared: unknown;
  opened: unknown;
  openedWithBase: unknown;
}

const engine = vi.hoisted((): FakeEngine => ({
  ...{ asked: [], prepared: null, opened: null, openedWithBase: null },
}));

vi.mock('vscode', () => {
  const message = async (text: string, ...rest: readonly unknown[]) => {
    const [options] = rest;
    const detail = typeof options === 'object' ? (options as { detail?: string }).detail : '';
    const offers = rest.filter((each) => typeof each === 'string');
    editor.messages.push({ text, detail: detail ?? '', offers });
    const answer = offers.length === 0 ? undefined : editor.answers.shift();
    return Promise.resolve(offers.find((each) => each === answer));
  };
  const uri = (fsPath: string) => ({ scheme: 'file', fsPath });
  return {
    l10n: {
      t: (text: string, ...args: readonly unknown[]) =>
        text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
    },
    ProgressLocation: { Notification: 15 },
    ViewColumn: { Beside: -2 },
    Uri: {
      file: uri,
      parse: (text: string) => ({ text }),
      joinPath: (base: { fsPath: string }, name: string) => uri(`${base.fsPath}/${name}`),
    },
    commands: {
      executeCommand: async (id: string, given: unknown) =>
        Promise.resolve(editor.ran.push([id, given])),
    },
    env: {
      clipboard: {
        writeText: async (text: string) => Promise.resolve(void (editor.clipboard = text)),
      },
      openExternal: async ({ text }: { text: string }) => Promise.resolve(editor.opened.push(text)),
    },
    extensions: { getExtension: () => (editor.hasGitHub ? {} : undefined) },
    workspace: {
      get isTrusted() {
        return editor.isTrusted;
      },
      get workspaceFolders() {
        return [{ name: 'tiny', uri: uri(editor.folder) }];
      },
      openTextDocument: async ({ content }: { content: string }) =>
        Promise.resolve({ content, getText: () => editor.edits ?? content }),
    },
    window: {
      showInformationMessage: message,
      showWarningMessage: message,
      showInputBox: async () => Promise.resolve(editor.typed),
      showQuickPick: async (items: readonly { label: string }[]) => {
        const label = editor.picks.shift();
        return Promise.resolve(items.find((item) => item.label === label));
      },
      showTextDocument: async ({ content }: { content: string }, where: unknown) =>
        Promise.resolve(editor.documents.push({ content, where })),
      withProgress: async (_: unknown, work: (...given: unknown[]) => Promise<unknown>) =>
        work({}, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
    },
  };
});

vi.mock('../../../src/extension/engine-door.ts', () => ({
  engine: async () =>
    Promise.resolve({
      claudePlugin: async () => import('../../../src/engine/claude-plugin/lay-plugin.ts'),
      preparePullRequest: async (...given: unknown[]) => {
        engine.asked.push(['prepare', ...given]);
        return Promise.resolve(engine.prepared);
      },
      openPullRequest: async (about: PullRequest, { withBase }: OpenOptions) => {
        engine.asked.push(['open', about.title, withBase]);
        return Promise.resolve(withBase ? engine.openedWithBase : engine.opened);
      },
    }),
}));

const run = runId('20260301-1200-ab3d');
const branch = `ashlar/${run}`;
const none = { branch: null, base: null, title: null, body: null };
const pullRequest: PullRequest = {
  ...{ run, branch, commit: '9'.repeat(40), base: 'main', commits: 4, files: 9 },
  ...{ title: 'tiny: a language', body: '## Goal\n', bodyFile: '/x/pull-request.md' },
  ...{ ground: ['8'.repeat(40)], unpublished: null },
};
const live = { key: { run, folder: 'f' }, folder: { uri: { fsPath: '/x' } } } as unknown as LiveRun;
const refusals: string[] = [];
const parts = { refused: (says: string) => refusals.push(says) } as unknown as ActionParts;

beforeEach(() => {
  Object.assign(editor, {
    ...{ isTrusted: true, hasGitHub: false, typed: undefined, edits: null, clipboard: '' },
    ...{ answers: [], picks: [], messages: [], documents: [], ran: [], opened: [] },
  });
  engine.asked = [];
  engine.prepared = { ok: true, pullRequest } satisfies PreparedPullRequest;
  const url = 'https://github.com/acme/tiny/pull/7';
  engine.opened = { ok: true, url, existed: false, pushedTo: null } satisfies OpenedPullRequest;
  refusals.length = 0;
});

describe('Prepare Pull Request…', () => {
  it('shows the text beside, says what is ready, and leaves it where nobody wants more', async () => {
    await preparePullRequest(parts, live);
    expect(engine.asked).toEqual([['prepare', '/x', run, none]]);
    expect(editor.documents).toEqual([
      { content: '## Goal\n', where: { viewColumn: -2, preview: false } },
    ]);
    const [ready] = editor.messages;
    expect(ready?.text).toContain(`Branch ${branch} is ready for main: 4 commits, 9 files.`);
    expect(ready?.offers).toEqual(['Push and Open with gh', 'Copy Text', 'Leave It']);
    expect({ clipboard: editor.clipboard, ran: editor.ran }).toEqual({ clipboard: '', ran: [] });
  });

  it('has the title that was asked for', async () => {
    await preparePullRequest(parts, live, 'A small language');
    expect(engine.asked).toEqual([['prepare', '/x', run, { ...none, title: 'A small language' }]]);
  });

  it('opens it with the extension of GitHub where that is installed, with what was changed', async () => {
    editor.hasGitHub = true;
    editor.edits = '## Mine\n';
    editor.answers = ['Open with GitHub Extension'];
    await preparePullRequest(parts, live);
    expect(editor.ran).toEqual([['pr.create', { repoPath: '/x', compareBranch: branch }]]);
    expect(editor.clipboard).toBe('## Mine\n');
  });

  it('opens it with gh under a title, with what was changed', async () => {
    editor.edits = '## Mine\n';
    editor.typed = 'A language ';
    editor.answers = ['Push and Open with gh', 'Open in Browser'];
    await preparePullRequest(parts, live);
    const wishes = { branch, base: 'main', title: 'A language', body: '## Mine\n' };
    expect(engine.asked.slice(1)).toEqual([
      ['prepare', '/x', run, wishes],
      ['open', 'tiny: a language', false],
    ]);
    expect(editor.opened).toEqual(['https://github.com/acme/tiny/pull/7']);
  });

  it('opens nothing where the title is not given', async () => {
    editor.answers = ['Push and Open with gh'];
    await preparePullRequest(parts, live);
    expect(engine.asked).toHaveLength(1);
  });

  it('pushes commits of the base only where a person agrees to it', async () => {
    const url = 'https://github.com/acme/tiny/pull/7';
    engine.openedWithBase = { ok: true, url, existed: false, pushedTo: 'github.com/me/tiny' };
    const where = 'github.com/acme/tiny';
    engine.opened = {
      ...{
        ok: false,
        code: 'unpublished-base',
        message: 'so many',
        commits: 2,
        ofBase: true,
        where,
      },
    } satisfies OpenedPullRequest;
    editor.typed = 'A language';
    editor.answers = ['Push and Open with gh'];
    await preparePullRequest(parts, live);
    expect(editor.messages.at(-1)).toEqual({
      text: `Push 2 commits of main, too, that ${where} does not have?`,
      detail: 'They become public, as part of the pull request.',
      offers: ['Push Them Too'],
    });
    const opens = () => engine.asked.filter(([what]) => what === 'open');
    expect(opens()).toEqual([['open', 'tiny: a language', false]]);

    engine.asked = [];
    editor.answers = ['Push and Open with gh', 'Push Them Too'];
    await preparePullRequest(parts, live);
    expect(opens().at(-1)).toEqual(['open', 'tiny: a language', true]);
    expect(editor.messages.at(-1)?.text).toContain('is open; it comes from github.com/me/tiny.');
    expect(refusals).toEqual([]);
  });

  it('asks the same before the extension of GitHub takes over', async () => {
    editor.hasGitHub = true;
    const unpublished = { remote: 'origin', commits: 1, ofBase: true };
    engine.prepared = { ok: true, pullRequest: { ...pullRequest, unpublished } };
    editor.answers = ['Open with GitHub Extension'];
    await preparePullRequest(parts, live);
    expect(editor.messages.at(-1)?.text).toBe(
      'Push 1 commit of main, too, that origin does not have?',
    );
    expect(editor.ran).toEqual([]);
    editor.answers = ['Open with GitHub Extension', 'Push Them Too'];
    await preparePullRequest(parts, live);
    expect(editor.ran).toHaveLength(1);
  });

  it('says how far it came where it is stopped, and no more', async () => {
    const message = 'it was stopped: nothing was pushed';
    engine.opened = { ok: false, code: 'stopped', message } satisfies OpenedPullRequest;
    editor.typed = 'A language';
    editor.answers = ['Push and Open with gh'];
    await preparePullRequest(parts, live);
    expect(refusals).toEqual(['It was stopped: nothing was pushed.']);
  });

  it('says what is missing, and what was left', async () => {
    const message = 'the program `gh` is not installed (https://cli.github.com)';
    engine.opened = { ok: false, code: 'no-gh', message } satisfies OpenedPullRequest;
    editor.typed = 'A language';
    editor.answers = ['Push and Open with gh'];
    await preparePullRequest(parts, live);
    expect(refusals).toEqual([
      expect.stringMatching(/gh.*not installed.* Branch ashlar\/.* and the text are left/),
    ]);
  });

  it('shows nothing of a run that is not complete', async () => {
    const message = `run ${run} is not complete`;
    engine.prepared = { ok: false, code: 'not-complete', message } satisfies PreparedPullRequest;
    await preparePullRequest(parts, live);
    expect({ refusals, documents: editor.documents }).toEqual({
      refusals: [`Run ${run} is not complete.`],
      documents: [],
    });
  });

  it('does nothing where the workspace is not trusted', async () => {
    editor.isTrusted = false;
    await preparePullRequest(parts, live);
    expect(engine.asked).toEqual([]);
  });
});

describe('Install Claude Code Commands…', () => {
  const install = async () =>
    installClaudeCommands({
      context: { extensionPath: process.cwd() },
    } as unknown as ActionParts);

  it('asks where, says what it writes, and writes once that is confirmed', async () => {
    await using folder = await tempFolder();
    editor.folder = folder.path;
    editor.picks = ['In tiny'];
    await install();
    expect(editor.messages[0]?.detail).toMatch(/^New: .*commands\/ce-plan\.md, /);
    expect(editor.messages[0]?.offers).toEqual(['Install']);
    expect(readdirSync(folder.path)).toEqual([]);

    editor.picks = ['In tiny'];
    editor.answers = ['Install'];
    await install();
    const why = join(folder.path, '.claude/skills/ashlar/commands/why.md');
    expect(existsSync(why)).toBe(true);

    writeFileSync(why, 'mine\n');
    editor.messages = [];
    editor.picks = ['In tiny'];
    await install();
    expect(editor.messages[0]).toMatchObject({
      detail: 'Changed by hand, left alone: commands/why.md',
      offers: ['Replace Changed Files Too', 'Remove'],
    });
    expect(readFileSync(why, 'utf8')).toBe('mine\n');

    editor.picks = ['In tiny'];
    editor.answers = ['Remove'];
    await install();
    expect(editor.messages.at(-1)?.text).toContain('changed by hand: commands/why.md');
    editor.picks = ['In tiny'];
    editor.answers = ['Replace Changed Files Too'];
    await install();
    expect(readFileSync(why, 'utf8')).toContain('Tell why');
    editor.picks = ['In tiny'];
    editor.answers = ['Remove'];
    await install();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('does nothing where nobody says where', async () => {
    await install();
    expect(editor.messages).toEqual([]);
  });
});
