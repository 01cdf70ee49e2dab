import { createHash } from 'node:crypto';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeFiles } from '../../../src/engine/store/handoff-files.ts';
import { protectFiles } from '../../../src/engine/store/protect-files.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { contentsOf, run, scratch, takeBaseOf } from './scratch.ts';

const limits = { files: 3, bytes: 100 };

/** A work folder in which a script did what a builder would. */
async function worked(script: string) {
  const dir = scratch();
  dir.write({ 'w/src/a.js': 'a\n', 'w/src/b.js': 'b\n', 'w/other.js': 'o\n', secret: 's\n' });
  const store = await Store.open(dir.at('w'));
  const { tree } = await takeBaseOf(store);
  const folders = await WorkFolders.open(store, dir.at('cache'));
  const { path } = await folders.create(run, 'build-a-1-1', tree);
  const take = (...paths: readonly string[]) => takeFiles(store, path, paths, limits);
  const close = async (): Promise<void> => {
    await store[Symbol.asyncDispose]();
    dir[Symbol.dispose]();
  };
  const inside = (script: string): string => dir.shell(path.slice(dir.path.length + 1), script);
  inside(script);
  const holds = async (content: string): Promise<boolean> => {
    const oid = createHash(store.format).update(`blob ${content.length}\0${content}`).digest('hex');
    return (await store.readObject(oid)) !== null;
  };
  return { store, folders, path, take, holds, inside, [Symbol.asyncDispose]: close };
}

it('takes files and folders as they are, and lays them out to be read only', async () => {
  await using at = await worked('echo new > src/a.js');
  const taken = await at.take('src/', 'other.js');
  if (!taken.ok || taken.tree === null) throw new Error('nothing was taken');
  expect(await contentsOf(at.store, taken.tree)).toEqual({
    'other.js': 'o\n',
    'src/a.js': 'new\n',
    'src/b.js': 'b\n',
  });
  await using laid = await at.folders.create(run, 'build-b-1-1-from-7-0', taken.tree);
  protectFiles(laid.path);
  expect(statSync(join(laid.path, 'src/a.js')).mode & 0o777).toBe(0o444);
});

it('takes a file once, however often it is named', async () => {
  await using at = await worked('true');
  const taken = await at.take('src', 'src/a.js', 'src', 'src/');
  if (!taken.ok || taken.tree === null) throw new Error('nothing was taken');
  expect(Object.keys(await contentsOf(at.store, taken.tree))).toEqual(['src/a.js', 'src/b.js']);
});

it('takes nothing where no file is named', async () => {
  await using at = await worked('true');
  expect(await at.take()).toEqual({ ok: true, tree: null });
});

it.each<[string, string, readonly string[], RegExp]>([
  ['a link', 'ln -s ../../../../secret src/link', ['src/link'], /"src\/link" is not a plain file/],
  ['a folder with a link', 'ln -s /etc/passwd src/link', ['src'], /"src\/link" is not a plain/],
  ['a file behind a linked folder', 'ln -s /etc linked', ['linked/passwd'], /lies behind "linked"/],
  [
    'a folder with what is left of a repository',
    'mkdir src/.git && touch src/.git/HEAD',
    ['src'],
    /"src\/\.git" belongs to a repository/,
  ],
  [
    'a file in a repository',
    'mkdir src/.GIT && touch src/.GIT/x',
    ['src/.GIT/x'],
    /repository|\.git/i,
  ],
  [
    'a folder with a name that is not UTF-8',
    'touch "src/$(printf \'\\377\')"',
    ['src'],
    /not UTF-8; rename it/,
  ],
  ['a path that leaves the folder', 'true', ['../outside'], /"\.\.\/outside"/],
  ['an absolute path', 'true', ['/etc/passwd'], /"\/etc\/passwd"/],
  ['what is not there', 'true', ['src/none.js'], /there is no "src\/none.js"/],
  ['too many files', 'touch src/c.js src/d.js', ['src'], /at most 3 files/],
  ['too much', 'head -c 101 /dev/zero > other.js', ['other.js'], /of 100 bytes in all/],
  ['too many names', 'true', Array.from({ length: 51 }, () => 'other.js'), /at most 50 files/],
])('refuses %s', async (_, script, paths, message) => {
  await using at = await worked(script);
  expect(await at.take(...paths)).toEqual({ ok: false, message: expect.stringMatching(message) });
});

// Who may read everything is kept from nothing.
it.skipIf(process.getuid?.() === 0)('refuses what cannot be read', async () => {
  await using at = await worked('mkdir src/shut && touch src/shut/x && chmod 0 src/shut src/b.js');
  const refused = { ok: false, message: expect.stringMatching(/"src\/shut" cannot be read; make/) };
  expect(await at.take('src')).toEqual(refused);
  expect(await at.take('src/shut/x')).toEqual(refused);
  expect(await at.take('src/b.js')).toMatchObject({
    message: expect.stringMatching(/"src\/b.js" cannot be read/) as unknown,
  });
  chmodSync(join(at.path, 'src/shut'), 0o755);
});

it('stores nothing of what it refuses', async () => {
  await using at = await worked('echo precious > src/a.js; ln -s a.js src/z.js');
  expect(await at.take('src')).toMatchObject({ ok: false });
  expect(await at.holds('precious\n')).toBe(false);
  expect(await at.take('src/a.js')).toMatchObject({ ok: true });
  expect(await at.holds('precious\n')).toBe(true);
});

it('refuses a folder of which a part is out of reach, and takes what lies beside it', async () => {
  // Two halves that are longer together than a path may be.
  const name = 'd'.repeat(200);
  const half = Array.from({ length: 12 }, () => name).join('/');
  await using at = await worked(`mkdir -p src/${half} more/${half}; mv more src/${half}/`);
  const refused = { message: expect.stringMatching(/cannot be read; make it/) as unknown };
  expect(await at.take('src')).toMatchObject(refused);
  expect(await at.take(`src/${name}`)).toMatchObject(refused);
  expect(await at.take('src/a.js')).toMatchObject({ ok: true });
  // No other call reaches so deep.
  at.inside('rm -rf src');
});
