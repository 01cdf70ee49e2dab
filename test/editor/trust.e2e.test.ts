import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runFolder, runsFolder } from '../../src/engine/run-folder.ts';
import { openPlace } from '../engine/run/rig.ts';
import { approvalGate, quickScript, writeQuick } from '../support/tiny-plan.ts';
import { runTiny } from '../support/tiny-workspace.ts';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';

describe.skipIf(unprovided() !== '')('a folder that is not trusted', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({
      trust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('shows its runs, changes nothing, and lets them be decided once it is trusted', async () => {
    const place = await openPlace();
    onTestFinished(() => place[Symbol.asyncDispose]());
    const { workspace } = place;
    writeQuick(workspace, quickScript(), { gates: approvalGate });
    const { run } = (await runTiny(workspace)).state;
    const journal = join(runFolder(workspace, run), 'journal.jsonl');
    const before = readFileSync(journal, 'utf8');

    const window = await editor.open(workspace);
    const side = await window.openSideBar();
    const approve = { name: 'Approve', exact: true };
    await side.getByRole('button', { ...approve, disabled: true }).waitFor();
    await window.command('Ashlar: Open Board');
    const board = new BoardPage(window);
    await board.reaches('alpha', 'Sealed');
    await window.screenshot('restricted');
    expect(await window.palette('Ashlar: ')).not.toContain('Ashlar: Run Plan…');
    expect(readFileSync(journal, 'utf8')).toBe(before);
    expect(readdirSync(runsFolder(workspace))).toEqual([run]);

    await side.getByRole('button', { name: 'Manage workspace trust' }).click();
    await window.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await window.page.getByRole('button', { name: /^Close Modal Editor/ }).click();
    await side.getByRole('button', { ...approve, disabled: false }).click();
    await board.says('Complete');
  });
});
