import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messagesOf, rawTexts, sources, type Told } from './support/messages.ts';
import { speakersOf } from './support/speakers.ts';

/** Everything that speaks to people in the editor. */
const speaking = ['src/extension', 'src/webview', 'src/core', 'src/engine']
  .flatMap(sources)
  .filter((path) => !/\/core\/language\.ts$|\/rich\.tsx$/.test(path));
/** Where everything that people read goes through the translation. */
const converted: readonly string[] = ['src/webview/', 'src/core/projections/'];

/** What is in English whoever reads it: written down, told to models, or printed by the command line alone. */
const english =
  /\/(brief|checklist|compare-shape|estimate-words|insights|postmortem[\w-]*|precondition-words|prompt-deltas|pull-request[\w-]*|simulation-text)\.ts$|^src\/webview\/dev\//;

/** What looks like words and is none, as the source has it with `0` for what stands in it. */
const names = new Set([
  // Keys of the keyboard as they are pressed, selectors and queries of style sheets.
  ...['Page Up', 'Page Down', 'Alt P', 'Alt L', 'vscode-dark vscode-high-contrast'],
  ...['prefers-color-scheme: dark', 'prefers-contrast: more'],
  ...['input, textarea, select, vscode-textarea', '#board-view [data-node="0"]'],
  // Keys of tables, and names of icons, nodes, scopes, folders and branches.
  ...[
    'Waits for',
    'Now',
    'Held',
    'Next',
    'ETA',
    'Idle',
    'course 0',
    'edge edge-0 edge-0',
    'module 0',
    'submission 0 0 0',
  ],
  ...['pass', 'error', 'clockface', 'ashlar/0', '.ce-workspace/runs/0/result'],
  ...['module:0', 'gate:0', 'pool:0', 'prerequisite:0'],
  // Units and words that are the same in every language; the fence of a block.
  ...[
    '0 min',
    '0–0 min',
    '+0 min',
    '+0–0 min',
    '0 min0',
    '0 h 0 min',
    '0 KB',
    '0 0:0:0 UTC',
    '0text',
  ],
  ...['0 × PASS: 0', '0 × FAIL: 0', '0 × NEEDS_REVISION: 0'],
]);

type Messages = Readonly<Record<string, string>>;
const table = (path: string): Messages => JSON.parse(readFileSync(path, 'utf8')) as Messages;
const german = table('l10n/bundle.l10n.de.json');

const found = speaking.map(messagesOf);
const messages = new Map(found.flatMap((each) => each.messages).map((told) => [told.text, told]));
const placesOf = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const lines = (told: readonly Told[]): string[] =>
  told.map(({ text, place }) => `${place} ${text}`);

describe('messages', () => {
  it('are literals, said when there is somebody to hear them', () => {
    expect(lines(found.flatMap(({ faults }) => faults))).toEqual([]);
  });

  it('are all in the German bundle; add what is missing there', () => {
    expect(lines([...messages.values()].filter(({ text }) => !(text in german)))).toEqual([]);
  });

  it('are all said somewhere; take what is not out of the German bundle', () => {
    expect(Object.keys(german).filter((text) => !messages.has(text))).toEqual([]);
  });

  it('have the same places in German, and a text', () => {
    const differing = Object.entries(german).filter(
      ([from, to]) => to === '' || String(placesOf(from)) !== String(placesOf(to)),
    );
    expect(differing).toEqual([]);
  });
});

/**
 * Who writes down what others read too: the rules of a run, all that drives one, and agents of the editor.
 * The command line never sets a language.
 */
const writers = ['src/core', 'src/engine', 'src/extension/agents'];

describe('what is written down', () => {
  it('is English: only projections speak, and who writes takes their words within inEnglish()', () => {
    const speakers = [...speakersOf(writers.flatMap(sources)).keys()];
    const isProjection = (name: string): boolean => name.startsWith('src/core/projections/');
    // Read while a plan is typed, for the preview beside it: nothing of it is kept.
    const heard = ['src/engine/live-plan.ts#LivePlan'];
    expect(speakers.filter((each) => !isProjection(each))).toEqual(heard);
    expect(speakers).toContain('src/core/projections/run-status.ts#runStatus');
    expect(speakers).not.toContain('src/core/projections/postmortem.ts#postmortem');
  });
});

describe('German words', () => {
  it('are those of the glossary', () => {
    const others =
      /Tafel|Betriebsmittel|Stellvertreter|Gutachter|Bauer|Planer|Prüfer|Strömen|Vergangen/;
    expect(Object.entries(german).filter(([, to]) => others.test(to))).toEqual([]);
  });
});

describe('what is converted', () => {
  it.each(converted)('%s says nothing past the translation', (folder) => {
    const paths = speaking.filter((path) => path.startsWith(folder) && !english.test(path));
    expect(paths).not.toEqual([]);
    const raw = paths.flatMap(rawTexts).filter(({ text }) => !names.has(text));
    expect(lines(raw)).toEqual([]);
  });
});

describe('package.nls.de.json', () => {
  const [from, to] = [table('package.nls.json'), table('package.nls.de.json')];

  it('has the keys of package.nls.json and no others, in its order', () => {
    expect(Object.keys(to)).toEqual(Object.keys(from));
  });

  it('keeps commands, settings and code as they are', () => {
    const kept = (text: string): string[] => text.match(/\(command:[\w.]+\)|`[^`]+`/g) ?? [];
    for (const [key, text] of Object.entries(from)) {
      expect([key, kept(to[key] ?? '').sort()]).toEqual([key, kept(text).sort()]);
    }
  });
});
