import { existsSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsFolder } from '../../src/engine/run-folder.ts';
import { planningScript } from '../support/messages-server/planning-script.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages-server/server.ts';
import { filesBelow } from '../support/files-below.ts';
import { quickFiles, quickScript } from '../support/tiny-plan.ts';
import { writeFiles } from '../support/tiny-workspace.ts';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { latestRun, seals } from './support/long-run.ts';
import { answer, pick } from './support/quick-input.ts';
import { followsSystem } from './support/theme.ts';

const key = `sk-ant-${'planted-'.repeat(5)}`;

describe.skipIf(unprovided() !== '')('a plan from a goal', () => {
  let server: MessagesServer;
  let editor: Editor;
  beforeAll(async () => {
    server = await startMessagesServer({ script: planningScript, key });
    editor = await Editor.start({
      settings: { ...followsSystem, 'ashlar.scriptedAgentSpeed': 100 },
      machine: { 'ashlar.baseUrl': server.url },
    });
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it('is asked about, opened beside its design, and run only when a person says so', async () => {
    const folder = await editor.beginning();
    await rm(join(folder, 'script'), { recursive: true });
    await rename(join(folder, 'script-unclear'), join(folder, 'script'));
    const window = await editor.open(folder);
    await window.command('Ashlar: New Plan from a Goal…');
    await window.quickInput.filter({ hasText: 'What is to be built?' }).waitFor();
    await window.quickInput.locator('input').first().fill('Show me my expenses');
    await window.looks('goal');
    await answer(window, 'What is to be built?');
    await pick(window, 'Scripted agents');
    await window.quickInput.filter({ hasText: 'Question 1 of 2' }).waitFor();
    await window.notification('waits for your answers').waitFor();
    await window.looks('goal-question');
    await pick(window, /a table by month/);
    await window.quickInput.filter({ hasText: 'Question 2 of 2' }).waitFor();
    await pick(window, 'Something else…');
    await answer(window, 'Leave it empty', 'none of them');
    await window.page
      .getByRole('tab', { name: /\.plan\.yaml/ })
      .first()
      .waitFor();
    await window.page
      .getByRole('tab', { name: /\.design\.md/ })
      .first()
      .waitFor();
    await window.notification(/Read both before you run it/).waitFor();
    await window.looks('goal-plan');
    expect(existsSync(runsFolder(folder))).toBe(false);

    await window.command('Ashlar: Run Plan…');
    await new BoardPage(window).node('reader').waitFor();
    expect(existsSync(runsFolder(folder))).toBe(true);
  });

  it('is built by the agents that a person switches to, where others take no key', async () => {
    const folder = await editor.emptyFolder();
    const files = quickFiles();
    const plan = files['tiny.plan.yaml']?.replace('agent: scripted', 'agent: anthropic') ?? '';
    writeFiles(folder, { ...files, 'tiny.plan.yaml': plan });
    writeFiles(join(folder, 'script'), quickScript());
    const window = await editor.open(folder);
    await window.command('Ashlar: Set Key for Anthropic…');
    await answer(window, 'Key for Anthropic', `${key}-of-yesterday`);
    await window.command('Ashlar: Run Plan…');
    const board = new BoardPage(window);
    const held = window.notification(/anthropic refuses the key: builders wait/);
    await held.getByRole('button', { name: 'Try Again' }).waitFor();
    await window.looks('key-refused');
    await window.command('Ashlar: Switch Agents…');
    await pick(window, /^builders/);
    await pick(window, 'scripted');
    await board.says('Complete');
    expect(seals(await latestRun(folder)).sort()).toEqual(['alpha', 'beta', 'gamma']);
  });

  it('is made by models with the key that the editor keeps, and with none once it is removed', async () => {
    const folder = await editor.beginning();
    await rm(join(folder, 'script'), { recursive: true });
    const window = await editor.open(folder);
    const ask = async (): Promise<void> => {
      await window.command('Ashlar: New Plan from a Goal…');
      await answer(window, 'What is to be built?', 'Areas of shapes');
      await pick(window, 'Models of Anthropic');
    };
    const unasked = server.service.requests.length;
    await ask();
    const missing = window.notification(/need an API key, and there is none/);
    await missing.waitFor();
    await window.looks('no-key');
    expect(server.service.requests).toHaveLength(unasked);
    await missing.getByRole('button', { name: 'Set Key…' }).click();
    await window.quickInput.filter({ hasText: 'Key for Anthropic' }).waitFor();
    await window.quickInput.locator('input').first().fill('my-password');
    await window.quickInput.getByText('That is no key of Anthropic').waitFor();
    await window.looks('set-key');
    await answer(window, 'Key for Anthropic', key);
    // It begins again by itself.
    await answer(window, 'What is to be built?');
    await pick(window, 'Models of Anthropic');
    await window.page
      .getByRole('tab', { name: /shapes\.plan\.yaml/ })
      .first()
      .waitFor();
    expect(server.service.answered(200)).toBeGreaterThan(2);

    await window.command('Ashlar: Remove Key for Anthropic');
    await window.notification('The key is removed').waitFor();
    const before = server.service.requests.length;
    await ask();
    await missing.waitFor();
    expect(server.service.requests).toHaveLength(before);
    for (const place of [folder, editor.state]) {
      for (const file of filesBelow(place)) {
        expect([file, readFileSync(file).includes(key)]).toEqual([file, false]);
      }
    }
  });

  it('is not made by a model of the editor where there is none, and that is said', async () => {
    const window = await editor.open(await editor.beginning());
    await window.command('Ashlar: New Plan from a Goal…');
    await answer(window, 'What is to be built?', 'Show me my expenses');
    await pick(window, 'A model of the editor');
    await window.notification(/offers no language model: install an extension/).waitFor();
    await window.looks('no-language-model');
    await window.command('Ashlar: Choose Language Model…');
    const none = window.notification(/offers no language model\. Install an extension/);
    await none.getByRole('button', { name: 'Find Extensions…' }).click();
    await window.page
      .getByRole('textbox', { name: /Search Extensions/ })
      .waitFor({ state: 'attached' });
  });
});
