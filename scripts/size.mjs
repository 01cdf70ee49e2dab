// Holds the bundles against their budgets, by the metafile that the build wrote.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root } from './setup.mjs';

/**
 * kB = 1000 bytes. Over a fifth of the engine in all is what agents of real models take: the package of
 * their service, prompts, tools and schemas; none of it loads before such an agent starts. What is
 * served to models outside, over MCP, is 25 kB more, and loads with its verb alone; so do pull requests and the
 * commands for Claude Code, 25 kB.
 * What people open, compare and decide in the editor is in the late bundle; it comes with the first of it.
 * What loads late is also what shows verdicts in the editor's own places: it comes with the first run.
 * `eager` is what loads at start: the entry and what it imports statically;
 * `also` names what it loads at once besides, though by late imports.
 */
const BUDGETS = [
  // Taking a run over from another host, and saying what is spent or no program, is 3 kB; whole sentences
  // that editors say in other languages too are 10 kB. Notes of earlier runs, read and ranked for agents, are 10 kB.
  { meta: 'build/meta/cli.json', entry: 'dist/cli/ashlar.mjs', eagerKb: 60, totalKb: 1890 },
  {
    meta: 'build/meta/extension.json',
    entry: 'dist/extension/extension.cjs',
    eagerKb: 104,
    totalKb: 104,
  },
  // Exporting runs and opening them from files is 30 kB of it, and loads with those commands alone; asking
  // forge and remote before a pull request is pushed is 7 kB, which loads with that. Whole sentences with places
  // for what they are about, which other languages can say too, are 20 kB, in plans and in the engine. Reading
  // notes of earlier runs for agents, ranking and telling them, is 11 kB.
  { meta: 'build/meta/engine.json', entry: 'dist/engine/engine.mjs', eagerKb: 270, totalKb: 1846 },
  // What is asked before a pull request makes anything public, threads on what agents wrote, and decisions
  // beside the text that they are about are 8 kB of it; raising a budget, deciding a dispute and verifying a run 4 kB.
  // Saying which part of the extension cannot be loaded, what is more than a line, and opening dialogs where the last
  // file was chosen is 2 kB.
  { meta: 'build/meta/late.json', entry: 'dist/late/late.cjs', eagerKb: 114, totalKb: 114 },
  {
    meta: 'build/meta/board.json',
    entry: 'dist/board/board.js',
    also: ['src/webview/board/Board.tsx', 'src/webview/graph/Graph.tsx'],
    // What the graph takes to draw a plan that nobody has started is 1 kB of it; tiers that fold,
    // keys for every action, tiles that look only at what has changed, and their words are 14 kB.
    eagerKb: 668,
    totalKb: 1300,
  },
  // The board once more, in one piece with its icons: every exported run carries it.
  { meta: 'build/meta/export.json', entry: 'dist/export/export.js', eagerKb: 1000, totalKb: 1300 },
];

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
let over = 0;

for (const { meta, entry, also = [], eagerKb, totalKb } of BUDGETS) {
  if (!existsSync(join(root, meta))) fail(`${meta} is missing; run \`npm run build\` first`);
  const { outputs } = JSON.parse(readFileSync(join(root, meta), 'utf8'));
  const code = Object.entries(outputs).filter(([path]) => !path.endsWith('.map'));
  const eager = staticClosure(outputs, [entry, ...also.map((source) => chunkOf(outputs, source))]);
  for (const [path, { bytes }] of code.sort((a, b) => b[1].bytes - a[1].bytes)) {
    process.stdout.write(
      `${kb(bytes).padStart(11)}  ${eager.has(path) ? 'eager' : 'lazy '}  ${path}\n`,
    );
  }
  const sum = (paths) => paths.reduce((bytes, path) => bytes + outputs[path].bytes, 0);
  report(`${entry} at start`, sum([...eager]), eagerKb);
  report(`${entry} in all`, sum(code.map(([path]) => path)), totalKb);
}
process.exitCode = over > 0 ? 1 : 0;

function chunkOf(outputs, source) {
  const chunk = Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
  return chunk ?? fail(`${source} has no chunk of its own`, 1);
}

function staticClosure(outputs, entries) {
  const seen = new Set(entries);
  for (const path of seen) {
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind === 'import-statement' && next in outputs) seen.add(next);
    }
  }
  return seen;
}

function report(what, bytes, limitKb) {
  const fits = bytes <= limitKb * 1000;
  if (!fits) over += 1;
  process.stdout.write(`${fits ? 'ok  ' : 'OVER'} ${what}: ${kb(bytes)} of ${limitKb} kB\n`);
}
