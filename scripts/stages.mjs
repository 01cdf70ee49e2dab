// The stages of `npm test` and `npm run check`, in order, in one table.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, run } from './setup.mjs';

const bin = (file) => join('node_modules', file);
const cores = availableParallelism();

/**
 * `quick` stages make up `npm run check`. Others run the vitest `projects` of these names. What is
 * `beside` begins at once, one after the other, beside the stages before it, and says what it has to say in its turn;
 * where it is `patient`, it takes the time alone that the others leave.
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
  // Those of whole runs wait for git, children and the disk for a quarter of the time.
  { name: 'unit tests', quick: true, projects: ['core', 'unit'], workers: cores + 2 },
  // The longest of the commands: after the unit tests nobody waits for it.
  {
    name: 'lint',
    quick: true,
    beside: true,
    node: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  },
  // They mostly wait for processes: together they fill two cores.
  { name: 'kills', quick: false, projects: ['kill'], workers: cores },
  { name: 'in a browser', quick: false, projects: ['browser'] },
  { name: 'in a real editor', quick: false, projects: ['editor'] },
  // One long computation, which fills what all the waiting for processes and editors leaves of a core.
  {
    name: '300 seeds',
    quick: false,
    beside: true,
    patient: true,
    projects: ['sim'],
    env: { ASHLAR_SIM_SEEDS: '300' },
  },
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
  const begun = beginBeside(stages);
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

/** What each of the stages beside the others will have come to. */
function beginBeside(stages) {
  const begun = new Map();
  let before = Promise.resolve();
  for (const stage of stages.filter(({ beside }) => beside)) {
    before = before.then(() => runStage(stage));
    begun.set(stage, before);
  }
  return begun;
}

/** Never throws: nobody waits for a stage beside the others before its turn, and the others still count. */
async function runStage(stage) {
  const started = performance.now();
  const result = await (stage.projects ? runTests(stage) : runCommands(stage)).catch((error) => ({
    ...{ passed: 0, failed: 1, note: 'could not be run' },
    failures: [told(stage.name, String(error?.stack ?? error))],
  }));
  return { ...result, tookMs: performance.now() - started };
}

/** What they print comes with the answer. */
async function runCommands({ name, node, tells }) {
  const { codes, output } = await held(name, async (stdio) => {
    const codes = [];
    for (const args of node) codes.push(await run(process.execPath, args, { stdio }));
    return { codes };
  });
  const code = codes.find((each) => each !== 0) ?? 0;
  if (code === 0) return { passed: 0, failed: 0, note: '', output };
  const failures = [told(name, telling(output, tells) || `exit code ${code}`)];
  return { passed: 0, failed: 1, note: `exit code ${code}`, output, failures };
}

/** What comes of it, and what it printed meanwhile. */
async function held(name, work) {
  mkdirSync(join(root, 'build/meta'), { recursive: true });
  const file = join(root, 'build/meta', `output-${name.replaceAll(' ', '-')}.txt`);
  const descriptor = openSync(file, 'w');
  try {
    const result = await work(['ignore', descriptor, descriptor]);
    return { ...result, output: readFileSync(file, 'utf8') };
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
}

function telling(output, tells) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const those = lines.filter((line) => tells === undefined || tells.test(line));
  return (those.length <= 12 ? those : [...those.slice(0, 9), '…', ...those.slice(-2)]).join('\n');
}

async function runTests({ name, projects, env, workers, beside, patient }) {
  const file = join(root, 'build/meta', `tests-${projects.at(-1)}.json`);
  mkdirSync(join(root, 'build/meta'), { recursive: true });
  rmSync(file, { force: true });
  const args = [
    ...[bin('vitest/vitest.mjs'), 'run', '--passWithNoTests'],
    ...projects.map((project) => `--project=${project}`),
    ...(workers === undefined ? [] : [`--maxWorkers=${workers}`]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ];
  const options = {
    env: { ...process.env, ...env },
    ...(patient ? { priority: constants.priority.PRIORITY_LOW } : {}),
  };
  const { code, output } = beside
    ? await held(name, async (stdio) => ({
        code: await run(process.execPath, args, { ...options, stdio }),
      }))
    : { code: await run(process.execPath, args, options) };
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
  return { passed, failed, note, failures, output };
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
