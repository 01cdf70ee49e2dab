import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMessagesServer, type MessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { ofType } from '../support/tiny-workspace.ts';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided } from './support/editor.ts';
import { latestRun, seals } from './support/long-run.ts';
import { packModels } from './support/models-extension.ts';
import { pick } from './support/quick-input.ts';
import { followsSystem } from './support/theme.ts';
import { typed } from './support/terminal.ts';
import type { EditorWindow } from './support/window.ts';

const script = join(import.meta.dirname, '../../examples/from-a-goal/script');
const goal = 'A command that turns a CSV file of expenses into a monthly report';

describe.skipIf(unprovided() !== '')('models of the editor', () => {
  const solve = solvingScript(script);
  let server: MessagesServer;
  let editor: Editor;
  beforeAll(async () => {
    server = await startMessagesServer({
      // One of the two never answers.
      script: (body, said) =>
        body.model === 'idler' ? new Promise(() => undefined) : solve(body, said),
    });
    const settings = { 'loopback.url': server.url, ...followsSystem };
    editor = await Editor.start({ settings, extensions: [await packModels()] });
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** The plan for the example's goal, with all of its agents from the editor's models. */
  async function planned(): Promise<string> {
    const folder = await editor.beginning();
    const { code, out, err } = await typed(folder, 'plan', goal, '--speed', '50').said;
    expect(code, out + err).toBe(0);
    const file = join(folder, 'expense-report.plan.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('agent: scripted', 'agent: vscode-lm'));
    return folder;
  }

  /** A note of an earlier run about a module; its file. */
  function learned(folder: string, module: string, says: string): string {
    const knowledge = join(folder, '.ce-workspace', 'knowledge');
    mkdirSync(knowledge, { recursive: true });
    const file = join(knowledge, `2026-02-01-pitfall-${module}.md`);
    const front = ['---', 'date: 2026-02-01', 'type: pitfall', `tags: [${module}]`, '---'];
    writeFileSync(
      file,
      [...front, '', `# ${says}`, '', 'Attempt 1 was judged FAIL.', ''].join('\n'),
    );
    return file;
  }

  async function choose(window: EditorWindow, model: string): Promise<void> {
    await window.command('Ashlar: Choose Language Model…');
    await pick(window, model);
  }

  /** Answers the editor's own question of whether Ashlar may ask models. */
  async function consent({ page }: EditorWindow, says: 'Allow' | 'Cancel'): Promise<void> {
    const dialog = page.getByRole('dialog').filter({ hasText: 'wants to access the language' });
    await dialog.getByText('build and review the modules of your plan').waitFor();
    await dialog.getByRole('button', { name: says, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('build the example once a person has allowed it, and are counted and written down', async () => {
    const folder = await planned();
    const note = learned(folder, 'reader', 'reader: quotes within quotes are lost');
    const window = await editor.open(folder);
    const board = new BoardPage(window);
    // Two are offered, and none is chosen: what is missing can be given at once.
    await window.command('Ashlar: Run Plan…');
    const missing = window.notification(/offers 2 language models, and none is chosen/);
    await missing.getByRole('button', { name: 'Choose Language Model…' }).click();
    await window.quickInput.getByRole('option', { name: 'The Idler' }).waitFor();
    await window.looks('choose-language-model');
    await pick(window, 'The Solver');

    await consent(window, 'Cancel');
    await board.says('Waits for you');
    expect(server.service.messages).toEqual([]);
    const held = window.notification(/vscode-lm does not give the planners their model/);
    const again = held.getByRole('button', { name: 'Try Again' });
    await again.waitFor();
    await board.open('Gates');
    await board.frame
      .getByText(/allow it when the editor asks/)
      .first()
      .waitFor();
    await window.looks('provider-held');
    await board.open('Graph');
    await again.click();
    await consent(window, 'Allow');
    await board.says('Building');

    await board.reaches('ship', 'Needs you');
    const run = await latestRun(window.folder);
    expect(seals(run).sort()).toEqual(['command', 'months', 'reader', 'report']);
    const lines = ofType(run, 'agent-used').flatMap((used) => used.lines);
    for (const line of lines) {
      expect(line).toMatchObject({ provider: 'vscode-lm', model: 'loopback/solver' });
    }
    expect(lines.length).toBeGreaterThan(7);

    await window.command('Notifications: Clear All Notifications');
    await board.open('Account');
    const models = board.frame.getByRole('region', { name: 'Models' });
    await models.getByText('loopback/solver').scrollIntoViewIfNeeded();
    await window.looks('account-models');
    await board.open('Graph');
    const drawer = await board.drawer('reader');
    const transcript = drawer.getByRole('button', { name: 'Open a transcript' });
    await transcript.scrollIntoViewIfNeeded();
    await window.looks('drawer-transcript');
    await transcript.click();
    await pick(window, /generator/);
    await window.page
      .getByRole('tab', { name: /reader\.1\.generator/ })
      .first()
      .waitFor();
    await window.page.getByText('An agent of vscode-lm').first().waitFor();
    await window.looks('transcript');

    // What earlier runs learned is told beside it, and leads to the note for as long as that is there.
    await window.command('Ashlar: Open Board');
    const used = drawer.getByRole('region', { name: 'Insights used' });
    await used.getByText('contract author of draft 1, builder of attempt 1').waitFor();
    const told = used.getByRole('button', { name: 'reader: quotes within quotes are lost' });
    await told.scrollIntoViewIfNeeded();
    await window.looks('drawer-insights');
    await told.click();
    await window.page
      .getByRole('tab', { name: /2026-02-01-pitfall-reader\.md/ })
      .first()
      .waitFor();
    rmSync(note);
    await window.command('Ashlar: Open Board');
    await told.click();
    await board.frame.getByText(/reader\.md is not in .* any more/).waitFor();
  });

  it('are told to end when a run is cancelled, and hold nothing up that never answers', async () => {
    const window = await editor.open(await planned());
    await choose(window, 'The Idler');
    await window.command('Ashlar: Run Plan…');
    await consent(window, 'Allow');
    await expect.poll(() => server.open, { timeout: 30_000 }).toBeGreaterThan(0);
    await window.command('Ashlar: Cancel Run…');
    await window.page.getByRole('button', { name: 'Cancel the Run' }).click();
    await new BoardPage(window).says('Cancelled');
    await expect.poll(() => server.open, { timeout: 30_000 }).toBe(0);
  });
});
