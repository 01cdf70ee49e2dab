import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';

describe.skipIf(unprovided() !== '')('a run that builds', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({ settings: { 'ashlar.scriptedAgentSpeed': 1 } });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('is not called interrupted, and shows the amendment of a module that is building', async () => {
    const window = await editor.open(editor.example());
    const side = await window.openSideBar();
    await side.getByRole('button', { name: 'Run the example' }).click();
    const board = new BoardPage(window);
    await board.node('lexer', 'Building').waitFor();
    const drawer = await board.drawer('lexer');
    await drawer.getByRole('button', { name: 'Amend contract…' }).click();
    const amendment = board.frame.getByRole('dialog');
    await amendment.getByText('Nothing is changed yet').first().waitFor();
    expect(await window.page.getByText('was interrupted').count()).toBe(0);
    await window.screenshot('amend-building');
  });
});
