import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { upcastEvent } from '../../src/core/upcast.ts';
import { layRun } from '../support/laid-run.ts';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { answer, pick } from './support/quick-input.ts';

const recorded = readFileSync(
  join(import.meta.dirname, '../webview/journals/tiny-lang.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

describe.skipIf(unprovided() !== '')('a run', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({ settings: { 'files.simpleDialog.enable': true } });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('is exported from its folder, and looked at from the file, also after a reload', async () => {
    const folder = await editor.emptyFolder();
    await layRun(folder, recorded);
    const window = await editor.open(folder);
    await window.command('Ashlar: Open Board');
    const board = new BoardPage(window);
    await board.says('Waits for you');

    await window.command('Ashlar: Export Run…');
    await pick(window, /Without texts/);
    const file = join(folder, 'away.html');
    await answer(window, 'Export run', file);
    await window.page
      .getByText(/was exported as it is now/)
      .first()
      .waitFor();
    expect(existsSync(file)).toBe(true);

    await window.command('View: Close All Editors');
    await window.command('Ashlar: Open Journal or Export…');
    await pick(window, /away\.html/);
    await board.frame.getByText('Read-only, from away.html.').waitFor();
    await window.screenshot('opened-export');
    await window.reload();
    // Where the editor had no time to keep which file it was, that is said; no other run is ever shown.
    await board.frame
      .getByText(/Read-only, from away\.html\.|did not keep which file/)
      .first()
      .waitFor();
  });
});
