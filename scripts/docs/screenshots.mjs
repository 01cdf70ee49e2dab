// `npm run docs:screenshots [-- [--taken] [NAME…]]`: has the tests in a real editor take the pictures of README,
// guide and walkthrough, and puts them there; scripts/docs/pictures.mjs says which.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { provideBrowser } from '../editor/browser.mjs';
import { provideEditor } from '../editor/install.mjs';
import { fail, prepare, requireGit, root, run } from '../setup.mjs';
import { pictures } from './pictures.mjs';
import { cut, decodePng, encodePng } from './png.mjs';

const USAGE = `usage: npm run docs:screenshots [-- [--taken] [NAME…]]
  NAME     only this picture, as it is called in docs without .png
  --taken  as build/screenshots holds them already; no test is run`;

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('-'));
const unknown = words.find((word) => word.startsWith('-') && word !== '--taken');
if (unknown !== undefined) fail(`there is no ${unknown}\n${USAGE}`, 2);

const nameOf = ({ file }) => basename(file, '.png');
const shotOf = ({ theme, shot }) => join(root, 'build/screenshots', theme, `${shot}.png`);
const chosen = pictures.filter((each) => names.length === 0 || names.includes(nameOf(each)));
const missing = names.filter((name) => !pictures.some((each) => nameOf(each) === name));
if (missing.length > 0) {
  const there = pictures.map(nameOf).join(', ');
  fail(`there is no picture ${missing.join(', ')}; there are ${there}\n${USAGE}`, 2);
}

if (!words.includes('--taken')) await take();
const untaken = chosen.filter((each) => !existsSync(shotOf(each)));
if (untaken.length > 0) {
  const listed = untaken.map(({ file, test, theme, shot }) => {
    return `\n  ${file}: test/editor/${test}.e2e.test.ts takes no ${theme}/${shot}`;
  });
  fail(`nothing was written, for pictures are missing:${listed.join('')}`);
}
for (const each of chosen) {
  const shot = decodePng(readFileSync(shotOf(each)));
  const bytes = encodePng(each.cut === undefined ? shot : cut(shot, each.cut));
  const file = join(root, each.file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  process.stdout.write(`${(bytes.length / 1000).toFixed(1).padStart(7)} kB  ${each.file}\n`);
}
process.stdout.write('Look at each of them before you commit it.\n');

/** Runs the tests that take what is chosen. An older picture is never taken for a new one. */
async function take() {
  await prepare();
  requireGit();
  await Promise.all([provideEditor(), provideBrowser()]).catch((error) => {
    fail(
      `pictures are taken in a real editor and a browser, and here one is missing: ${error.message}`,
    );
  });
  for (const each of chosen) rmSync(shotOf(each), { force: true });
  if ((await run(process.execPath, ['scripts/build.mjs'])) !== 0) process.exit(1);
  const files = [...new Set(chosen.map(({ test }) => `test/editor/${test}.e2e.test.ts`))];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project=editor', ...files];
  if ((await run(process.execPath, vitest)) !== 0) {
    fail('nothing was written, for a test failed; `--taken` takes the pictures that it left');
  }
}
