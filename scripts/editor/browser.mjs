// The browser that the tests drive: one that is installed, or else a headless one from the npm
// registry.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { chmod } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cached } from './cache.mjs';
import { fetchPackage } from './install.mjs';

const PACKAGE = '@sparticuz/chromium';
const VERSION = '153.0.0';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The one that comes along looks in the folders of another system. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** `ASHLAR_BROWSER` names one; `fetch` there asks for the one from the registry. */
export async function provideBrowser(env = process.env) {
  const wanted = env.ASHLAR_BROWSER ?? '';
  if (wanted !== '' && wanted !== 'fetch') {
    if (!isExecutable(wanted)) throw new Error(`ASHLAR_BROWSER: ${wanted} cannot be executed`);
    return { executable: wanted, env: {} };
  }
  const installed = wanted === 'fetch' ? undefined : findInstalled(env);
  if (installed !== undefined) return { executable: installed, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('found no Chromium; install Chromium or Chrome, or name one in ASHLAR_BROWSER');
  }
  return fetchBrowser();
}

function findInstalled({ PATH = '' }) {
  const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  const applications = process.platform === 'darwin' ? APPLICATIONS : [];
  return [...onPath, ...applications].find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A headless build that brings the system libraries and fonts with it, for where there are none. */
async function fetchBrowser() {
  const folder = await cached(`chromium-${VERSION}-${process.platform}-${process.arch}`, unpack);
  const executable = join(folder, 'chromium');
  const env = {};
  if (!existsSync('/etc/fonts')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  if (runs(executable, env)) return { executable, env };
  env.LD_LIBRARY_PATH = join(folder, 'al2023', 'lib');
  if (runs(executable, env)) return { executable, env };
  throw new Error(
    `the fetched ${executable} does not run here; install Chromium, or name one in ASHLAR_BROWSER`,
  );
}

function runs(executable, env) {
  const { status } = spawnSync(executable, ['--no-sandbox', '--version'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  return status === 0;
}

async function unpack(folder) {
  process.stdout.write(`ashlar: fetching Chromium ${VERSION} from the npm registry, for tests\n`);
  await fetchPackage(folder, PACKAGE, VERSION);
  const packed = join(folder, 'node_modules', PACKAGE, 'bin');
  const executable = join(folder, 'chromium');
  await unbrotli(join(packed, 'chromium.br'), executable);
  await chmod(executable, 0o755);
  for (const part of ['al2023', 'fonts']) {
    const archive = join(folder, `${part}.tar`);
    await unbrotli(join(packed, `${part}.tar.br`), archive);
    mkdirSync(join(folder, part));
    const { status } = spawnSync('tar', ['-xf', archive, '-C', join(folder, part)]);
    if (status !== 0) throw new Error(`tar could not unpack ${archive}`);
    rmSync(archive);
  }
  writeFileSync(join(folder, 'fonts/fonts.conf'), FONTS);
  rmSync(join(folder, 'node_modules'), { recursive: true });
}

async function unbrotli(packed, file) {
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(file));
}
