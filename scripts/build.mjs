// Bundles the command line to dist/cli. Code-split: what a verb loads with `await import(…)`
// stays in a chunk of its own and costs nothing at start.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './setup.mjs';

await prepare();
const { build } = await import('esbuild');

const outdir = join(root, 'dist/cli');
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { ashlar: 'src/cli/main.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  metafile: true,
  // CommonJS packages inside an ESM bundle still call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
}).catch(() => process.exit(1)); // esbuild has printed its errors

const written = new Set(Object.keys(metafile.outputs).map((path) => join(root, path)));
for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(path)) rmSync(path);
}

mkdirSync(join(root, 'build/meta'), { recursive: true });
writeFileSync(join(root, 'build/meta/cli.json'), JSON.stringify(metafile));
process.stdout.write('built dist/cli/ashlar.mjs\n');
