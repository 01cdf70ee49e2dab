// Bundles everything that ships: the command line, the extension, the engine that the extension
// loads when a run needs it, and the board. `--only cli` (or extension, engine, board) builds one.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, prepare, PROMPTS, root } from './setup.mjs';

/** What every bundle for Node has in common; code-split, so that what is imported late is loaded late. */
const NODE_MODULES = {
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  loader: PROMPTS,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS packages inside an ESM bundle still call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

const BUNDLES = {
  cli: { ...NODE_MODULES, entryPoints: { ashlar: 'src/cli/main.ts' }, outdir: 'dist/cli' },
  /** All that is loaded at activation, and nothing else: the engine comes when a run needs it. */
  extension: {
    entryPoints: { extension: 'src/extension/extension.ts' },
    outdir: 'dist/extension',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode', '../engine/engine.mjs'],
  },
  /** What the extension carries out when somebody asks for it. */
  late: {
    entryPoints: { late: 'src/extension/late.ts' },
    outdir: 'dist/late',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode', '../engine/engine.mjs', '../late/late.cjs'],
  },
  engine: {
    ...NODE_MODULES,
    entryPoints: { engine: 'src/extension/engine.ts' },
    outdir: 'dist/engine',
  },
  board: {
    entryPoints: { board: 'src/webview/main.tsx' },
    outdir: 'dist/board',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    splitting: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
  /** The same board as one script and one style sheet, which a run that is exported takes with it. */
  export: {
    entryPoints: { export: 'src/webview/export/main.tsx' },
    outdir: 'dist/export',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.ttf': 'dataurl' },
    sourcemap: false,
  },
};

await prepare();
const { build } = await import('esbuild');

const only = process.argv.includes('--only')
  ? process.argv.at(process.argv.indexOf('--only') + 1)
  : null;
if (only !== null && !(only in BUNDLES))
  fail(`no bundle ${only}; there are ${Object.keys(BUNDLES).join(', ')}`, 2);

mkdirSync(join(root, 'build/meta'), { recursive: true });
for (const [name, options] of Object.entries(BUNDLES)) {
  if (only === null || only === name) await bundle(name, options);
}

async function bundle(name, options) {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    minify: options.platform === 'browser' || options.format === 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: false,
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
    ...options,
  }).catch(() => process.exit(1)); // esbuild has printed its errors
  if (name === 'board') dropLazySheets(metafile.outputs);
  if (options.platform === 'node') dropUnreached(metafile.outputs, options);
  removeOthers(join(root, options.outdir), metafile);
  writeFileSync(join(root, `build/meta/${name}.json`), JSON.stringify(metafile));
  process.stdout.write(`built ${options.outdir}\n`);
}

/** The page loads one style sheet, which holds those of lazy parts too; their own copies are not shipped. */
function dropLazySheets(outputs) {
  const sheet = 'dist/board/board.css';
  for (const [path, { inputs }] of Object.entries(outputs)) {
    if (!/\.css(\.map)?$/.test(path) || path.startsWith(sheet)) continue;
    const missing = Object.keys(inputs).filter((input) => !(input in outputs[sheet].inputs));
    if (missing.length > 0)
      fail(`${missing.join(', ')} would be in no style sheet that is loaded`, 1);
    delete outputs[path];
  }
}

/**
 * A late import makes a chunk even where all code that would import it is left out: packages bring such
 * chunks with what of them is not used. Nothing can load them, so they are not shipped.
 */
function dropUnreached(outputs, { entryPoints }) {
  const entries = Object.values(entryPoints);
  const isEntry = (path) => entries.includes(outputs[path].entryPoint);
  const reached = new Set(Object.keys(outputs).filter(isEntry));
  for (const path of reached) {
    for (const { path: next } of outputs[path].imports) if (next in outputs) reached.add(next);
  }
  for (const path of Object.keys(outputs)) {
    if (!reached.has(path.replace(/\.map$/, ''))) delete outputs[path];
  }
}

/** What an earlier build left and this one did not write. */
function removeOthers(outdir, metafile) {
  const written = new Set(Object.keys(metafile.outputs).map((path) => join(root, path)));
  for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(path)) rmSync(path);
  }
}
