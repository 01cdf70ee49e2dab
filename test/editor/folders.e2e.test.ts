import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { latestRun, slow, writeLong } from './support/long-run.ts';
import { typed } from './support/terminal.ts';

describe.skipIf(unprovided() !== '')('a workspace of two folders', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({ settings: slow });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('lists the runs of both, and what is asked for reaches the one that is shown', async () => {
    const place = await editor.emptyFolder();
    const [one, other] = [join(place, 'one'), join(place, 'other')];
    for (const folder of [one, other]) {
      mkdirSync(folder);
      writeLong(folder);
    }
    const workspace = join(place, 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'one' }, { path: 'other' }] }));
    const window = await editor.open(workspace);
    const side = await window.openSideBar();
    await side.getByRole('button', { name: 'one/tiny.plan.yaml', exact: true }).waitFor();
    const plan = side.getByRole('listitem').filter({ hasText: 'other/tiny.plan.yaml' });
    await plan.getByRole('button', { name: 'Run', exact: true }).click();
    const board = new BoardPage(window);
    await board.reaches('early', 'Needs you');

    const line = typed(one, 'run', 'tiny.plan.yaml', '--speed', '20');
    const row = side.getByRole('list').getByRole('button', { name: /quick/ });
    await row.first().waitFor({ timeout: 60_000 });
    await side.getByText('2 things need you').waitFor({ state: 'attached', timeout: 60_000 });
    await window.screenshot('two-folders');
    await row.first().click();
    await side.getByText(/Driven by another window or process/).waitFor();
    const need = side.getByRole('article', { name: /^early/ });
    await need.getByRole('button', { name: 'Approve', exact: true }).click();
    await side.getByText('1 thing needs you').waitFor({ state: 'attached' });

    const approvals = async (folder: string): Promise<number> =>
      (await latestRun(folder)).events.filter(({ type }) => type === 'approval-given').length;
    expect(await approvals(one)).toBe(1);
    expect(await approvals(other)).toBe(0);
    expect((await latestRun(one)).driver?.pid).toBe(line.pid);
  });
});
