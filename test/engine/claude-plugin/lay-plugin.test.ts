import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
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
import { writeFiles } from '../../support/tiny-workspace.ts';

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
    expect(readFileSync(join(laid, 'bin/ashlar'), 'utf8')).toContain(
      `const installedFrom = ${JSON.stringify(join(process.cwd(), 'dist/cli/ashlar.mjs'))};`,
    );
    expect(kinds(await planLaying(source, place))).toEqual(new Set(['same']));
  });

  test('are brought up to date where nobody changed them, and left alone where somebody did', async () => {
    await using folder = await tempFolder();
    await using earlier = await tempFolder();
    writeFiles(earlier.path, {
      'media/claude-plugin/bin/ashlar': "const installedFrom = '';\n",
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
