import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  exampleTarget,
  isExample,
  layOutExample,
} from '../../../src/extension/actions/example-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const source = join(import.meta.dirname, '../../../examples/tiny-lang');

it('the example goes into an empty folder, with a history of its own, and is known again', async () => {
  await using temporary = await tempFolder();
  const folder = temporary.path;
  expect(await exampleTarget(folder)).toBe(folder);
  await layOutExample(source, folder);
  expect(await isExample(folder)).toBe(true);
  expect(existsSync(join(folder, '.ce-workspace'))).toBe(false);
  const told = execFileSync('git', ['log', '--format=%s'], { cwd: folder, encoding: 'utf8' });
  expect(told.trim()).toBe('tiny-lang, as shipped');
  expect(await exampleTarget(folder)).toBe(folder);
});

it('a folder that holds other things keeps them: the example gets a folder inside', async () => {
  await using temporary = await tempFolder();
  const folder = temporary.path;
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  expect(await exampleTarget(folder)).toBe(join(folder, 'tiny-lang'));
  mkdirSync(join(folder, 'tiny-lang'));
  writeFileSync(join(folder, 'tiny-lang', 'mine-too.txt'), 'mine');
  expect(await exampleTarget(folder)).toBe(join(folder, 'tiny-lang-2'));
});

it('nothing is laid over or taken away where something lies already', async () => {
  await using temporary = await tempFolder();
  writeFileSync(join(temporary.path, 'README.md'), 'mine');
  await expect(layOutExample(source, temporary.path)).rejects.toThrow('is not empty');
  expect(readFileSync(join(temporary.path, 'README.md'), 'utf8')).toBe('mine');
});

it('what could not be laid out whole leaves nothing behind, so that it can be tried again', async () => {
  await using temporary = await tempFolder();
  const [empty, fresh] = [join(temporary.path, 'empty'), join(temporary.path, 'fresh')];
  mkdirSync(empty);
  const path = process.env.PATH;
  process.env.PATH = join(temporary.path, 'no-git-here');
  try {
    await expect(layOutExample(source, empty)).rejects.toThrow('git');
    await expect(layOutExample(source, fresh)).rejects.toThrow('git');
  } finally {
    process.env.PATH = path;
  }
  expect(readdirSync(empty)).toEqual([]);
  expect(existsSync(fresh)).toBe(false);
  await layOutExample(source, empty);
  expect(await isExample(empty)).toBe(true);
});
