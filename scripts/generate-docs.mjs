// `npm run docs`: writes what docs/ holds of the plan's schema and diagnostics; a test fails where
// it is stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './setup.mjs';

await prepare();
const { build } = await import('esbuild');
const { format, resolveConfig } = await import('prettier');

const outfile = join(root, 'build/generate-docs.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['src/engine/plan/reference.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
}).catch(() => process.exit(1)); // esbuild has printed its errors

const { planDocuments } = await import(pathToFileURL(outfile).href);
for (const [path, text] of planDocuments()) {
  const filepath = join(root, path);
  writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  process.stdout.write(`wrote ${path}\n`);
}
