import { describe, expect, it } from 'vitest';
import { sources } from '../support/messages.ts';
import { spokenPast, spokenPastIn } from '../support/spoken.ts';

/** What stays English, whatever the editor speaks: others than the people of this window read it. */
const english: Readonly<Record<string, string>> = {
  'agents/editor-failure.ts': 'why a task failed is written into the journal',
  'agents/editor-messages.ts': 'said to a model',
  'agents/editor-models.ts': 'why no model serves a task is written into the journal',
  'agents/model-places.ts': 'stands in messages of the engine, which the journal holds',
  'runs/models.ts': 'stands in messages of the engine, which the journal holds',
  'runs/going-on.ts': 'written into the log',
  'actions/starter-plan.ts': 'a file for everybody who works on the plan',
  'actions/example-folder.ts': 'who made the first commit of the example, and its message',
  'actions/drive-run.ts': 'the reason of a cancelled run is written into the journal',
  'assist/tool-calls.ts': 'said to a model, which says it to the person in their language',
  'assist/window-world.ts': 'said to a model, which says it to the person in their language',
  'board/webview-html.ts': 'a page, and no text',
  'verdicts/verdict-marks.ts': 'becomes part of a contract',
  'verdicts/verdict-notes-shown.ts': 'written into the log',
};
/** How many texts each may hold: whoever adds one asks again who reads it. */
const most: Readonly<Record<string, number>> = {
  ...{
    'agents/editor-failure.ts': 1,
    'agents/editor-messages.ts': 2,
    'agents/editor-models.ts': 7,
  },
  ...{ 'agents/model-places.ts': 2, 'runs/models.ts': 3, 'runs/going-on.ts': 3 },
  ...{ 'actions/starter-plan.ts': 1, 'actions/example-folder.ts': 2, 'actions/drive-run.ts': 1 },
  ...{ 'assist/tool-calls.ts': 3, 'assist/window-world.ts': 3, 'board/webview-html.ts': 4 },
  ...{ 'verdicts/verdict-marks.ts': 5, 'verdicts/verdict-notes-shown.ts': 1 },
};
/** Names, which are the same in every language. */
const names = new Set(['Claude Code', 'Ashlar']);

const root = 'src/extension/';
const said = sources('src/extension').map((path) => ({
  file: path.slice(root.length),
  texts: spokenPast(path).filter(({ text }) => !names.has(text)),
}));

describe('what the extension says to people', () => {
  it('goes through the translation', () => {
    const past = said.filter(({ file }) => !(file in english)).flatMap(({ texts }) => texts);
    expect(past.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
  });

  it.each(Object.entries(english))('is English in %s alone: %s', (file) => {
    const its = said.find((each) => each.file === file)?.texts ?? [];
    expect(its.map(({ text }) => text)).toHaveLength(most[file] ?? 0);
  });
});

describe('a text past the translation is found', () => {
  it.each([
    "void window.showErrorMessage('Broken');",
    "const item = { label: 'Open' };",
    "const item = { label: isNew ? 'Open' : name };",
    'const item = { detail: `Gate ${name} waits` };',
    "item.tooltip = 'Sealed';",
    "const title = 'Which run?';",
    "throw new Error('There is no such run.');",
    "parts.refused(['Broken', name].join(' '));",
    "window.showQuickPick(items, { ...more, placeHolder: 'Choose' });",
    "progress.report({ message: 'Looking…' });",
  ])('%s', (source) => {
    expect(spokenPastIn('some.ts', source)).toHaveLength(1);
  });

  it.each([
    "window.showErrorMessage(l10n.t('Broken'));",
    "const item = { label: t('Open'), tooltip: plural(3, '{0} run', '{0} runs') };",
    "log.error('a webview sent what is no message');",
    "if (text === 'not one of ours') return;",
    "const kind = 'Approve';",
    "commands.executeCommand('setContext', 'a b');",
  ])('and nothing else: %s', (source) => {
    expect(spokenPastIn('some.ts', source)).toEqual([]);
  });
});
