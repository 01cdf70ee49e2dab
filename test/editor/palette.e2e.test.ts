import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { runId } from '../../src/core/ids.ts';
import { upcastEvent } from '../../src/core/upcast.ts';
import { layRun } from '../support/laid-run.ts';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { latestRun, slow, writeLong } from './support/long-run.ts';
import { answer, pick, saveAs } from './support/quick-input.ts';
import { typed } from './support/terminal.ts';

/** What a journal holds, told of a run with another id where one is given. */
function recorded(file: string, id?: string): RunEvent[] {
  const lines = readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n');
  const events = lines.map((line) => upcastEvent(JSON.parse(line) as RunEvent));
  return id === undefined
    ? events
    : events.map((event) => (event.type === 'run-started' ? { ...event, run: runId(id) } : event));
}

describe.skipIf(unprovided() !== '')('the palette', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({ settings: { ...slow, 'files.simpleDialog.enable': true } });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('decides gates, pauses, raises a bound, discards an amendment and cancels', async () => {
    const folder = await editor.emptyFolder();
    writeLong(folder);
    const window = await editor.open(folder);
    await window.command('Ashlar: Run Plan…');
    const board = new BoardPage(window);
    await board.reaches('early', 'Needs you');

    await window.command('Ashlar: Compare Submissions…');
    await pick(window, /early/);
    const changes = window.page.getByRole('tab', { name: /early · submission/ }).first();
    await changes.waitFor();
    await window.page.getByRole('button', { name: 'Reject This Submission…' }).first().waitFor();
    await window.screenshot('gate-changes');
    await window.page.getByRole('button', { name: 'Reject This Submission…' }).first().click();
    await answer(window, 'Reject gate early', 'The numbers are too small.');
    await window.command('Ashlar: Open Board');
    await board.reaches('early', 'Refused');
    await window.command('Ashlar: Approve Gate…');
    await window.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await board.reaches('early', 'Approved by');

    await window.command('Ashlar: Pause Run');
    await board.says('Paused');
    await window.command('Ashlar: Resume Run');
    await board.says('Building');

    await window.command('Ashlar: Raise Budget…');
    await pick(window, /The run/);
    await pick(window, /US dollars/);
    await answer(window, 'US dollars of the whole run');
    await board.frame.getByText('of $20').waitFor();

    await window.command('Ashlar: Reopen Module…');
    await pick(window, /alpha/);
    await window.page.getByRole('tab', { name: /alpha/ }).first().waitFor();
    await window.command('Ashlar: Discard Amendment…');
    await window.page.getByRole('tab', { name: /alpha/ }).first().waitFor({ state: 'detached' });

    await window.command('Ashlar: Open Board');
    await window.command('Ashlar: Cancel Run…');
    await window.page.getByRole('button', { name: 'Cancel the Run' }).click();
    await board.says('Cancelled');
    const { events } = await latestRun(folder);
    const refusal = events.find(({ type }) => type === 'approval-refused');
    expect(JSON.stringify(refusal)).toContain('The numbers are too small.');
    expect(events.some(({ type }) => type === 'amendment-started')).toBe(false);
  });

  it('creates a plan, and says of it what the command line says', async () => {
    const window = await editor.open(await editor.emptyFolder());
    await window.command('Ashlar: Create Plan…');
    await answer(window, 'Create a plan', 'beginnings');
    const tab = window.page.getByRole('tab', { name: /^beginnings\.plan\.yaml/ });
    await tab.first().waitFor();
    await window.command('Ashlar: Preview Plan');
    const preview = window.board();
    await preview.getByRole('button', { name: /^reader.*Planned/ }).waitFor();
    const said = await typed(window.folder, 'simulate', 'beginnings.plan.yaml', '--json').said;
    const { minutes } = JSON.parse(said.out) as { minutes: { ashlar: number } };
    const predicted = preview.getByRole('group', { name: 'Predicted' });
    expect(await predicted.textContent()).toBe(`Predicted${minutes.ashlar} min`);
    await window.screenshot('preview');
    await preview.getByRole('button', { name: /^writer.*Planned/ }).click();
    await preview.getByRole('button', { name: /^writer.*Planned/, pressed: true }).waitFor();
    // What was clicked on is selected in the text: what is typed there breaks it.
    await tab.first().click();
    await window.page.keyboard.insertText('reader');
    await preview.getByText('This is the plan as it was before:').waitFor();
    await preview.getByRole('button', { name: /^writer.*Planned/ }).waitFor();
    await window.screenshot('preview-broken');
    await window.page.keyboard.press('Control+Z');
    await window.page.keyboard.press('Control+S');
    await preview.getByText('This is the plan as it was before:').waitFor({ state: 'detached' });
    await preview.getByRole('button', { name: 'One builder more' }).click();
    await preview.getByRole('button', { name: /^plan: / }).waitFor();
    await window.reload('builders');
    await preview.getByRole('button', { name: /^reader.*Planned/ }).waitFor();
    await tab.first().click();
    await window.command('Ashlar: Check Plan');
    const { out } = await typed(window.folder, 'check', 'beginnings.plan.yaml').said;
    // Advice stands below all errors in the problems, too far down to be drawn.
    const told = [...out.matchAll(/^beginnings\.plan\.yaml:(\d+):(\d+) (\S+) /gm)].filter(
      ([, , , code]) => code !== 'could-be-soft',
    );
    expect(told.length).toBeGreaterThan(0);
    await window.command('View: Focus Problems');
    const problems = window.page.locator('.markers-panel');
    for (const [, line = '', column = '', code = ''] of told.slice(0, 3)) {
      await problems.getByText(`[Ln ${line}, Col ${column}]`).first().waitFor();
      await problems.getByText(code).first().waitFor();
    }
  });

  it('looks back over a run, compares it, exports it, and looks at the file, also after a reload', async () => {
    const folder = await editor.emptyFolder();
    await layRun(folder, recorded('../webview/journals/tiny-lang.jsonl'));
    // The example from its beginning to its end, once each way, at the same speed.
    await layRun(folder, recorded('journals/sequential.jsonl', '20260101-0000-ssss'));
    await layRun(folder, recorded('journals/parallel.jsonl', '20260101-0010-pppp'));
    const window = await editor.open(folder);
    await window.command('Ashlar: Open Board');
    const board = new BoardPage(window);
    await board.says('Waits for you');

    const back = board.frame.getByText('Back to live');
    await window.command('Ashlar: Previous Event');
    await back.waitFor();
    await window.page.keyboard.press('Alt+l');
    await back.waitFor({ state: 'detached' });
    await window.page.keyboard.press('Alt+,');
    await back.waitFor();
    await window.tidy();
    // The keys are the board's, and the palette had the focus.
    await board.open('Graph');
    for (let step = 0; step < 12; step++) await window.page.keyboard.press('Shift+Alt+,');
    await board.node('lexer', 'Sealed').waitFor();
    await board.node('cli', 'Building').waitFor();
    await window.screenshot('moment');
    await window.command('Ashlar: Back to Live');
    await back.waitFor({ state: 'detached' });

    await window.command('Ashlar: Compare Runs…');
    await window.quickInput.filter({ hasText: '(A)' }).waitFor();
    await pick(window, /ssss/);
    await window.quickInput.filter({ hasText: '(B)' }).waitFor();
    await pick(window, /pppp/);
    await board.frame.getByText('Open the board of 20260101-0000-ssss').waitFor();
    await board.frame.getByText('lexer').first().waitFor();
    await window.screenshot('comparison');
    await window.command('View: Close All Editors');

    await window.command('Ashlar: Export Run…');
    await pick(window, /Without texts/);
    const file = join(folder, 'away.html');
    await saveAs(window, file);
    await window.notification(/was exported/).waitFor();
    expect(existsSync(file)).toBe(true);
    await window.command('Ashlar: Open Journal or Export…');
    await pick(window, /away\.html/);
    const readOnly = board.frame.getByText('Read-only, from away.html.');
    await readOnly.waitFor();
    await board.node('lexer', 'Sealed').waitFor();
    await window.tidy();
    await window.screenshot('opened-export');
    await window.reload('away.html');
    await readOnly.waitFor();
    await rename(file, `${file}.old`);
    await window.reload('away.html');
    await board.frame.getByText(/any more; it was moved or removed/).waitFor();
  });
});
