import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';

/** Second builders decline, so that the verdicts on the first ones stand; the machine's third does the work. */
function declining(folder: string): void {
  const script = join(folder, 'script');
  cpSync(join(script, 'vm/2'), join(script, 'vm/3'), { recursive: true });
  for (const module of ['vm', 'parser']) {
    const turn = join(script, module, '2/turn.yaml');
    writeFileSync(turn, 'summary: I would rather not.\nbehaviour: refuse\nseconds: 1\n');
  }
}

/** Lays what the lexer sealed over the workspace, as a delivery does. */
function layOut(folder: string): void {
  const store = join(folder, '.ce-workspace/store.git');
  const git = (...args: string[]): string =>
    spawnSync('git', ['--git-dir', store, ...args], { encoding: 'utf8' }).stdout;
  const refs = git('for-each-ref', '--format=%(refname)');
  const [seal = ''] = /.*\/seals\/lexer\/.*/.exec(refs) ?? [];
  for (const path of git('ls-tree', '-r', '--name-only', seal).trim().split('\n')) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), git('show', `${seal}:${path}`));
  }
}

describe.skipIf(unprovided() !== '')('verdicts where the editor has a place for them', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({
      settings: { 'ashlar.scriptedAgentSpeed': 20, 'explorer.compactFolders': false },
    });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('are tests that jump to file and line, threads whose reply has a module revised, and marks of seals', async () => {
    const folder = editor.example();
    declining(folder);
    const window = await editor.open(folder);
    const { page } = window;
    await window.command('Ashlar: Run the Example');
    const board = new BoardPage(window);
    await board.reaches('vm', 'Blocked');
    await board.reaches('parser', 'Blocked');

    await window.command('Testing: Focus on Test Explorer View');
    const tests = page.locator('.test-explorer');
    const row = (name: RegExp) => tests.getByRole('treeitem').filter({ hasText: name }).first();
    for (const name of [/tiny-lang/, /^frontend/, /^parser/]) {
      await row(name).click();
      await page.keyboard.press('ArrowRight');
    }
    await window.screenshot('testing');
    // The hover of what was clicked last would lie over what is clicked next.
    await page.mouse.move(700, 500);
    await page.locator('.hover-contents').first().waitFor({ state: 'hidden' });
    await row(/^unit/).click();
    await page.getByRole('tab', { name: /expressions\.test\.js/ }).waitFor();
    await window.screenshot('testing-failure');

    await window.command('Comments: Focus on Comments View');
    await page.locator('.comments-panel').getByText('A frame is pushed for each call').click();
    const thread = page
      .locator('.review-widget')
      .filter({ hasText: 'A frame is pushed for each call' });
    await thread.getByText('Ask for a revision…').first().click();
    await page.keyboard.insertText('Count the frames, and stop at the thousand and first.');
    await window.screenshot('thread');
    await thread.getByRole('button', { name: 'Ask for a Revision…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Have vm revised?').waitFor();
    await window.screenshot('thread-confirm');
    await dialog.getByRole('button', { name: 'Ask for It' }).click();
    await thread.getByText('asked for a revision: contract v2').waitFor();
    await window.screenshot('thread-asked');
    await page
      .getByRole('tab', { name: /^Run [0-9a-v]{4}/ })
      .first()
      .click();
    await board.reaches('vm', 'Sealed');
    // Its contract says what was asked for.
    await (await board.drawer('vm')).getByText('Contract v2').first().waitFor();

    layOut(folder);
    await window.command('File: Focus on Files Explorer');
    const files = page.locator('.explorer-folders-view');
    // A folder's only folder is opened with it.
    await files.getByRole('treeitem', { name: 'src', exact: true }).click();
    await files
      .getByLabel(/Sealed v1 by module lexer/)
      .first()
      .waitFor();
    await window.screenshot('explorer-sealed');
  });
});
