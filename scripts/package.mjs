// `npm run package`: builds, and packs the extension as build/ashlar-<version>.vsix.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packedReadme } from './packed-readme.mjs';
import { fail, prepare, root, run } from './setup.mjs';

/** Packs what is built and answers with the file; .vscodeignore says what goes in. */
export function packageExtension() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(root, 'build', `ashlar-${version}.vsix`);
  mkdirSync(join(root, 'build'), { recursive: true });
  // Under a name of its own until it is whole: another process may be packing or installing too.
  const packing = join(root, 'build', `.ashlar-${version}-${process.pid}.vsix`);
  const readme = `build/readme-${process.pid}.md`;
  writeFileSync(join(root, readme), packedReadme(readFileSync(join(root, 'README.md'), 'utf8')));
  // No packages: the bundles hold what they need. No links rewritten: there is no address to aim at.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['node_modules/@vscode/vsce/vsce', 'package', '--out', packing, '--no-dependencies'],
      ...['--allow-missing-repository', '--no-rewrite-relative-links', '--readme-path', readme],
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 24 },
  );
  rmSync(join(root, readme), { force: true });
  if (status !== 0) {
    rmSync(packing, { force: true });
    fail(`the extension could not be packaged:\n${stdout}${stderr}`);
  }
  renameSync(packing, vsix);
  return vsix;
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
  const vsix = packageExtension();
  const { listFiles } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: root, dependencies: false });
  process.stdout.write(`${summary(files)}${kb(statSync(vsix).size)}  packed as ${vsix}\n`);
}
