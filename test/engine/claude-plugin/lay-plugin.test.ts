import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  layPlugin,
  planLaying,
  planRemoving,
  removePlugin,
  usualFolder,
  type PluginPlan,
} from '../../../src/engine/claude-plugin/lay-plugin.ts';
import { filesBelow } from '../../support/files-below.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { git, writeFiles } from '../../support/tiny-workspace.ts';

const source = { packageFolder: process.cwd() };
const at = (workspace: string) => ({ workspace, folder: usualFolder });
const kinds = ({ changes }: PluginPlan) => new Set(changes.map(({ what }) => what));
const of = ({ changes }: PluginPlan, path: string) =>
  changes.find((each) => each.path === path)?.what;

describe('commands that are laid into a workspace', () => {
  test('are told before, written whole, and then as they should be', async () => {
    await using folder = await tempFolder();
    const place = at(folder.path);
    const plan = await planLaying(source, place);
    expect(kinds(plan)).toEqual(new Set(['new']));
    expect(existsSync(join(folder.path, '.claude'))).toBe(false);
    expect(await layPlugin(source, place, { force: false })).toEqual(plan);
    const laid = join(folder.path, usualFolder);
    for (const { path } of plan.changes) expect(existsSync(join(laid, path)), path).toBe(true);
    expect(statSync(join(laid, 'bin/ashlar')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(laid, 'bin/installed-from'), 'utf8')).toBe(
      `${join(process.cwd(), 'dist/cli/ashlar.mjs')}\n`,
    );
    expect(kinds(await planLaying(source, place))).toEqual(new Set(['same']));
  });

  test('hold nothing of this machine in what is committed', async () => {
    await using folder = await tempFolder();
    git(folder.path, 'init', '--quiet');
    const place = at(folder.path);
    await layPlugin(source, place, { force: false });
    git(folder.path, 'add', '--all');
    const committed = git(folder.path, 'ls-files').split('\n');
    expect(committed).toContain(`${usualFolder}/bin/ashlar`);
    expect(committed).not.toContain(`${usualFolder}/bin/installed-from`);
    for (const path of committed) {
      expect(readFileSync(join(folder.path, path), 'utf8'), path).not.toContain(process.cwd());
    }
    // Somebody else has them by a clone: what their machine knows is written, and nothing else changes.
    await using clone = await tempFolder();
    for (const path of committed) {
      writeFiles(clone.path, { [path]: readFileSync(join(folder.path, path), 'utf8') });
    }
    const note = join(usualFolder, '.ashlar.json');
    const before = readFileSync(join(clone.path, note), 'utf8');
    const plan = await layPlugin(source, at(clone.path), { force: false });
    expect(plan.changes.filter(({ what }) => what !== 'same')).toEqual([
      { path: 'bin/installed-from', what: 'new' },
    ]);
    expect(readFileSync(join(clone.path, note), 'utf8')).toBe(before);
  });

  test('know the place of a program that has moved', async () => {
    await using folder = await tempFolder();
    const place = at(folder.path);
    await layPlugin(source, place, { force: false });
    const file = join(folder.path, usualFolder, 'bin/installed-from');
    writeFileSync(file, '/elsewhere/ashlar.mjs\n');
    expect(of(await planLaying(source, place), 'bin/installed-from')).toBe('update');
    await layPlugin(source, place, { force: false });
    expect(readFileSync(file, 'utf8')).toContain(process.cwd());
  });

  test('are brought up to date where nobody changed them, and left alone where somebody did', async () => {
    await using folder = await tempFolder();
    await using earlier = await tempFolder();
    writeFiles(earlier.path, {
      'media/claude-plugin/bin/ashlar': 'old\n',
      'media/claude-plugin/commands/ce-plan.md': 'old\n',
      'media/claude-plugin/commands/ce-pr.md': 'old\n',
      'media/claude-plugin/commands/gone.md': 'old\n',
    });
    const place = at(folder.path);
    await layPlugin({ packageFolder: earlier.path }, place, { force: false });
    const mine = join(folder.path, usualFolder, 'commands/ce-pr.md');
    writeFileSync(mine, 'mine\n');
    const plan = await layPlugin(source, place, { force: false });
    expect(of(plan, 'commands/ce-plan.md')).toBe('update');
    expect(of(plan, 'commands/ce-pr.md')).toBe('changed');
    expect(of(plan, 'commands/gone.md')).toBe('remove');
    expect(readFileSync(mine, 'utf8')).toBe('mine\n');
    expect(existsSync(join(folder.path, usualFolder, 'commands/gone.md'))).toBe(false);
    // It stays theirs until they say otherwise.
    expect(of(await planLaying(source, place), 'commands/ce-pr.md')).toBe('changed');
    await layPlugin(source, place, { force: true });
    expect(readFileSync(mine, 'utf8')).toContain('Prepare a pull request');
    expect(kinds(await planLaying(source, place))).toEqual(new Set(['same']));
  });

  test('are removed without a trace, but for what somebody changed or added', async () => {
    await using folder = await tempFolder();
    const place = at(folder.path);
    await layPlugin(source, place, { force: false });
    expect(kinds(await planRemoving(place))).toEqual(new Set(['remove']));
    await removePlugin(place, { force: false });
    expect(filesBelow(folder.path)).toEqual([]);
    expect(existsSync(join(folder.path, '.claude'))).toBe(false);

    await layPlugin(source, place, { force: false });
    writeFiles(join(folder.path, usualFolder), { 'commands/why.md': 'mine', 'own.md': 'own' });
    const plan = await removePlugin(place, { force: false });
    expect(of(plan, 'commands/why.md')).toBe('changed');
    const laid = join(folder.path, usualFolder);
    const left = () =>
      filesBelow(laid)
        .map((file) => relative(laid, file))
        .sort();
    expect(left()).toEqual(['.ashlar.json', 'commands/why.md', 'own.md']);
    await removePlugin(place, { force: true });
    expect(left()).toEqual(['own.md']);
  });

  test('where there are none, nothing is removed', async () => {
    await using folder = await tempFolder();
    expect((await removePlugin(at(folder.path), { force: true })).changes).toEqual([]);
  });
});

describe('what a repository brings', () => {
  test.each([
    '.claude',
    '.claude/skills',
    '.claude/skills/ashlar',
    '.claude/skills/ashlar/commands',
  ])('leads nowhere else by a link at %s', async (path) => {
    await using folder = await tempFolder();
    await using elsewhere = await tempFolder();
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    symlinkSync(elsewhere.path, join(folder.path, path));
    const place = at(folder.path);
    await expect(layPlugin(source, place, { force: true })).rejects.toThrow('is a link');
    expect(filesBelow(elsewhere.path)).toEqual([]);
  });

  test('is told with what to do, where it is a link', async () => {
    await using folder = await tempFolder();
    await using elsewhere = await tempFolder();
    symlinkSync(elsewhere.path, join(folder.path, '.claude'));
    const place = at(folder.path);
    const message = `.claude in ${folder.path} is a link, and what lies in a workspace must not lead out of it: put a folder there instead, or name the one that it leads to (${join(elsewhere.path, 'skills/ashlar')})`;
    await expect(planLaying(source, place)).rejects.toThrow(message);
    await expect(planRemoving(place)).rejects.toThrow(message);
    // A folder elsewhere is a person's own choice.
    const named = { workspace: folder.path, folder: join(elsewhere.path, 'skills/ashlar') };
    await layPlugin(source, named, { force: false });
    expect(existsSync(join(named.folder, 'bin/ashlar'))).toBe(true);
  });

  test('is no matter in a home, where a link is the own one of the person', async () => {
    await using home = await tempFolder();
    await using elsewhere = await tempFolder();
    vi.stubEnv('HOME', home.path);
    symlinkSync(elsewhere.path, join(home.path, '.claude'));
    const place = at(home.path);
    const plan = await layPlugin(source, place, { force: false });
    expect(plan.folder).toBe(join(elsewhere.path, 'skills/ashlar'));
    expect(existsSync(join(elsewhere.path, 'skills/ashlar/bin/ashlar'))).toBe(true);
    await removePlugin(place, { force: false });
    expect(filesBelow(elsewhere.path)).toEqual([]);
    vi.unstubAllEnvs();
  });

  test('is not believed where it says what was laid', async () => {
    await using folder = await tempFolder();
    const digest = 'a'.repeat(64);
    writeFiles(folder.path, { 'mine.txt': 'mine' });
    const files = {
      '../../../mine.txt': digest,
      '/etc/passwd': digest,
      'commands/..': digest,
      x: 7,
    };
    writeFiles(join(folder.path, usualFolder), { '.ashlar.json': JSON.stringify({ files }) });
    expect((await planRemoving(at(folder.path))).changes).toEqual([]);
    await removePlugin(at(folder.path), { force: true });
    expect(readFileSync(join(folder.path, 'mine.txt'), 'utf8')).toBe('mine');
    writeFiles(join(folder.path, usualFolder), { '.ashlar.json': '{"files":[' });
    expect((await planLaying(source, at(folder.path))).changes).not.toEqual([]);
  });
});
