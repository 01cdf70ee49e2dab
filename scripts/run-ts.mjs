// node scripts/run-ts.mjs <file.ts> [args]: bundles a TypeScript file of this project to build/
// and runs it there. Packages stay external.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fail, prepare, PROMPTS, root, run } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) fail('usage: node scripts/run-ts.mjs <file.ts> [args]', 2);
const source = resolve(root, file);
if (!existsSync(source)) fail(`${file} does not exist`, 2);

await prepare();
const { build } = await import('esbuild');
const name = relative(root, source)
  .replace(/\.ts$/, '')
  .replaceAll(/[\\/]+/g, '-');
const outfile = join(root, 'build', `${name}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [source],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  loader: PROMPTS,
  sourcemap: true,
  logLevel: 'warning',
}).catch(() => process.exit(1)); // esbuild has printed its errors

process.exitCode = await run(process.execPath, ['--enable-source-maps', outfile, ...args], {
  cwd: process.cwd(),
});
