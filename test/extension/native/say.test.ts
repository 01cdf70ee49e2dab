import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { ask, say } from '../../../src/extension/native/say.ts';
import { sources } from '../../support/messages.ts';

const editor = vi.hoisted(() => ({
  told: [] as (readonly string[])[],
  /** Which button is clicked; undefined: it is put away. */
  click: undefined as string | undefined,
  done: [] as string[],
  /** It is being closed: it refuses what is open, and all that comes. */
  closing: false,
}));

vi.mock('vscode', () => {
  const show =
    (level: string) =>
    (...told: readonly string[]) => {
      editor.told.push([level, ...told]);
      // So that who never ends is found out, and does not hang here.
      if (editor.told.length > 9) return new Promise<undefined>(() => undefined);
      if (editor.closing) return Promise.reject(new Error('Canceled'));
      return Promise.resolve(editor.click);
    };
  return {
    l10n: { t: (text: string) => text },
    window: {
      ...{ showInformationMessage: show('info'), showWarningMessage: show('warning') },
      showErrorMessage: show('error'),
    },
  };
});

const logged: string[] = [];
const write = (text: string | Error): void => void logged.push(String(text));
const log = {
  ...{ info: write, warn: write, error: write },
  show: () => void editor.done.push('output'),
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  editor.told.length = editor.done.length = logged.length = 0;
  editor.click = undefined;
  editor.closing = false;
});

it('what fits a line is said without a button', () => {
  say(log, 'info', 'Run ab3d was exported.');
  expect(editor.told).toEqual([['info', 'Run ab3d was exported.']]);
  expect(logged).toEqual([]);
});

it('what is longer has a button to the output, which holds all of it', async () => {
  editor.click = 'Show Output';
  const long = `The store is damaged: ${'an object lacks, '.repeat(8)}and more.`;
  say(log, 'warning', long);
  expect(editor.told).toEqual([['warning', long, 'Show Output']]);
  expect(logged).toEqual([long]);
  await settled();
  expect(editor.done).toEqual(['output']);
});

it('a button does what it says, once it is clicked', async () => {
  const go = () => editor.done.push('gone on');
  ask(log, 'info', 'Run ab3d was interrupted.', [['Go On', go]]);
  await settled();
  expect(editor.done).toEqual([]);
  editor.click = 'Go On';
  ask(log, 'info', 'Run ab3d was interrupted.', [['Go On', go]]);
  await settled();
  expect(editor.done).toEqual(['gone on']);
});

it('a button that fails says why', async () => {
  editor.click = 'Go On';
  const fails = () => Promise.reject(new Error('The folder is gone.'));
  ask(log, 'info', 'Run ab3d was interrupted.', [['Go On', fails]]);
  await settled();
  expect(editor.told.at(-1)).toEqual(['error', 'The folder is gone.']);
  expect(logged).toEqual(['Error: The folder is gone.']);
});

it('what fails with more than a line to say has a button to the output', async () => {
  editor.click = 'Go On';
  const why = `The folder is gone: ${'it lay elsewhere, '.repeat(8)}once.`;
  const fails = () => {
    editor.click = 'Show Output';
    return Promise.reject(new Error(why));
  };
  ask(log, 'info', 'Run ab3d was interrupted.', [['Go On', fails]]);
  await settled();
  expect(editor.told.at(-1)).toEqual(['error', why, 'Show Output']);
  expect(editor.done).toEqual(['output']);
});

it.each(['info', 'warning', 'error'] as const)(
  'an editor that closes and refuses every notification is not asked on and on: %s',
  async (level) => {
    editor.closing = true;
    say(log, level, 'Run ab3d was exported.');
    await settled();
    expect(editor.told.map(([shown]) => shown)).toEqual([level, 'error']);
    expect(logged).toEqual(['Error: Canceled']);
  },
);

it('text of others makes no link in a notification', () => {
  say(log, 'error', 'See [the fix](command:evil).');
  expect(editor.told[0]?.[1]).not.toContain('](');
});

/** Said in a line, whatever it is about. */
const short = ['src/extension/documents/run-documents.ts'];

it('nothing else in the extension shows a notification that nobody can answer', () => {
  const bare = sources('src/extension').filter((path) =>
    /void window\.show(Information|Warning|Error)Message\(/.test(readFileSync(path, 'utf8')),
  );
  expect(bare).toEqual(short);
});
