import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AgentFiles } from '../../../../src/engine/agents/tools/agent-files.ts';
import { editFileTool } from '../../../../src/engine/agents/tools/edit-file.ts';
import { listFilesTool } from '../../../../src/engine/agents/tools/list-files.ts';
import { readFileTool } from '../../../../src/engine/agents/tools/read-file.ts';
import { removeFileTool } from '../../../../src/engine/agents/tools/remove-file.ts';
import { searchTool } from '../../../../src/engine/agents/tools/search.ts';
import type { Tool, ToolAnswer } from '../../../../src/engine/agents/tools/tool.ts';
import { writeFileTool } from '../../../../src/engine/agents/tools/write-file.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { writeFiles, type Files } from '../../../support/tiny-workspace.ts';

/** A work folder in which `src/own/**` may be written, and a secret beside it. */
async function rig(files: Files = {}) {
  const temp = await tempFolder();
  const [folder, outside] = [join(temp.path, 'work'), join(temp.path, 'outside')];
  mkdirSync(folder);
  mkdirSync(outside);
  writeFiles(outside, { 'secret.txt': 'a secret', 'inner/also.txt': 'a secret too' });
  writeFiles(folder, { 'README.md': '# Read me\n', 'src/other/main.js': 'other();\n', ...files });
  const places = new AgentFiles(folder);
  const owned = { folder, owns: ['src/own/**', 'docs/own.md'] };
  const tools: readonly Tool[] = [
    listFilesTool(places),
    readFileTool(places),
    searchTool(places),
    writeFileTool(owned),
    editFileTool(owned, places),
    removeFileTool(owned),
  ];
  const use = (name: string, input: unknown): Promise<ToolAnswer> =>
    tools.find((tool) => tool.name === name)!.run(input, new AbortController().signal);
  return { folder, outside, places, use, [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() };
}

const hostile = [
  ['../outside/secret.txt', 'the segment ..'],
  ['src/../../outside/secret.txt', 'the segment ..'],
  ['/etc/passwd', 'is absolute'],
  ['C:/secret.txt', 'drive letter'],
  ['src\\own\\a.js', 'backslash'],
  ['src/own/a\0.js', 'control character'],
  ['.git/config', 'lies inside .git'],
  ['src/own/.GIT/hooks/pre-commit', 'lies inside .GIT'],
  ['src/own/nul', 'device'],
  ['src/own/a.js:stream', 'colon'],
  ['src/own/a. ', 'dot or a space'],
  [`src/own/${'a'.repeat(300)}`, 'over 255 bytes'],
] as const;

describe.each(['read_file', 'write_file', 'edit_file', 'remove_file', 'list_files', 'search'])(
  '%s',
  (name) => {
    const inputFor = (path: string): unknown =>
      ({
        read_file: { path },
        write_file: { path, content: 'x' },
        edit_file: { path, old: 'a', new: 'b' },
        remove_file: { path },
        list_files: { path },
        search: { path, text: 'secret' },
      })[name];

    it.each(hostile)('refuses %j and says why', async (path, why) => {
      await using place = await rig();
      const answer = await place.use(name, inputFor(path));
      expect(answer).toMatchObject({ ok: false, text: expect.stringContaining(why) });
      expect(answer.text).not.toContain('a secret');
      expect(readFileSync(join(place.outside, 'secret.txt'), 'utf8')).toBe('a secret');
    });

    it('goes through no link that leads out', async () => {
      await using place = await rig({ 'src/own/a.js': 'a' });
      symlinkSync(place.outside, join(place.folder, 'src/own/out'));
      symlinkSync(join(place.outside, 'secret.txt'), join(place.folder, 'src/own/leak.txt'));
      symlinkSync('../../..', join(place.folder, 'src/own/up'));
      for (const path of [
        'src/own/out/secret.txt',
        'src/own/leak.txt',
        'src/own/up/outside/secret.txt',
      ]) {
        const answer = await place.use(name, inputFor(path));
        expect(answer).toMatchObject({
          ok: false,
          text: expect.stringMatching(/link|outside|leads out/),
        });
      }
      expect(readFileSync(join(place.outside, 'secret.txt'), 'utf8')).toBe('a secret');
      expect(readdirSync(place.outside).sort()).toEqual(['inner', 'secret.txt']);
    });

    it('says what its input has to be', async () => {
      await using place = await rig();
      const answer = await place.use(name, { path: 7, made: 'up' });
      expect(answer).toMatchObject({ ok: false, text: expect.stringContaining('path') });
    });
  },
);

describe('reading', () => {
  it('numbers lines, and gives the ones that were asked for', async () => {
    await using place = await rig({ 'src/own/a.js': 'one\ntwo\r\nthree\n' });
    expect((await place.use('read_file', { path: 'src/own/a.js' })).text).toBe(
      '1\tone\n2\ttwo\n3\tthree',
    );
    const some = await place.use('read_file', { path: './src/own/a.js', from: 2, to: 2 });
    expect(some.text).toBe('2\ttwo');
    const beyond = await place.use('read_file', { path: 'src/own/a.js', from: 9 });
    expect(beyond.text).toBe('[the file has 3 lines]');
  });

  it('cuts long files and long lines, and says so', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `line ${at + 1}`).join('\n');
    await using place = await rig({ 'long.txt': lines, 'wide.txt': 'w'.repeat(90_000) });
    const long = await place.use('read_file', { path: 'long.txt' });
    expect(long.text).toMatch(/\[cut here: 3500 more lines; read on from line 1501\]$/);
    const wide = await place.use('read_file', { path: 'wide.txt' });
    expect(wide.text.length).toBeLessThan(2_100);
    expect(wide.text).toContain('[cut: 88000 more characters]');
  });

  it('takes neither data, folders, pipes nor huge files for text', async () => {
    await using place = await rig();
    writeFileSync(join(place.folder, 'data.bin'), Buffer.from([1, 0, 2]));
    writeFileSync(join(place.folder, 'huge.txt'), 'begins\n');
    truncateSync(join(place.folder, 'huge.txt'), 3_000_000_000);
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(place.folder, 'pipe')]);
    const read = (path: string) => place.use('read_file', { path });
    expect(await read('data.bin')).toMatchObject({
      ok: false,
      text: expect.stringContaining('not text'),
    });
    expect(await read('src')).toMatchObject({
      ok: false,
      text: expect.stringContaining('list_files'),
    });
    expect(await read('pipe')).toMatchObject({
      ok: false,
      text: expect.stringContaining('neither'),
    });
    expect((await read('huge.txt')).text.length).toBeLessThan(1_000);
  });

  it('names a file that differs in case alone', async () => {
    await using place = await rig();
    const answer = await place.use('read_file', { path: 'Src/Other/Main.js' });
    expect(answer.text).toBe('There is no "Src/Other/Main.js"; there is "src/other/main.js".');
  });

  it('reads what was handed over by its name, and nothing beside it', async () => {
    await using place = await rig();
    const name = place.places.addHandoff(12, join(place.outside, 'inner'));
    expect(await place.use('read_file', { path: `${name}/also.txt` })).toMatchObject({
      text: '1\ta secret too',
    });
    expect(await place.use('read_file', { path: `${name}/../secret.txt` })).toMatchObject({
      ok: false,
    });
    expect(await place.use('read_file', { path: 'handoff:13/also.txt' })).toMatchObject({
      ok: false,
      text: 'There is no handoff:13. There are handoff:12.',
    });
    expect(await place.use('write_file', { path: `${name}/also.txt`, content: 'x' })).toMatchObject(
      { ok: false },
    );
  });
});

describe('listing', () => {
  it('shows what there is, links as links, packages by name alone', async () => {
    await using place = await rig({ 'node_modules/left/index.js': 'x', 'docs/a.md': 'abc' });
    symlinkSync('docs/a.md', join(place.folder, 'link.md'));
    const all = await place.use('list_files', {});
    expect(all.text.split('\n')).toEqual([
      'README.md  10',
      'docs/',
      'link.md -> docs/a.md (a link)',
      'node_modules/',
      'src/',
      'docs/a.md  3',
      'src/other/',
      'src/other/main.js  9',
    ]);
    const packages = await place.use('list_files', { path: 'node_modules', glob: '**/*.js' });
    expect(packages.text).toBe('node_modules/left/index.js  1');
  });

  it('cuts a long list, and says so', async () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`many/${at}.txt`, '']));
    await using place = await rig(many);
    const { text } = await place.use('list_files', { path: 'many' });
    expect(text.split('\n')).toHaveLength(501);
    expect(text).toContain('[cut after 500');
  });
});

describe('searching', () => {
  it('finds a text as it is, or by a pattern, in the files that a glob names', async () => {
    await using place = await rig({
      'src/own/a.js': 'const a = f(1);\n',
      'src/own/b.md': 'f(1) and f(2)\n',
    });
    const found = async (input: object) => (await place.use('search', input)).text;
    expect(await found({ text: 'f(1)' })).toBe(
      'src/own/a.js:1: const a = f(1);\nsrc/own/b.md:1: f(1) and f(2)',
    );
    expect(
      await found({ text: 'F\\(\\d\\)', regex: true, ignoreCase: true, glob: '**/*.md' }),
    ).toBe('src/own/b.md:1: f(1) and f(2)');
    expect(await found({ text: 'f(1)', path: 'src/own/a.js' })).toBe(
      'src/own/a.js:1: const a = f(1);',
    );
    expect(await found({ text: 'nowhere' })).toBe('[nothing found]');
  });

  it('gives up a pattern that would never end, and a broken one', async () => {
    await using place = await rig({ 'a.txt': `${'a'.repeat(60)}!\n` });
    const endless = await place.use('search', { text: '^(a+)+$', regex: true });
    expect(endless).toMatchObject({ ok: false, text: expect.stringContaining('took too long') });
    const broken = await place.use('search', { text: '(', regex: true });
    expect(broken).toMatchObject({
      ok: false,
      text: expect.stringContaining('cannot be searched for'),
    });
  });
});

describe('writing', () => {
  it('writes into owned paths, with the folders that it needs', async () => {
    await using place = await rig();
    const wrote = await place.use('write_file', { path: 'src/own/deep/a.js', content: 'a();\n' });
    expect(wrote).toEqual({ ok: true, text: 'Wrote src/own/deep/a.js: 5 characters.' });
    expect(readFileSync(join(place.folder, 'src/own/deep/a.js'), 'utf8')).toBe('a();\n');
    const again = await place.use('write_file', { path: 'src/own/deep/a.js', content: '' });
    expect(again.text).toContain('Replaced');
    expect(readdirSync(join(place.folder, 'src/own/deep'))).toEqual(['a.js']);
  });

  it('refuses what another owns, and names what is its own', async () => {
    await using place = await rig();
    const refused = await place.use('write_file', { path: 'src/other/main.js', content: 'x' });
    expect(refused).toMatchObject({
      ok: false,
      text: expect.stringContaining('you own src/own/**, docs/own.md'),
    });
    expect(readFileSync(join(place.folder, 'src/other/main.js'), 'utf8')).toBe('other();\n');
  });

  it('writes through no link, also where it leads inside', async () => {
    await using place = await rig({ 'src/own/a.js': 'a' });
    symlinkSync('../other', join(place.folder, 'src/own/more'));
    symlinkSync('../other/main.js', join(place.folder, 'src/own/main.js'));
    for (const path of ['src/own/more/new.js', 'src/own/main.js']) {
      expect(await place.use('write_file', { path, content: 'x' })).toMatchObject({
        ok: false,
        text: expect.stringContaining('is a link'),
      });
    }
    expect(readFileSync(join(place.folder, 'src/other/main.js'), 'utf8')).toBe('other();\n');
  });

  it('leaves another name of the same file as it was, and keeps its mode', async () => {
    await using place = await rig({ 'src/own/run.sh': 'old' });
    linkSync(join(place.folder, 'src/own/run.sh'), join(place.outside, 'same.sh'));
    execFileSync('chmod', ['755', join(place.folder, 'src/own/run.sh')]);
    await place.use('write_file', { path: 'src/own/run.sh', content: 'new' });
    expect(readFileSync(join(place.outside, 'same.sh'), 'utf8')).toBe('old');
    expect(statSync(join(place.folder, 'src/own/run.sh')).mode & 0o777).toBe(0o755);
  });

  it('refuses a name that differs from another in case alone', async () => {
    await using place = await rig({ 'src/own/Main.js': 'a' });
    const refused = await place.use('write_file', { path: 'src/own/main.js', content: 'x' });
    expect(refused).toMatchObject({ ok: false, text: expect.stringContaining('"Main.js"') });
  });

  it('refuses files that are too large, and folders', async () => {
    await using place = await rig({ 'src/own/a/b.js': '' });
    const large = await place.use('write_file', {
      path: 'src/own/c.js',
      content: 'x'.repeat(400_001),
    });
    expect(large).toMatchObject({ ok: false, text: expect.stringContaining('400000') });
    expect(await place.use('write_file', { path: 'src/own/a', content: '' })).toMatchObject({
      ok: false,
    });
    expect(
      await place.use('write_file', { path: 'src/own/a/b.js/c.js', content: '' }),
    ).toMatchObject({
      ok: false,
      text: expect.stringContaining('is a file, not a folder'),
    });
  });

  it('removes an owned file and nothing else', async () => {
    await using place = await rig({ 'src/own/a.js': 'a' });
    expect(await place.use('remove_file', { path: 'src/own/a.js' })).toMatchObject({ ok: true });
    expect(await place.use('remove_file', { path: 'src/own/a.js' })).toMatchObject({ ok: false });
    expect(await place.use('remove_file', { path: 'src/other/main.js' })).toMatchObject({
      ok: false,
    });
    expect(readdirSync(join(place.folder, 'src/own'))).toEqual([]);
  });

  it('makes nothing anew where its folder is gone', async () => {
    await using place = await rig();
    const gone = writeFileTool({ folder: join(place.folder, 'gone'), owns: ['**'] });
    const refused = await gone.run({ path: 'a.js', content: 'x' }, new AbortController().signal);
    expect(refused.ok).toBe(false);
    expect(readdirSync(place.folder)).not.toContain('gone');
  });
});

describe('editing', () => {
  it('replaces a piece that stands there once', async () => {
    await using place = await rig({ 'src/own/a.js': 'one\ntwo\nthree\n' });
    const edited = await place.use('edit_file', {
      path: 'src/own/a.js',
      old: 'two',
      new: '$& and a half',
    });
    expect(edited).toEqual({ ok: true, text: 'Changed src/own/a.js in line 2.' });
    expect(readFileSync(join(place.folder, 'src/own/a.js'), 'utf8')).toBe(
      'one\n$& and a half\nthree\n',
    );
  });

  it.each([
    ['same', 'stands in "src/own/a.js" 2 times, in lines 1, 3'],
    ['one  two', 'Only spaces or line ends differ'],
    ['gone', 'Read the file again'],
  ])('says why %j cannot be replaced', async (old, why) => {
    await using place = await rig({ 'src/own/a.js': 'same\none two\nsame\n' });
    const refused = await place.use('edit_file', { path: 'src/own/a.js', old, new: 'x' });
    expect(refused).toMatchObject({ ok: false, text: expect.stringContaining(why) });
    expect(readFileSync(join(place.folder, 'src/own/a.js'), 'utf8')).toBe('same\none two\nsame\n');
  });
});
