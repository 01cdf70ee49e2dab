// `npm run package`: builds, and packs the extension as build/ashlar-<version>.vsix.
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root, run } from './setup.mjs';

/** Packs what is built and names the file; what goes in says .vscodeignore. */
export async function packageExtension() {
  const { createVSIX, listFiles } = await import('@vscode/vsce');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const path = join(root, 'build', `ashlar-${version}.vsix`);
  mkdirSync(join(root, 'build'), { recursive: true });
  rmSync(path, { force: true });
  // No packages: the bundles hold what they need. No links rewritten: there is no address to aim at.
  await createVSIX({
    cwd: root,
    packagePath: path,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return { path, version, files: await listFiles({ cwd: root, dependencies: false }) };
}

function summary(files) {
  const parts = new Map();
  for (const file of files) {
    const [top, second] = file.split('/');
    const part = second === undefined ? file : join(top, file.split('/').length > 2 ? second : '');
    const { count = 0, bytes = 0 } = parts.get(part) ?? {};
    parts.set(part, { count: count + 1, bytes: bytes + statSync(join(root, file)).size });
  }
  return [...parts]
    .sort((a, b) => b[1].bytes - a[1].bytes)
    .map(([part, { count, bytes }]) => `${kb(bytes)}  ${String(count).padStart(4)}  ${part}\n`)
    .join('');
}

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(11);
}

if (process.argv[1] === import.meta.filename) {
  await prepare();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built !== 0) process.exit(built);
  const { path, files } = await packageExtension();
  process.stdout.write(`${summary(files)}${kb(statSync(path).size)}  packed as ${path}\n`);
}
