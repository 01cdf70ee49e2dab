import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { latestRun, seals, slow, writeLong } from './support/long-run.ts';
import { typed } from './support/terminal.ts';
import type { EditorWindow } from './support/window.ts';

/** Opens a folder in which nothing has run yet. */
async function openLong(editor: Editor): Promise<EditorWindow> {
  const folder = await editor.emptyFolder();
  writeLong(folder);
  return editor.open(folder);
}

const driven = { elsewhere: /Driven by another window or process/ };

describe.skipIf(unprovided() !== '')('a run and who looks at it', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({ settings: slow });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('is followed and approved by a second window, and goes on there when the first is closed', async () => {
    const first = await openLong(editor);
    await first.command('Ashlar: Run Plan…');
    const driving = new BoardPage(first);
    await driving.reaches('alpha', 'Sealed');

    const second = await first.secondWindow();
    const side = await second.openSideBar();
    await side.getByText(driven.elsewhere).waitFor();
    await second.command('Ashlar: Open Board');
    const following = new BoardPage(second);
    await following.reaches('beta', 'Sealed');
    const need = side.getByRole('article', { name: /^early/ });
    await second.screenshot('two-windows');
    await need.getByRole('button', { name: 'Approve', exact: true }).click();
    await need.waitFor({ state: 'detached' });
    await driving.reaches('early', 'Approved by');
    await following.reaches('early', 'Approved by');

    const before = await latestRun(first.folder);
    await first.close();
    await side.getByText(driven.elsewhere).waitFor({ state: 'detached', timeout: 60_000 });
    await following.reaches('gamma', 'Building');
    const after = await latestRun(first.folder);
    expect(after.driver?.pid).not.toBe(before.driver?.pid);
    expect(after.driver).not.toBeNull();
    expect(seals(after)).toEqual(['alpha', 'beta']);
    await second.screenshot('second-window-drives');
  });

  it('of a command line shows in a window as it comes, and is approved and cancelled there', async () => {
    const window = await openLong(editor);
    const side = await window.openSideBar();
    await side.getByRole('button', { name: 'Run the example' }).waitFor();

    const line = typed(window.folder, 'run', 'tiny.plan.yaml', '--speed', '20');
    await side.getByText(driven.elsewhere).waitFor({ timeout: 60_000 });
    await side.getByRole('article', { name: /^early/ }).waitFor({ timeout: 60_000 });
    await window.command('Ashlar: Open Board');
    const board = new BoardPage(window);
    await board.reaches('beta', 'Sealed');
    await board.open('Gates');
    const gate = board.frame.getByRole('article', { name: /^early/ });
    await gate.getByRole('button', { name: 'Approve this submission' }).click();
    await gate.waitFor({ state: 'detached' });
    expect((await latestRun(window.folder)).driver?.pid).toBe(line.pid);

    await window.command('Ashlar: Cancel Run…');
    await window.page.getByRole('button', { name: 'Cancel the Run' }).click();
    const { code, out } = await line.said;
    expect(code, out).toBe(1);
    await board.says('Cancelled');
  });

  it('of a window is told of, approved and paused by command lines', async () => {
    const window = await openLong(editor);
    await window.command('Ashlar: Run Plan…');
    const board = new BoardPage(window);
    await board.reaches('early', 'Needs you');

    const { run, driver } = await latestRun(window.folder);
    const status = await typed(window.folder, 'status').said;
    expect(status.out).toContain(String(driver?.pid));
    const subject = /--subject (\S+)/.exec(status.out)?.[1] ?? '';
    const approve = ['approve', run, 'early', '--subject', subject];
    expect(await typed(window.folder, ...approve).said).toMatchObject({ code: 0 });
    await board.reaches('early', 'Approved by');
    expect(await typed(window.folder, 'pause', run).said).toMatchObject({ code: 0 });
    await board.says('Paused');

    await window.command('Ashlar: Resume Run');
    await board.says('Building');
  });
});
