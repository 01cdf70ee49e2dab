// `npm run test:desktop`: the suite of test/editor/host in a VS Code of the desktop, which is
// downloaded unless `VSCODE_EXECUTABLE` names one. It opens a window.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './editor/cache.mjs';
import { bundleHostTests } from './editor/host-tests.mjs';
import { copyExample } from './example.mjs';
import { fail, prepare, requireGit, root, run } from './setup.mjs';

await prepare();
requireGit();
const built = await run(process.execPath, ['scripts/build.mjs']);
if (built !== 0) process.exit(built);
const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');

const cachePath = join(cacheFolder(), 'desktop');
const place = mkdtempSync(join(tmpdir(), 'ashlar-desktop-'));
try {
  const folder = join(place, 'tiny-lang');
  copyExample(folder);
  process.exitCode = await runTests({
    vscodeExecutablePath: await executable(),
    extensionDevelopmentPath: root,
    extensionTestsPath: (await bundleHostTests()).suite,
    launchArgs: [
      ...[folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
      ...['--user-data-dir', join(place, 'user'), '--extensions-dir', join(place, 'extensions')],
      // It refuses to run as root otherwise.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
} catch (error) {
  process.stderr.write(`ashlar: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function executable() {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  return downloadAndUnzipVSCode({ version: 'stable', cachePath }).catch((error) => {
    rmSync(place, { recursive: true, force: true });
    return fail(
      `VS Code cannot be downloaded (${error.message}); ` +
        'name one that is installed in VSCODE_EXECUTABLE. `npm test` runs the same suite in a served one',
    );
  });
}
