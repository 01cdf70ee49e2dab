import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScript } from '../../../../src/engine/agents/scripted/load-script.ts';
import { designHeadings } from '../../../../src/engine/architect/design.ts';
import { scriptFolder } from './script-folder.ts';

const turn = 'summary: done\n';
const designText = Object.values(designHeadings)
  .map((heading) => `## ${heading}\n\nSome words.\n\n`)
  .join('');

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  await using folder = await scriptFolder(files);
  return told(await loadScript(folder.path));
}

function told(loaded: Awaited<ReturnType<typeof loadScript>>): string[] {
  if (!('problems' in loaded)) return [];
  return loaded.problems.map(({ file, line, message }) =>
    [file, ...(line === null ? [] : [line]), ` ${message}`].join(':'),
  );
}

describe('a sound script', () => {
  it('holds its turns by their folders, with every default resolved', async () => {
    await using folder = await scriptFolder({
      'lexer/1/turn.yaml':
        'summary: done\nseconds: 2.5\ntokens: { in: 12_000, out: 30 }\nusd: 0.25\nturns: 3\n' +
        'progress:\n  - { at: 2, say: second }\n  - { at: 1, say: first }\n',
      'lexer/1/files/src/lexer/index.js': 'export {};\n',
      'lexer/1/files/README': 'hello\n',
      'lexer/2/turn.yaml': turn,
      'lexer/contract-2/turn.yaml': turn,
      'lexer/review-1/turn.yaml':
        'summary: no\nverdict: FAIL\nevidence:\n  - { file: src/lexer/index.js, line: 3, says: wrong }\n',
      'tiers/frontend/1/turn.yaml': 'summary: it was me\nblames: lexer\n',
      'gates/accept/1/turn.yaml': 'summary: it was me\nblames: lexer\n',
      'README.md': 'about this script',
      'lexer/.DS_Store': '',
    });
    const loaded = await loadScript(folder.path);
    if ('problems' in loaded) throw new Error(told(loaded).join('\n'));
    const { turns, attempts } = loaded.script;
    expect([...turns.keys()].sort()).toEqual([
      'gates/accept/1',
      'lexer/1',
      'lexer/2',
      'lexer/contract-2',
      'lexer/review-1',
      'tiers/frontend/1',
    ]);
    expect([...attempts]).toEqual([['lexer', 2]]);
    expect(turns.get('lexer/1')).toEqual({
      kind: 'builder',
      summary: 'done',
      ms: 2_500,
      tokens: 12_030,
      tokensOut: 30,
      microUsd: 250_000,
      calls: 3,
      says: [
        { atMs: 1_000, text: 'first' },
        { atMs: 2_000, text: 'second' },
      ],
      behaviour: 'submit',
      lateMs: 5_000,
      findings: [],
      gives: [],
      asks: [],
      files: {
        root: join(folder.path, 'lexer/1/files'),
        paths: ['README', 'src/lexer/index.js'],
      },
    });
    expect(turns.get('lexer/contract-2')).toMatchObject({ kind: 'contract', reason: 'done' });
    expect(turns.get('lexer/review-1')).toMatchObject({
      verdict: 'FAIL',
      evidence: [
        { kind: 'review', check: null, file: 'src/lexer/index.js', line: 3, says: 'wrong' },
      ],
    });
    expect(turns.get('tiers/frontend/1')).toMatchObject({ kind: 'integrator', blames: 'lexer' });
  });
});

describe('a broken script is refused at the line', () => {
  it.each<[string, string, string]>([
    ['a field it does not know', 'summary: a\nsumary: b\n', ':2: Unrecognized key: "sumary"'],
    ['a field that is missing', 'seconds: 3\n', ':1: summary: Invalid input'],
    ['a value of another kind', 'summary: a\n\nseconds: soon\n', ':3: seconds: Invalid input'],
    [
      'an unquoted comma',
      'summary: a\nprogress:\n  - { at: 0, say: a }\n  - { at: 0, say: one, two }\n',
      ':4: progress.1: Unrecognized key: "two"; between { } a text with a comma needs quotes',
    ],
    [
      'progress after its end',
      'summary: a\nseconds: 3\nprogress:\n  - at: 4\n    say: b\n',
      ":4: progress.0.at: is after the turn's end (3 s)",
    ],
    ['a lateness that never shows', 'summary: a\nlateSeconds: 4\n', ':2: lateSeconds: goes only'],
    [
      'an answer that is late before its time',
      'summary: a\nseconds: 9\nbehaviour: late\nlateSeconds: 4\n',
      ":4: lateSeconds: is before the turn's end",
    ],
    [
      'a handoff after its end',
      'summary: a\nseconds: 3\nhandoffs:\n  - { at: 4, items: [x] }\n',
      ":4: handoffs.0.at: is after the turn's end (3 s)",
    ],
    [
      'a handoff of a file that it does not leave',
      'summary: a\nhandoffs:\n  - at: 0\n    items: [x]\n    files: [src/x.js]\n',
      ':5: handoffs.0.files.0: "src/x.js" is not one of the turn\'s files/',
    ],
    [
      'a handoff of nothing',
      'summary: a\nhandoffs:\n  - { at: 0, items: [] }\n',
      ':3: handoffs.0.items: Too small',
    ],
    [
      'a request to what cannot be a module',
      'summary: a\nrequests:\n  - { at: 0, from: Lexer, items: [x] }\n',
      ':3: requests.0.from: must be the name of a module',
    ],
    ['a behaviour it does not know', 'summary: a\nbehaviour: explode\n', ':2: behaviour: Invalid'],
    ['text that is no YAML', 'summary: a\nb: ]\n', ':2: '],
    ['a key twice', 'summary: a\nsummary: b\n', ':2: Map keys must be unique'],
    ['a tag', 'summary: !!js/function a\n', ':1: Unresolved tag'],
    ['nothing', '', ':1: Invalid input'],
    [
      'aliases that grow',
      'a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]\n',
      ':1: Excessive alias count',
    ],
    ['too much text', `summary: ${'x'.repeat(300_000)}\n`, ': is larger than 262144 bytes'],
  ])('%s', async (_what, text, problem) => {
    const problems = await problemsOf({ 'lexer/1/turn.yaml': text });
    expect(problems[0]?.slice(0, `lexer/1/turn.yaml${problem}`.length)).toBe(
      `lexer/1/turn.yaml${problem}`,
    );
  });

  it.each(['../outside.js', '/etc/passwd', 'a//b', 'C:/a.js'])(
    'evidence that points out of the root: %s',
    async (file) => {
      const text = `summary: a\nverdict: FAIL\nevidence:\n  - says: b\n    file: ${file}\n`;
      const [problem] = await problemsOf({ 'lexer/review-1/turn.yaml': text });
      expect(problem).toContain('lexer/review-1/turn.yaml:5: evidence.0.file: ');
    },
  );

  it.each<[string, Record<string, string>, string]>([
    ['no turn.yaml', { 'lexer/1/files/a.js': '' }, 'lexer/1/turn.yaml: is missing'],
    [
      'a gap',
      { 'lexer/1/turn.yaml': turn, 'lexer/3/turn.yaml': turn },
      'lexer/2: is missing: turns are numbered without gaps',
    ],
    [
      'a folder that is no turn',
      { 'lexer/first/turn.yaml': turn },
      'lexer/first: is not a turn: turns are called 1, 2, …, contract-1, …, review-1, …, and review-1-b, … for further reviewers',
    ],
    [
      'a folder that is no name',
      { 'Lexer/1/turn.yaml': turn },
      'Lexer: is not the name of a module',
    ],
    [
      'files beside files/',
      { 'lexer/1/turn.yaml': turn, 'lexer/1/src/a.js': '' },
      'lexer/1/src: is not part of a turn: it has a turn.yaml and files/',
    ],
    [
      'a judge that writes',
      { 'lexer/review-1/turn.yaml': 'summary: a\nverdict: PASS\n', 'lexer/review-1/files/a': '' },
      'lexer/review-1/files: is not part of a turn that judges: it has a turn.yaml only',
    ],
    ['a file for a module', { lexer: '' }, 'lexer: is not a folder'],
    [
      'an arbiter by name',
      { 'arbiter/first/turn.yaml': turn },
      "arbiter/first: is not a turn: an arbiter's turns are called 1, 2, …",
    ],
    [
      'an architect without its plan',
      { 'architect/1/turn.yaml': turn, 'architect/1/design.md': designText },
      'architect/1/plan.yaml: is missing',
    ],
    [
      'an architect without a part of its design',
      {
        'architect/1/turn.yaml': turn,
        'architect/1/plan.yaml': 'ashlar: 1',
        'architect/1/design.md': designText.replace('## Roles', '## Rules'),
      },
      'architect/1/design.md:9: the heading Roles belongs here, not Rules',
    ],
    [
      'a plan that is no YAML',
      {
        'architect/1/turn.yaml': turn,
        'architect/1/plan.yaml': 'ashlar: 1\nmodules: [',
        'architect/1/design.md': designText,
      },
      'architect/1/plan.yaml:2: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'a precondition test that finds nothing',
      { 'architect/precondition-1/turn.yaml': turn },
      'architect/precondition-1/turn.yaml:1: says one of assessment, questions and unsuitable',
    ],
    [
      'a scout by name',
      { 'scout/ann/turn.yaml': turn },
      'scout/ann: is not a turn: scouts are called 1, 2, …',
    ],
  ])('%s', async (_what, files, problem) => {
    expect(await problemsOf(files)).toEqual([problem]);
  });

  it('a link among the files', async () => {
    await using folder = await scriptFolder({
      'lexer/1/turn.yaml': turn,
      'lexer/1/files/src/a.js': '',
    });
    await symlink('/etc', join(folder.path, 'lexer/1/files/src/etc'));
    expect(told(await loadScript(folder.path))).toEqual([
      'lexer/1/files/src/etc: is a link; links are not followed',
    ]);
  });

  it('files without end', async () => {
    const deep = `lexer/1/files/${'d/'.repeat(40)}a.js`;
    const [problem] = await problemsOf({ 'lexer/1/turn.yaml': turn, [deep]: '' });
    expect(problem).toMatch(/lies deeper than 32 folders$/);
  });

  it('a folder that is not there', async () => {
    await using folder = await scriptFolder({});
    expect(told(await loadScript(join(folder.path, 'gone')))).toEqual([
      ': there is no such folder',
    ]);
  });

  it('a name that the plan does not know', async () => {
    await using folder = await scriptFolder({
      'lexer/1/turn.yaml': turn,
      'lexxer/1/turn.yaml': turn,
      'tiers/front/1/turn.yaml': 'summary: a\nblames: lexer\n',
    });
    const names = { modules: ['lexer'], tiers: ['frontend'], gates: [] };
    expect(told(await loadScript(folder.path, names))).toEqual([
      'lexxer: the plan has no module lexxer',
      'tiers/front: the plan has no tier front',
    ]);
  });

  it('everything at once, so that one reading is enough', async () => {
    const problems = await problemsOf({
      'lexer/1/turn.yaml': 'summary: a\nx: 1\nseconds: -1\n',
      'parser/1/turn.yaml': 'y: 1\n',
    });
    expect(problems).toHaveLength(4);
  });
});
