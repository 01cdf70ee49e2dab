import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor, unprovided } from './support/editor.ts';

describe.skipIf(unprovided() !== '')('the packaged extension', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start();
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('offers its commands in a folder with a plan', async () => {
    const window = await editor.open(editor.example());
    const option = await window.paletteOption('Ashlar: Run the Example');
    expect(await option.textContent()).toContain('Ashlar');
    await window.screenshot('palette');
  });
});
