// What every script needs before it can do its work on a fresh clone: the right Node, git where
// it is used, and installed packages. Nothing here, nor in a file that imports this one
// statically, may import a package: none is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const MIN_NODE = [20, 19];
const stamp = join(root, 'node_modules', '.ashlar-lock');

/** Ends the script with one line that says what is wrong and what to do. */
export function fail(message, exitCode = 1) {
  process.stderr.write(`ashlar: ${message}\n`);
  process.exit(exitCode);
}

/** Checks Node and installs the packages of package-lock.json where they are missing or older. */
export async function prepare() {
  requireNode();
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const digest = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === digest) return;
  if (!isInstalled(JSON.parse(lock))) {
    if (isLinked()) {
      fail('node_modules is a link, and `npm ci` would empty what it leads to; install there');
    }
    process.stdout.write(
      'ashlar: installing packages (npm ci), about half a minute; this happens once per lock file\n',
    );
    const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    if (code !== 0) fail(`npm ci failed with exit code ${code}; see its output above`);
  }
  writeFileSync(stamp, `${digest}\n`);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  fail(`needs Node ${MIN_NODE.join('.')} or newer; this is Node ${process.versions.node}`);
}

/** Git holds every submission and seal, so nothing runs without it. */
export function requireGit() {
  const git = spawnSync('git', ['--version'], { stdio: 'ignore' });
  if (git.status !== 0) fail('needs git on the PATH; install it from https://git-scm.com');
}

/** Work trees of one repository may share their packages. */
function isLinked() {
  return (
    lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  );
}

/**
 * Whether node_modules holds what the lock file asks for, by npm's own record of its last
 * install and by what lies there beside that. Spares a full reinstall after `npm install <package>` in a working checkout.
 */
function isInstalled(lock) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  return (
    wanted.every(
      ([path, { optional, version }]) =>
        optional || (installed[path]?.version ?? versionOf(path)) === version,
    ) && Object.keys(installed).every((path) => path in lock.packages)
  );
}

function versionOf(path) {
  const manifest = join(root, path, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

/** The npm that started us, or else the one on the PATH; answers with its exit code. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/**
 * Runs a command on our own terminal; answers with its exit code (128 + n for signal n).
 * `priority`, as Node counts it, holds for all that the command starts, too.
 */
export function run(command, args, { priority, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    if (priority !== undefined && child.pid !== undefined) lower(child.pid, priority);
    // The terminal sends Ctrl-C to the child as well; a plain `kill` reaches only us.
    const pass = (signal) => child.kill(signal);
    const ignore = () => {};
    process.on('SIGTERM', pass).on('SIGHUP', pass).on('SIGINT', ignore);
    const settle = (code) => {
      process.off('SIGTERM', pass).off('SIGHUP', pass).off('SIGINT', ignore);
      resolve(code);
    };
    child.once('error', (error) => {
      process.stderr.write(`ashlar: cannot run ${command}: ${error.message}\n`);
      settle(127);
    });
    child.once('exit', (code, signal) => settle(code ?? 128 + constants.signals[signal]));
  });
}

/** Where nobody may do so, or the process is over already, all runs as it is. */
function lower(pid, priority) {
  try {
    setPriority(pid, priority);
  } catch {
    // It takes longer for the others, and comes to the same.
  }
}

/** For every bundle with agents in it: their prompts are files of text. */
export const PROMPTS = { '.md': 'text' };
