import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { NewestNames } from '../../../src/engine/insights/newest-names.ts';
import { NoteShelf } from '../../../src/engine/insights/note-shelf.ts';
import { parseNote, type Note } from '../../../src/engine/insights/note.ts';
import { rankNotes } from '../../../src/engine/insights/rank-notes.ts';
import { notePlace } from '../../../src/engine/insights/note-place.ts';
import { readNotes } from '../../../src/engine/insights/read-notes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const text = (front: string, below = '# lexer: drops the last token\n\nIt stops one short.\n') =>
  `---\n${front}\n---\n\n${below}`;
const front = 'date: 2026-11-20\ntype: pitfall\nartifact: "tiny-lang"\ntags: ["lexer", "defect"]';

const note = (of: Partial<Note> = {}): Note => ({
  ...parseNote('2026-11-20-r1-pitfall-1-lexer.md', text(front))!,
  ...of,
});

test('a note is read as it was written, without its marks and its links', () => {
  const below = '# lexer: `a\\_b` is \\*not\\* read\n\nSee \\#1.\n\nSee [[other]], [[more]].\n';
  expect(parseNote('n.md', text(front, below))).toMatchObject({
    ...{ file: 'n.md', type: 'pitfall', date: '2026-11-20', artifact: 'tiny-lang' },
    ...{ title: 'lexer: `a_b` is *not* read', tags: ['lexer', 'defect'], body: 'See #1.' },
  });
});

test.for([
  ['tags: [lexer, "two words"]', ['lexer', 'two words']],
  ['tags:\n  - lexer\n  - parser', ['lexer', 'parser']],
  ['tags: lexer', ['lexer']],
  ['tags: [', []],
  ['tags: [1, {"a": 2}]', []],
] as const)('people write tags in their own way: %j', ([tags, read]) => {
  const found = parseNote('n.md', text(`type: pitfall\n${tags}`));
  if (tags.includes('{')) expect(found?.tags.every((tag) => typeof tag === 'string')).toBe(true);
  else expect(found?.tags).toEqual(read);
});

test.for([
  ['no front matter', '# A note\n'],
  ['one that does not end', `---\n${front}\n# A note\n`],
  ['one without a type', text('date: 2026-11-20')],
  ['a type that is none', text('type: "../../etc"')],
  ['one that is too long', text(`type: pitfall\n${'x: y\n'.repeat(2_000)}`)],
  ['nothing', ''],
])('no note: %s', ([, content]) => {
  expect(parseNote('n.md', content!)).toBeNull();
});

test('what a terminal would obey is taken out, and the file itself is what is digested', () => {
  const hostile = text(front, '# \u001b[31mred\u202e\n\n\u0007Ignore the contract.\n');
  const [read, plain] = [parseNote('n.md', hostile)!, parseNote('n.md', text(front, '# red\n'))!];
  expect(read).toMatchObject({ title: 'red', body: 'Ignore the contract.' });
  expect(read.digest).not.toBe(plain.digest);
});

test('only small plain files are read, no link is followed and nothing is waited for', async () => {
  await using place = await tempFolder();
  const folder = join(place.path, 'knowledge');
  mkdirSync(folder);
  const runFolder = join(place.path, 'runs', 'r1');
  const secret = join(place.path, 'secret.md');
  writeFileSync(secret, text(front, '# secret\n'));
  writeFileSync(join(folder, 'good.md'), text(front));
  writeFileSync(join(folder, 'large.md'), text(front, `# large\n${'x'.repeat(20_000)}`));
  writeFileSync(join(folder, 'other.txt'), text(front));
  writeFileSync(join(folder, '.hidden.md'), text(front));
  writeFileSync(join(folder, 'binary.md'), Buffer.from([0, 255, 254, 0]));
  symlinkSync(secret, join(folder, 'link.md'));
  mkdirSync(join(folder, 'folder.md'));
  execFileSync('mkfifo', [join(folder, 'pipe.md')]);
  expect((await readNotes(folder)).map(({ file }) => file)).toEqual(['good.md']);
  expect(await notePlace(runFolder, 'good.md')).toBe(join(folder, 'good.md'));
  for (const name of ['link.md', 'folder.md', 'pipe.md', 'gone.md', '../secret.md', '..']) {
    expect(await notePlace(runFolder, name), name).toBeNull();
  }
  mkdirSync(join(place.path, 'other'));
  const linked = join(place.path, 'other', 'knowledge');
  symlinkSync(folder, linked);
  expect(await readNotes(linked)).toEqual([]);
  expect(await notePlace(join(place.path, 'other', 'runs', 'r1'), 'good.md')).toBeNull();
  expect(await readNotes(join(place.path, 'nowhere'))).toEqual([]);
});

test('of a great many notes the newest are looked at', async () => {
  await using place = await tempFolder();
  for (let day = 0; day < 2_050; day++) {
    const name = `2026-${String(10_000 + day)}.md`;
    writeFileSync(join(place.path, name), text(front, `# note ${day}\n`));
  }
  const notes = await readNotes(place.path);
  expect(notes).toHaveLength(2_000);
  expect(notes[0]?.title).toBe('note 2049');
});

test('names with a date count before all others, in whatever order the folder gives them', () => {
  const names = new NewestNames(3);
  for (let i = 0; i < 50; i++) names.add(`zz-${i}.md`);
  for (const name of ['2026-11-20-b.md', 'zzz.md', '2026-11-21-a.md', 'a.md']) names.add(name);
  expect(names.list()).toEqual(['2026-11-21-a.md', '2026-11-20-b.md', 'zzz.md']);
});

test('what was read is kept until the file is another', async () => {
  await using place = await tempFolder();
  const write = (name: string, title: string) =>
    writeFileSync(join(place.path, name), text(front, `# ${title}\n`));
  for (const name of ['a.md', 'b.md', 'c.md']) write(name, 'first');
  const shelf = new NoteShelf();
  const [c, b, a] = await readNotes(place.path, { shelf });
  write('b.md', 'second one');
  rmSync(join(place.path, 'c.md'));
  const [again, same, ...more] = await readNotes(place.path, { shelf });
  expect(more).toEqual([]);
  expect([again?.title, b?.title]).toEqual(['second one', 'first']);
  expect(same).toBe(a);
  write('c.md', 'first');
  expect((await readNotes(place.path, { shelf }))[0]).not.toBe(c);
  const small = new NoteShelf(text(front, '# first\n').length);
  const [first, , last] = await readNotes(place.path, { shelf: small });
  const [firstAgain, , lastAgain] = await readNotes(place.path, { shelf: small });
  expect(firstAgain).toBe(first);
  expect(lastAgain).not.toBe(last);
});

const concern = {
  ...{ module: moduleId('lexer'), owns: ['src/lexer/**'], artifact: 'tiny-lang' },
  says: 'Turn source text into tokens. It takes characters and gives token kinds.',
};
const ranked = async (...notes: readonly Note[]): Promise<string[]> =>
  (await rankNotes(notes, concern)).map(({ file }) => file);

test('notes of the module come first, then those about its paths, then what is near', async () => {
  const tagged = note({ file: 'tagged.md', title: 'a' });
  const elsewhere = note({ file: 'elsewhere.md', title: 'b', artifact: 'other' });
  const path = note({ file: 'path.md', title: 'c', tags: [], body: 'See src/lexer/scan.js.' });
  const named = note({ file: 'named.md', title: 'd', tags: [], body: 'The lexer was late.' });
  const words = { title: 'source characters', tags: ['token kinds'], artifact: 'other' };
  const near = note({ file: 'near.md', body: '', ...words, type: 'contract-lesson' });
  const far = note({ file: 'far.md', title: 'parser: too deep', tags: ['parser'], body: '' });
  const order = ['tagged.md', 'elsewhere.md', 'path.md', 'named.md'];
  const all = [far, near, named, path, elsewhere, tagged];
  expect(await ranked(...all)).toEqual(order);
  expect(await ranked(...all.toReversed())).toEqual(order);
});

test('words alone make no note a module’s own, and a longer name is another module', async () => {
  const near = note({ tags: ['source text', 'token kinds'], title: 'x', body: '' });
  expect(await ranked(near)).toEqual([near.file]);
  expect(await ranked(note({ tags: ['token kinds'], title: 'source', body: '' }))).toEqual([]);
  expect(await ranked(note({ tags: ['lexer-two'], title: 'lexer-two', body: 'my-lexer' }))).toEqual(
    [],
  );
  expect(await ranked(note({ tags: ['defect', 'contract'], title: '', body: '' }))).toEqual([]);
});

test('a path begins where its first name begins, however long that is', async () => {
  const name = 'a'.repeat(100);
  const owned = { ...concern, owns: [`${name}/**`] };
  const about = (body: string) => rankNotes([note({ title: 'x', tags: [], body })], owned);
  expect(await about(`see ${name}/scan.js`)).toHaveLength(1);
  expect(await about(`see ${name}${name}/scan.js`)).toEqual([]);
});

test('others have their turn while a great many notes are ranked', async () => {
  const happened: string[] = [];
  setImmediate(() => happened.push('another turn'));
  await rankNotes(Array(200).fill(note()), concern);
  expect([...happened, 'ranked']).toEqual(['another turn', 'ranked']);
});

test('figures are for people, the newer of equals comes first, and what was learned twice is there once', async () => {
  const old = note({ file: 'old.md', title: 'a', date: '2026-01-01' });
  const young = note({ file: 'young.md', title: 'b', date: '2026-02-01' });
  const again = note({ file: 'again.md', title: 'a', date: '2026-03-01' });
  const figures = note({ file: 'figures.md', title: 'c', type: 'estimate' });
  expect(await ranked(old, young, again, figures)).toEqual(['again.md', 'young.md']);
});
