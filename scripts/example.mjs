// The example as a user would have it: a folder of its own with a history of its own.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './setup.mjs';

export const EXAMPLE = 'tiny-lang';

/** A fresh copy in `build`, in place of an earlier one; relative to the root. */
export function layOutExample() {
  const target = join(root, 'build', EXAMPLE);
  if (hasRuns()) {
    process.stdout.write(`ashlar: removing the earlier run in build/${EXAMPLE}/.ce-workspace\n`);
  }
  rmSync(target, { recursive: true, force: true });
  copyExample(target);
  return join('build', EXAMPLE);
}

export function copyExample(target) {
  const source = join(root, 'examples', EXAMPLE);
  if (!existsSync(source)) fail(`examples/${EXAMPLE} is missing from this checkout`);
  cpSync(source, target, {
    recursive: true,
    filter: (path) => !path.endsWith('.ce-workspace'),
  });
  git(target, 'init', '--quiet', '--initial-branch=main');
  git(target, 'config', 'user.name', 'Ashlar example');
  git(target, 'config', 'user.email', 'example@localhost');
  git(target, 'config', 'commit.gpgsign', 'false');
  git(target, 'add', '--all');
  git(target, 'commit', '--quiet', '--no-verify', '--message', `${EXAMPLE}, as shipped`);
}

/** The copy with its runs where it has some, so that an interrupted one can go on. */
export function keepExample() {
  if (!hasRuns()) return layOutExample();
  process.stdout.write(
    `ashlar: build/${EXAMPLE} is as you left it, with its runs; --fresh lays it out anew\n`,
  );
  return join('build', EXAMPLE);
}

function hasRuns() {
  return existsSync(join(root, 'build', EXAMPLE, '.ce-workspace'));
}

/** Without the caller's GIT_DIR and the like, which would aim at another repository. */
function git(cwd, ...gitArgs) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  );
  const result = spawnSync('git', gitArgs, { cwd, env, encoding: 'utf8' });
  if (result.status !== 0) fail(`git ${gitArgs[0]} failed in ${cwd}: ${result.stderr.trim()}`);
}

// `node scripts/example.mjs`, as F5 in VS Code does: lays it out where it is not yet.
if (process.argv[1] === import.meta.filename) keepExample();
