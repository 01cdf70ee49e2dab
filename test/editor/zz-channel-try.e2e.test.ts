import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Editor } from './support/editor.ts';

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.start({ settings: { 'ashlar.scriptedAgentSpeed': 40 } });
});
afterAll(() => editor[Symbol.asyncDispose]());

it('try', async () => {
  const window = await editor.open(editor.example());
  const { page } = window;
  await window.command('Ashlar: Run Plan');
  await pause(6000);
  await window.screenshot('h3-1');
  await page.keyboard.press('Enter');
  await pause(16000);
  const shoot = async (name: string, ms = 2500) => { await pause(ms); await window.screenshot(name); };
  await window.openSideBar();
  await pause(25000);
  await shoot('h3-a');
  await window.command('Ashlar: Reopen');
  await pause(2500);
  await page.keyboard.press('Enter');
  await pause(4000);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nIt also tells columns.\n');
  await page.keyboard.press('Control+s');
  await shoot('h3-b');
  await window.command('Ashlar: Confirm Amendment');
  await pause(2500);
  await page.keyboard.type('Columns are needed.');
  await page.keyboard.press('Enter');
  await shoot('h3-c');
  await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Reopen' }).click();
  await shoot('h3-d', 6000);
  await window.command('View: Close All Editors in Group').catch(String);
  await window.command('Ashlar: Open Board');
  await shoot('h3-e', 5000);
  await window.reload();
  await shoot('h3-f', 15000);
  console.log(window.said.slice(0, 20).join('\n'));
  expect(1).toBe(1);
}, 300_000);
