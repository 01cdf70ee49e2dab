import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EventOf, RunEvent } from '../../src/core/events.ts';
import type { RunId } from '../../src/core/ids.ts';
import type { RunState } from '../../src/core/state.ts';
import { lawBreaches } from '../../src/engine/law-breaches.ts';
import type { ModelOptions } from '../../src/engine/agents/model-service.ts';
import { checkPlan, type PreparedRun } from '../../src/engine/check-plan.ts';
import { resumeRun, startRun, type Opened } from '../../src/engine/start-run.ts';
import type { RunSession, SessionOptions } from '../../src/engine/run-session.ts';

export type Files = Readonly<Record<string, string>>;

/** Writes files below a folder; `null` content is not written. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

export function commitAll(folder: string): void {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Base');
}

const module = (name: string, more: string): string => `
  ${name}:
    purpose: Give the number that ${name} stands for.
    owns: [src/${name}/**]
    contract: { file: contracts/${name}.md, tests: [tests/${name}/**], stub: [stubs/${name}/**] }
    checks: { unit: { run: node --test tests/${name}/${name}.test.js, report: node } }
    estimate: { minutes: 12, review: 1 }
    budget: { turns: 100, tokens: 100000, minutes: 60 }
    onExhausted: [reframe, escalate]
${more}`;

/** Three modules that give numbers: one, two (one more than one), and three on its own. */
export const tinyPlan = ({
  cross = '[one, two]',
  extra = '',
  gates = '',
} = {}): string => `ashlar: 1
artifact:
  name: tiny
  kind: library
  purpose: Three numbers that fit each other.
  sourceOfTruth: [README.md]
  success: the numbers fit each other
preconditions:
  modules: Each number is a file of its own with one function.
  interfaces: Each function can be called from a test without the others.
  workPerModule: Each takes far longer to get right than to hand over.
prerequisites: { node: node --version }
pools: { planners: { max: 1 }, builders: { max: 2, agent: scripted }, reviewers: { max: 2 } }
budget: { tokens: 1000000, minutes: 60, usd: 10 }
${extra}modules:${module('one', '')}${module('two', '    needs: [one]\n')}${module('three', '')}
tiers:
  numbers:
    modules: [one, two, three]
    checks:
      cross: { run: node --test tests/cross.test.js, report: node${cross === '' ? '' : `, between: ${cross}`} }
gates:
  accept: { kind: end-to-end, requires: [tier:numbers], checks: { sum: node tests/sum.js } }
${gates}`;

const contract = (name: string): string =>
  `# ${name}\n\n\`${name}()\` takes nothing, gives a whole number and never throws anything at all.\n`;

const contractTest = (name: string, body: string): string => `import test from 'node:test';
import assert from 'node:assert/strict';
import { ${name} } from '../../src/${name}/index.js';
test('${name} is a number', () => assert.equal(typeof ${name}(), 'number'));
test('${name} is what it should be', () => ${body});
`;

export const gives = (name: string, value: string, imports = ''): string =>
  `${imports}export const ${name} = () => ${value};\n`;
const importOne = "import { one } from '../one/index.js';\n";

/** The base: contracts, tests and stubs, no implementation. */
export const tinyFiles = (plan = tinyPlan()): Files => ({
  'tiny.plan.yaml': plan,
  'README.md': '# Numbers\n',
  'package.json': '{ "type": "module", "private": true }\n',
  'contracts/one.md': contract('one'),
  'contracts/two.md': contract('two'),
  'contracts/three.md': contract('three'),
  'tests/one/one.test.js': contractTest('one', 'assert.ok(one() > 0)'),
  'tests/two/two.test.js': contractTest('two', 'assert.ok(two() > 0)'),
  'tests/three/three.test.js': contractTest('three', 'assert.equal(three(), 3)'),
  'tests/cross.test.js': `import test from 'node:test';
import assert from 'node:assert/strict';
import { one } from '../src/one/index.js';
import { two } from '../src/two/index.js';
test('one and two are five and six', () => {
  assert.equal(two(), 6);
  assert.equal(one(), 5);
});
`,
  'tests/sum.js': `import { two } from '../src/two/index.js';
import { three } from '../src/three/index.js';
if (two() + three() !== 9) process.exit(1);
`,
  'stubs/one/src/one/index.js': gives('one', '0'),
  'stubs/two/src/two/index.js': gives('two', '0'),
  'stubs/three/src/three/index.js': gives('three', '0'),
});

const turn = (more = ''): string =>
  `summary: Done as the contract says.\nseconds: 1\ntokens: { in: 100, out: 10 }\nusd: 0.01\nturns: 1\n${more}`;

/** A builder's turn that leaves these files. */
export function builds(attempt: string, files: Files, more = ''): Files {
  const entries = Object.entries(files).map(([path, text]) => [
    `script/${attempt}/files/${path}`,
    text,
  ]);
  return { ...(Object.fromEntries(entries) as Files), [`script/${attempt}/turn.yaml`]: turn(more) };
}

/** All three built well at the first attempt. */
export const goodScript = (): Files => ({
  ...builds('one/1', { 'src/one/index.js': gives('one', '5') }),
  ...builds('two/1', { 'src/two/index.js': gives('two', 'one() + 1', importOne) }),
  ...builds('three/1', { 'src/three/index.js': gives('three', '3') }),
});

/** `one` gives 2 at first, which its contract allows and the tier does not; version 2 asks for odd. */
export const integrationScript = (): Files => ({
  ...goodScript(),
  ...builds('one/1', { 'src/one/index.js': gives('one', '2') }),
  ...builds('one/2', { 'src/one/index.js': gives('one', '5') }),
});

export const oddContract = (): Files => ({
  'contracts/one.md': `${contract('one')}\nIt is odd.\n`,
  'tests/one/one.test.js': contractTest('one', 'assert.equal(one() % 2, 1)'),
});

export async function prepare(workspace: string): Promise<PreparedRun> {
  const checked = await checkPlan({
    workspace,
    planFile: 'tiny.plan.yaml',
    base: 'work-tree',
    sandbox: 'prefer',
    onProgress: () => undefined,
  });
  if (!checked.ok) throw new Error(`${checked.code}: ${checked.message}`);
  if (checked.prepared === null) {
    throw new Error(checked.diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  }
  return checked.prepared;
}

/** Models may be asked for, and there is no key. */
export const noModels: ModelOptions = {
  choice: {},
  service: { apiKey: null, baseURL: null, keyHint: 'give one' },
};

export const sessionOptions = (more: Partial<SessionOptions> = {}): SessionOptions => ({
  agents: null,
  script: null,
  models: noModels,
  speed: 50,
  autoApprove: false,
  stayOpen: false,
  observe: () => undefined,
  onNote: () => undefined,
  ...more,
});

export function opened(outcome: Opened): RunSession {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome.session;
}

export interface Ran {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
}

/** The run as it ended; throws where one of its events broke a law. */
function lawful(state: RunState, events: readonly RunEvent[]): Ran {
  const breaches = lawBreaches(events);
  if (breaches.length > 0) throw new Error(breaches.join('\n'));
  return { state, events };
}

/** Starts a run in the workspace and drives it to where it ends or waits. */
export async function runTiny(workspace: string, more: Partial<SessionOptions> = {}): Promise<Ran> {
  await using session = opened(await startRun(await prepare(workspace), sessionOptions(more)));
  const state = await session.finished;
  return lawful(state, session.events);
}

export async function resumeTiny(
  workspace: string,
  more: Partial<SessionOptions> = {},
  run: RunId | null = null,
): Promise<Ran> {
  await using session = opened(await resumeRun(workspace, run, sessionOptions(more)));
  const state = await session.finished;
  return lawful(state, session.events);
}

export function ofType<T extends RunEvent['type']>(
  { events }: Pick<Ran, 'events'>,
  type: T,
): EventOf<T>[] {
  return events.filter((event) => event.type === type) as EventOf<T>[];
}
