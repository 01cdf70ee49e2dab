// `npm run dev:board [-- --journal PATH] [--speed N] [--surface sidebar] [--port N]`: the board in
// a browser, playing a recorded run, rebuilt and reloaded whenever a file changes.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, prepare, root } from './setup.mjs';

const RECORDED = 'test/webview/journals/tiny-lang.jsonl';

const { values } = parseArgs({
  options: {
    journal: { type: 'string', default: join(root, RECORDED) },
    speed: { type: 'string', default: '1' },
    surface: { type: 'string', default: 'board' },
    port: { type: 'string', default: '0' },
  },
});

await prepare();
const { context } = await import('esbuild');

const folder = join(root, 'build/dev-board');
mkdirSync(folder, { recursive: true });
try {
  copyFileSync(join(root, 'l10n/bundle.l10n.de.json'), join(folder, 'de.json'));
  copyFileSync(resolve(values.journal), join(folder, 'journal.jsonl'));
} catch (error) {
  fail(`cannot read the journal: ${error.message}`, 2);
}
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ashlar board</title>
    <link rel="stylesheet" href="main.css" />
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="main.js"></script>
  </body>
</html>
`,
);

const building = await context({
  absWorkingDir: root,
  entryPoints: ['src/webview/dev/main.tsx'],
  outdir: folder,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  sourcemap: true,
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  define: { 'process.env.NODE_ENV': '"development"' },
  logLevel: 'warning',
});
await building.watch();
const { port } = await building.serve({
  host: '127.0.0.1',
  port: Number(values.port),
  servedir: folder,
});
const address = new URLSearchParams({ surface: values.surface, speed: values.speed });
process.stdout.write(`ashlar: the board is at http://127.0.0.1:${port}/?${address}\n`);
