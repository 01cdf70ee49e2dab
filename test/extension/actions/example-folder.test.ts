import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
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
