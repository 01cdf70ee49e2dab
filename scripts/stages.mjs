// The stages of `npm test` and `npm run check`, in order, in one table.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const bin = (file) => join('node_modules', file);

/** `quick` stages make up `npm run check`. A `project` stage runs the vitest project of that name. */
const STAGES = [
  { name: 'format', quick: true, node: [[bin('prettier/bin/prettier.cjs'), '--check', '.']] },
  {
    name: 'lint',
    quick: true,
    node: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  },
  {
    name: 'types',
    quick: true,
    node: [
      [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
      [bin('typescript/bin/tsc'), '-p', 'src/core/tsconfig.json'],
      [bin('typescript/bin/tsc'), '-p', 'src/webview/tsconfig.json'],
      [bin('typescript/bin/tsc'), '-p', 'test/webview/tsconfig.json'],
    ],
  },
  { name: 'dead code', quick: true, node: [[bin('knip/bin/knip.js')]] },
  { name: 'build', quick: true, node: [['scripts/build.mjs']] },
  { name: 'size', quick: true, node: [['scripts/size.mjs']] },
  // By itself one of two cores would be left for the runner alone, which needs little.
  { name: 'unit tests', quick: true, project: 'unit', workers: '100%' },
  {
    name: 'simulation, 300 seeds',
    quick: false,
    project: 'sim',
    env: { ASHLAR_SIM_SEEDS: '300' },
  },
  { name: 'kill tests', quick: false, project: 'kill' },
  { name: 'in a browser', quick: false, project: 'browser' },
  { name: 'in a real editor', quick: false, project: 'editor' },
];

/**
 * Runs every stage, also after a failure, so that one run shows everything that is wrong.
 * `passed` and `failed` count tests that ran; a stage that fails without a failed test
 * (format, lint, a test file that cannot be loaded …) counts as one failure.
 */
export async function runStages({ quickOnly }) {
  const total = { passed: 0, failed: 0 };
  const lines = [];
  const started = performance.now();
  for (const stage of STAGES.filter(({ quick }) => quick || !quickOnly)) {
    process.stdout.write(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 70 - stage.name.length))}\n`);
    const stageStarted = performance.now();
    const result = stage.project ? await runTests(stage) : await runCommands(stage.node);
    total.passed += result.passed;
    total.failed += result.failed;
    lines.push(
      `${result.failed > 0 ? 'FAIL' : 'ok  '} ${stage.name.padEnd(24)}` +
        `${seconds(stageStarted).padStart(8)}  ${result.note}`,
    );
  }
  process.stdout.write(
    `\n${lines.join('\n')}\n     ${'all'.padEnd(24)}${seconds(started).padStart(8)}\n\n`,
  );
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

async function runCommands(commands) {
  for (const args of commands) {
    const code = await run(process.execPath, args);
    if (code !== 0) return { passed: 0, failed: 1, note: `exit code ${code}` };
  }
  return { passed: 0, failed: 0, note: '' };
}

async function runTests({ project, env, workers }) {
  const file = join(root, 'build/meta', `tests-${project}.json`);
  mkdirSync(join(root, 'build/meta'), { recursive: true });
  rmSync(file, { force: true });
  const args = [
    ...[bin('vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests'],
    ...(workers === undefined ? [] : [`--maxWorkers=${workers}`]),
  ];
  const code = await run(
    process.execPath,
    [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { env: { ...process.env, ...env } },
  );
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { numPassedTests: passed = 0, numFailedTests = 0 } = report;
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  const failed = code !== 0 ? Math.max(1, numFailedTests) : numFailedTests;
  const note = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { passed, failed, note };
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
