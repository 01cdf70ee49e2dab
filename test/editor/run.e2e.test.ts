import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { pick } from './support/quick-input.ts';
import { followsSystem } from './support/theme.ts';

/** Commits that a run delivered, as `git log` tells them. */
function delivered(folder: string): string {
  const branches = ['for-each-ref', '--format=%(refname)', 'refs/heads/ashlar'];
  const git = (...args: string[]): string =>
    spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout.trim();
  const branch = git(...branches);
  return branch === '' ? '' : git('log', '--format=%s', branch);
}

describe.skipIf(unprovided() !== '')('a run of the example', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({
      settings: { ...followsSystem, 'ashlar.scriptedAgentSpeed': 20 },
    });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('is watched on the board, goes on after a reload, and is approved there', async () => {
    const window = await editor.open(editor.example());
    // Cards are large enough there to say everything.
    await window.page.setViewportSize({ width: 1600, height: 960 });
    await window.openSideBar();
    await window.command('Ashlar: Run the Example');
    const board = new BoardPage(window);
    await board.reaches('lexer', 'Sealed');
    await board.reaches('parser', 'Sealed');
    await window.looks('run-building');

    await window.page.setViewportSize({ width: 1400, height: 900 });
    await window.reload();
    // A browser's editor may not have kept its tabs yet, so soon after one was opened.
    await window.command('Ashlar: Open Board');
    await board.reaches('lexer', 'Sealed');
    await board.reaches('cli', 'Sealed');

    await board.says('Waits for you');
    await window.screenshot('run-waits');
    await board.open('Gates');
    const gate = board.frame.getByRole('article', { name: /^ship/ });
    await gate.getByRole('button', { name: 'Approve this submission' }).click();
    await board.says('Complete');
    await window.screenshot('run-complete');
    expect(delivered(window.folder)).toContain('lexer');

    await window.tidy();
    await window.command('Ashlar: Prepare Pull Request…');
    await window.page.locator('.view-line', { hasText: '## Goal' }).first().waitFor();
    await window.notification(/is ready for main/).waitFor();
    await window.screenshot('pull-request');
    await window.page.getByRole('button', { name: 'Leave It' }).click();

    await window.command('Ashlar: Install Claude Code Commands…');
    await pick(window, /^In /);
    await window.screenshot('claude-commands');
    await window.page.getByRole('button', { name: 'Install', exact: true }).click();
    const laid = join(window.folder, '.claude/skills/ashlar/commands/ce-parallel-pr.md');
    await expect.poll(() => existsSync(laid)).toBe(true);
  });

  it('is reopened at a sealed module by clicking, and approved from the side bar of a second window', async () => {
    const window = await editor.open(editor.example());
    const side = await window.openSideBar();
    await side.getByRole('button', { name: 'Run the example' }).click();
    const board = new BoardPage(window);
    await board.says('Waits for you');

    await window.tidy();
    await board.open('Streams');
    await window.screenshot('run-streams');
    await board.open('Table');
    await window.looks('run-table');
    await board.open('Account');
    await window.screenshot('run-account');
    await board.open('Gates');
    await board.frame.getByRole('article', { name: /^ship/ }).waitFor();
    await window.looks('run-gates');
    await board.open('Graph');
    await (await board.drawer('parser')).getByText('# parser, version 2').first().waitFor();
    await window.screenshot('drawer');

    await window.command('Ashlar: Compare Submissions…');
    await pick(window, /^parser/);
    await pick(window, /^Attempt 3/);
    await pick(window, /^The seal before it/);
    const changes = window.page.getByRole('tab', { name: /^parser · / }).first();
    await changes.waitFor();
    await window.page.locator('.multiDiffEntry .view-line').first().waitFor();
    await window.page.mouse.move(250, 10);
    await window.page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
    await window.screenshot('submissions');
    await window.page
      .getByRole('tab', { name: /^Run [0-9a-v]{4}/ })
      .first()
      .click();
    const drawer = await board.drawer('reference');
    await drawer.getByRole('button', { name: 'Reopen…' }).click();
    const amendment = board.frame.getByRole('dialog');
    await amendment.getByText('Nothing is changed yet').first().waitFor();
    await window.appendToEditor('reference', '\nEvery example is short.\n');
    await amendment.getByRole('textbox', { name: 'Reason' }).fill('Readers stop at long examples.');
    await amendment.getByText('Every example is short.').waitFor();
    await window.screenshot('amendment');
    await amendment.getByRole('button', { name: /^Reopen reference/ }).click();
    await amendment.waitFor({ state: 'detached' });
    // A module whose files pass unchanged is sealed anew in less time than a look takes:
    // what is waited for is what stays.
    await drawer.getByRole('region', { name: 'Contract v2' }).waitFor();
    await window.screenshot('reopened');

    await board.reaches('reference', 'Sealed');
    await board.says('Waits for you');
    await window.screenshot('side-bar-needs-you');
    const other = await window.secondWindow();
    const need = (await other.openSideBar()).getByRole('article', { name: /^ship/ });
    await need.getByRole('button', { name: 'Approve', exact: true }).click();
    await board.says('Complete');
    expect(delivered(window.folder)).toContain('reference');
  });
});
