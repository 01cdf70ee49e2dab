// Starts and ends a served VS Code: reachable from this machine alone, with settings, extensions
// and logs in a folder of its caller's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 60_000;
/** How long the server may take to end by itself, its extension hosts included. */
const END_WITHIN_MS = 5_000;

/** Nothing that asks, updates itself or reports to anyone. */
const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'npm.fetchOnlinePackageInfo': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Writes settings where there are none yet: later ones are the person's own. */
export function layOutState(state, settings = {}) {
  mkdirSync(join(state, 'user/User'), { recursive: true });
  mkdirSync(join(state, 'extensions'), { recursive: true });
  writeFileSync(join(state, 'config.yaml'), 'auth: none\ncert: false\n');
  const file = join(state, 'user/User/settings.json');
  if (existsSync(file)) return;
  writeFileSync(file, `${JSON.stringify({ ...QUIET, ...settings }, null, 2)}\n`);
}

/** Installs a packaged extension into the folder's editor, in place of an earlier one. */
export async function installExtension({ node, entry }, state, vsix, env = process.env) {
  const child = spawn(node, [entry, ...folders(state), '--install-extension', vsix, '--force'], {
    env: cleaned(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  // It ends with 0 also where it could not install.
  if (code !== 0 || !/successfully installed/.test(output)) {
    throw new Error(`the editor did not install ${vsix}:\n${output.trim()}`);
  }
}

/**
 * `port` 0 takes a free one. `trust`: whether folders are asked about before anything in them
 * runs; off, all are trusted. `testDriver` lets a page run a test suite in the extension host.
 */
export async function startEditor({ node, entry }, state, options = {}) {
  const { port = 0, trust = false, testDriver = false, env = process.env } = options;
  const taken = await freePort(port);
  const log = join(state, 'server.log');
  const output = openSync(log, 'w');
  const child = spawn(
    node,
    [
      ...[entry, ...folders(state), '--bind-addr', `${HOST}:${taken}`],
      ...['--auth', 'none', '--disable-telemetry', '--disable-update-check'],
      ...['--disable-getting-started-override', '--reconnection-grace-time', '2'],
      ...(trust ? [] : ['--disable-workspace-trust']),
      ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { detached: true, stdio: ['ignore', output, output], env: cleaned(env) },
  );
  closeSync(output);
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const stop = () => stopGroup(child, ended);
  const origin = `http://${HOST}:${taken}`;
  await untilReady(origin, child).catch(async (error) => {
    await stop();
    throw new Error(`${error.message}:\n${lastLines(log)}`);
  });
  const kill = async () => {
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  return { origin, log, ended, stop, kill };
}

/** The address that opens a folder, or a workspace of several, in a page. */
export function address(origin, path) {
  const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `${origin}/?${kind}=${encodeURIComponent(path).replaceAll('%2F', '/')}`;
}

function folders(state) {
  return [
    ...['--config', join(state, 'config.yaml'), '--user-data-dir', join(state, 'user')],
    ...['--extensions-dir', join(state, 'extensions')],
  ];
}

/** Started from a terminal of VS Code, ours would take itself for a part of that one. */
function cleaned(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_|PORT$|PASSWORD$)/.test(name)),
  );
}

async function freePort(wanted) {
  const server = createServer();
  server.listen(wanted, HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(
      error.code === 'EADDRINUSE' ? `port ${wanted} is taken by another program` : error.message,
      { cause: error },
    );
  }
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(origin, child) {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the editor ended with code ${child.exitCode}`);
    if (child.pid === undefined) throw new Error('the editor could not be started');
    const answer = await fetch(`${origin}/healthz`).catch(() => null);
    if (answer?.ok) return;
    if (performance.now() > deadline) throw new Error('the editor did not answer within a minute');
    await pause(50);
  }
}

/** First the server alone, so that its extension hosts can end what they run; then what is left. */
async function stopGroup(child, ended) {
  if (child.pid === undefined) return;
  child.kill('SIGTERM');
  const patience = new AbortController();
  await Promise.race([
    ended,
    pause(END_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => {}),
  ]);
  patience.abort();
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended.
  }
  await ended;
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-20).join('\n');
}
