// Bundles the suite that runs inside the editor's extension host, which loads CommonJS.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/**
 * The file whose `run` the editor calls. It lies in an extension that does nothing: an editor runs
 * a suite only for an extension in development, and ours is tested as it was installed.
 */
export async function bundleHostTests() {
  const { build } = await import('esbuild');
  const folder = join(root, 'build/host-tests');
  const suite = join(folder, 'index.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/editor/host/index.ts'],
    outfile: suite,
    bundle: true,
    external: ['vscode'],
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const manifest = { name: 'host-tests', publisher: 'ashlar-tests', version: '0.0.0' };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, engines: { vscode: '*' } }),
  );
  return { folder, suite };
}

// As F5 in VS Code does.
if (process.argv[1] === import.meta.filename) await bundleHostTests();
