// The stages of `npm test` and `npm run check`, in order, in one table.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, run } from './setup.mjs';

const bin = (file) => join('node_modules', file);

/**
 * `quick` stages make up `npm run check`. Others run the vitest `projects` of these names. What is
 * to be done `atOnce` runs beside the stages before it, on the other core, and says what it has to say in its turn.
 * Of a command's output the lines that it `tells` by are said again at the end where it failed; the first and last ones
 * where nothing stands here.
 */
const STAGES = [
  { name: 'format', quick: true, node: [[bin('prettier/bin/prettier.cjs'), '--check', '.']] },
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
  { name: 'size', quick: true, node: [['scripts/size.mjs']], tells: /^OVER / },
  // By itself one of two cores would be left for the runner alone, which needs little.
  { name: 'unit tests', quick: true, projects: ['core', 'unit'], workers: '100%' },
  // The longest of the commands: after the unit tests nobody waits for it.
  {
    name: 'lint',
    quick: true,
    atOnce: true,
    node: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  },
  // A simulation is one long computation, a kill test mostly waits for processes: together they fill two cores.
  {
    name: '300 seeds, and kills',
    quick: false,
    projects: ['sim', 'kill'],
    workers: '100%',
    env: { ASHLAR_SIM_SEEDS: '300' },
  },
  { name: 'in a browser', quick: false, projects: ['browser'] },
  { name: 'in a real editor', quick: false, projects: ['editor'] },
];

/**
 * Runs every stage, also after a failure, so that one run shows everything that is wrong.
 * `passed` and `failed` count tests that ran; a stage that fails without a failed test
 * (format, lint, a test file that cannot be loaded …) counts as one failure.
 */
export async function runStages({ quickOnly }) {
  const total = { passed: 0, failed: 0 };
  const lines = [];
  const failures = [];
  const started = performance.now();
  const stages = STAGES.filter(({ quick }) => quick || !quickOnly);
  const begun = new Map(
    stages.filter(({ atOnce }) => atOnce).map((stage) => [stage, runStage(stage)]),
  );
  // Whoever ends this ends all of it, and not the stage alone that is running.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => setImmediate(() => process.exit(130)));
  }
  for (const stage of stages) {
    process.stdout.write(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 70 - stage.name.length))}\n`);
    const result = await (begun.get(stage) ?? runStage(stage));
    process.stdout.write(result.output ?? '');
    total.passed += result.passed;
    total.failed += result.failed;
    failures.push(...(result.failures ?? []));
    lines.push(
      `${result.failed > 0 ? 'FAIL' : 'ok  '} ${stage.name.padEnd(24)}` +
        `${seconds(result.tookMs).padStart(8)}  ${result.note}`,
    );
  }
  process.stdout.write(
    `\n${lines.join('\n')}\n     ${'all'.padEnd(24)}${seconds(performance.now() - started).padStart(8)}\n\n`,
  );
  // Once more at the end: whoever sees only that shall know what to mend.
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

async function runStage(stage) {
  const started = performance.now();
  const result = await (stage.projects ? runTests(stage) : runCommands(stage));
  return { ...result, tookMs: performance.now() - started };
}

/** What they print comes with the answer. */
async function runCommands({ name, node, tells }) {
  mkdirSync(join(root, 'build/meta'), { recursive: true });
  const file = join(root, 'build/meta', `output-${name.replaceAll(' ', '-')}.txt`);
  const held = openSync(file, 'w');
  let code = 0;
  try {
    for (const args of node) {
      const each = await run(process.execPath, args, { stdio: ['ignore', held, held] });
      if (code === 0) code = each;
    }
  } finally {
    closeSync(held);
  }
  const output = readFileSync(file, 'utf8');
  rmSync(file);
  if (code === 0) return { passed: 0, failed: 0, note: '', output };
  const failures = [told(name, telling(output, tells) || `exit code ${code}`)];
  return { passed: 0, failed: 1, note: `exit code ${code}`, output, failures };
}

function telling(output, tells) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const those = lines.filter((line) => tells === undefined || tells.test(line));
  return (those.length <= 12 ? those : [...those.slice(0, 9), '…', ...those.slice(-2)]).join('\n');
}

async function runTests({ name, projects, env, workers }) {
  const file = join(root, 'build/meta', `tests-${projects.at(-1)}.json`);
  mkdirSync(join(root, 'build/meta'), { recursive: true });
  rmSync(file, { force: true });
  const args = [
    ...[
      bin('vitest/vitest.mjs'),
      'run',
      ...projects.map((name) => `--project=${name}`),
      '--passWithNoTests',
    ],
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
  const failures = failuresOf(report);
  if (code !== 0 && failures.length === 0) {
    failures.push(
      told(name, `vitest ended with ${code}, and no test failed; see its output above`),
    );
  }
  return { passed, failed, note, failures };
}

/** What failed and the beginning of why, from vitest's report in JSON; plain text, 2 kB at most each. */
function failuresOf({ testResults = [] }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const unloaded = failed.length === 0 && message ? [told(file, message)] : [];
    return [
      ...failed.map(({ fullName, failureMessages }) =>
        told(`${file}: ${fullName}`, failureMessages.join('\n')),
      ),
      ...unloaded,
    ];
  });
}

function told(what, why) {
  const lines = stripVTControlCharacters(why).slice(0, 2_000).split('\n').slice(0, 12);
  return `FAIL ${what}\n${lines.map((line) => `     ${line}`).join('\n')}\n`;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
