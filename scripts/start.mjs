// `npm start -- --headless [args]`: from a fresh clone to a finished run of the example.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, prepare, requireGit, root, run } from './setup.mjs';

const EXAMPLE = 'tiny-lang';

const args = process.argv.slice(2);
if (!args.includes('--headless')) {
  fail('the editor comes later; `npm start -- --headless` runs the example without it', 2);
}
const extra = args.filter((arg) => arg !== '--headless');

await prepare();
requireGit();
const built = await run(process.execPath, ['scripts/build.mjs']);
if (built !== 0) process.exit(built);

const folder = layOutExample();
process.stdout.write(`ashlar: running ${EXAMPLE} in ${folder}\n`);
process.exitCode = await run(process.execPath, [
  ...['dist/cli/ashlar.mjs', '--cwd', folder, 'run', `${EXAMPLE}.plan.yaml`, '--yes'],
  ...extra,
]);

/** A fresh copy with a history of its own, as a user's repository would have. */
function layOutExample() {
  const source = join(root, 'examples', EXAMPLE);
  const target = join(root, 'build', EXAMPLE);
  if (!existsSync(source)) fail(`examples/${EXAMPLE} is missing from this checkout`);
  if (existsSync(join(target, '.ce-workspace'))) {
    process.stdout.write(`ashlar: removing the earlier run in build/${EXAMPLE}/.ce-workspace\n`);
  }
  rmSync(target, { recursive: true, force: true });
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
  return join('build', EXAMPLE);
}

/** Without the caller's GIT_DIR and the like, which would aim at another repository. */
function git(cwd, ...gitArgs) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  );
  const result = spawnSync('git', gitArgs, { cwd, env, encoding: 'utf8' });
  if (result.status !== 0) fail(`git ${gitArgs[0]} failed in ${cwd}: ${result.stderr.trim()}`);
}
