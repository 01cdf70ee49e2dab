import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor, unprovided } from './support/editor.ts';
import { themeNames } from './support/theme.ts';

describe.skipIf(unprovided() !== '')('the packaged extension', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start();
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('is there in a folder with a plan: in the palette and with a view of its own', async () => {
    const window = await editor.open(editor.example());
    const option = await window.paletteOption('Ashlar: Run the Example');
    expect(await option.textContent()).toContain('Ashlar');
    await window.page.keyboard.press('Escape');
    const side = await window.openSideBar();
    await side.getByRole('button', { name: 'Run the example' }).waitFor();
    await side.getByRole('button', { name: 'tiny-lang.plan.yaml' }).click();
    await window.page.getByRole('tab', { name: /^tiny-lang\.plan\.yaml/ }).waitFor();
    await window.command('Ashlar: Preview Plan');
    await window
      .board()
      .getByRole('button', { name: /^lexer.*Planned/ })
      .waitFor();
    for (const theme of themeNames) {
      await window.useTheme(theme);
      await window.page.mouse.move(250, 10);
      await window.screenshot('preview-example');
    }
  });

  it('says in an empty folder what to do, in every theme', async () => {
    const window = await editor.open(await editor.emptyFolder());
    const side = await window.openSideBar();
    for (const theme of themeNames) {
      await window.useTheme(theme);
      await side.getByRole('button', { name: 'Run the example' }).waitFor();
      await side.getByRole('button', { name: 'New plan file…' }).waitFor();
      await window.screenshot('side-bar-empty');
    }
  });
});
