import { chmod, lstat, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layFiles } from '../../../../src/engine/agents/scripted/lay-files.ts';
import { listTurnFiles } from '../../../../src/engine/agents/scripted/turn-files.ts';
import { scriptFolder } from './script-folder.ts';

const filesOf = async (folder: string) => (await listTurnFiles(folder, 'files')).files;

describe('laying files', () => {
  it('writes new ones, replaces old ones, leaves the rest', async () => {
    await using from = await scriptFolder({ 'src/a.js': 'new a', 'deep/er/b.js': 'new b' });
    await using to = await scriptFolder({ 'src/a.js': 'old a', 'src/c.js': 'old c' });
    expect(await layFiles(await filesOf(from.path), to.path)).toBeNull();
    const read = (name: string) => readFile(join(to.path, name), 'utf8');
    expect([await read('src/a.js'), await read('deep/er/b.js'), await read('src/c.js')]).toEqual([
      'new a',
      'new b',
      'old c',
    ]);
  });

  it('keeps what may be executed executable', async () => {
    await using from = await scriptFolder({ 'run.sh': '' });
    await using to = await scriptFolder({});
    await chmod(join(from.path, 'run.sh'), 0o755);
    await layFiles(await filesOf(from.path), to.path);
    expect((await lstat(join(to.path, 'run.sh'))).mode & 0o100).toBe(0o100);
  });

  it('does not write through a link to a folder', async () => {
    await using from = await scriptFolder({ 'src/a.js': 'new' });
    await using to = await scriptFolder({});
    await using outside = await scriptFolder({ 'a.js': 'old' });
    await symlink(outside.path, join(to.path, 'src'));
    expect(await layFiles(await filesOf(from.path), to.path)).toEqual({
      code: 'folder-refused',
      message: 'src is a link or a file, not a folder',
    });
    expect(await readFile(join(outside.path, 'a.js'), 'utf8')).toBe('old');
  });

  it('replaces a link to a file, not the file', async () => {
    await using from = await scriptFolder({ 'a.js': 'new' });
    await using to = await scriptFolder({});
    await using outside = await scriptFolder({ 'a.js': 'old' });
    await symlink(join(outside.path, 'a.js'), join(to.path, 'a.js'));
    expect(await layFiles(await filesOf(from.path), to.path)).toBeNull();
    expect(await readFile(join(outside.path, 'a.js'), 'utf8')).toBe('old');
    expect((await lstat(join(to.path, 'a.js'))).isFile()).toBe(true);
  });

  it('does not put a file where a folder is', async () => {
    await using from = await scriptFolder({ src: 'file' });
    await using to = await scriptFolder({ 'src/a.js': '' });
    expect((await layFiles(await filesOf(from.path), to.path))?.code).toBe('folder-refused');
  });

  it('notices that the script is no longer the one that was loaded', async () => {
    await using from = await scriptFolder({ 'a.js': '', 'b.js': '' });
    await using to = await scriptFolder({});
    const files = await filesOf(from.path);
    await rm(join(from.path, 'a.js'));
    expect((await layFiles(files, to.path))?.code).toBe('script-changed');
    await symlink('b.js', join(from.path, 'a.js'));
    expect((await layFiles(files, to.path))?.code).toBe('script-changed');
    await rm(join(from.path, 'a.js'));
    await mkdir(join(from.path, 'a.js'));
    expect((await layFiles(files, to.path))?.code).toBe('script-changed');
    await rm(join(from.path, 'a.js'), { recursive: true });
    await writeFile(join(from.path, 'a.js'), '');
    expect(await layFiles(files, to.path)).toBeNull();
  });
});
