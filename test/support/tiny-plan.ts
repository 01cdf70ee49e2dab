import { writeFiles, type Files } from './tiny-workspace.ts';

/**
 * Three modules whose files hold a number each, judged by a line of shell: what a run does around its
 * checks is seen within a second. `beta` is one more than `alpha`, `gamma` stands alone.
 */
export interface QuickPlan {
  /** More lines of a module's entry, by its name. */
  readonly modules?: Readonly<Record<string, string>>;
  /** What modules need, by their names; `beta` needs `alpha` where nothing is said. */
  readonly needs?: Readonly<Record<string, string>>;
  /** The line with a module's checks, by its name, where there is more to say of them. */
  readonly checks?: Readonly<Record<string, string>>;
  /** On the agents' clock; ten hours, where a test does not want it. */
  readonly stallMinutes?: number;
  /** More lines at the top of the file. */
  readonly top?: string;
  readonly prerequisite?: string;
  /** The check of the one tier, and which modules it is between. */
  readonly cross?: string;
  readonly between?: string;
  /** Modules whose contract a planner writes. */
  readonly unwritten?: readonly string[];
  /** More gates, each a line. */
  readonly gates?: string;
}

export const approvalGate =
  '  ship: { kind: approval, requires: [gate:accept], approvers: person }\n';

const names = ['alpha', 'beta', 'gamma'] as const;

export function quickPlan(plan: QuickPlan = {}): string {
  const { modules = {}, top = '', prerequisite = 'true', gates = '', stallMinutes = 600 } = plan;
  const { cross = 'sh tests/cross.sh', between, checks = {}, unwritten = [] } = plan;
  const needs: QuickPlan['needs'] = { beta: '[alpha]', ...plan.needs };
  const entries = names.map((name) => {
    const needed = needs[name] === undefined ? '' : `    needs: ${needs[name]}\n`;
    const more = `${needed}${modules[name] ?? ''}`;
    return entry(name, !unwritten.includes(name), more, checks[name]);
  });
  const declared = between === undefined ? '' : `, between: ${between}`;
  return `ashlar: 1
artifact:
  name: quick
  kind: library
  purpose: Three numbers that fit each other.
  success: the numbers fit each other
preconditions:
  modules: Each number is a file of its own.
  interfaces: Each number can be read from outside without the others.
  workPerModule: Each takes far longer to get right than to hand over.
prerequisites: { machine: ${JSON.stringify(prerequisite)} }
pools: { planners: { max: 1 }, builders: { max: 3, agent: scripted }, reviewers: { max: 2 } }
budget: { tokens: 1000000, minutes: 600, usd: 10 }
stallMinutes: ${stallMinutes}
${top}modules:
${entries.join('')}tiers:
  numbers:
    modules: [alpha, beta, gamma]
    checks: { cross: { run: ${cross}${declared} } }
gates:
  accept: { kind: end-to-end, requires: [tier:numbers], checks: { sum: sh tests/sum.sh } }
${gates}`;
}

const entry = (
  name: string,
  written: boolean,
  more: string,
  checks = `    checks: { unit: sh tests/${name}/test.sh }\n`,
): string => `  ${name}:
    purpose: Hold the number that ${name} stands for.
    owns: [src/${name}/**]
${written ? `    contract: { file: contracts/${name}.md, tests: [tests/${name}/**], stub: [stubs/${name}/**] }\n` : ''}${checks}    estimate: { minutes: 12, review: 1 }
    budget: { turns: 100, tokens: 100000, minutes: 600 }
${more}`;

const contract = (name: string): string =>
  `# ${name}\n\nThe file \`src/${name}/number\` holds one whole number and nothing else.\n`;

const number = (name: string): string => `$(cat src/${name}/number)`;

const test: Readonly<Record<string, string>> = {
  alpha: `test "${number('alpha')}" -ge 1\n`,
  beta: `test "${number('beta')}" -eq $((1 + ${number('alpha')}))\n`,
  gamma: `test "${number('gamma')}" -eq 3\n`,
};

/** A module's contract, its test and its stub. */
export const contractFiles = (name: string): Files => ({
  [`contracts/${name}.md`]: contract(name),
  [`tests/${name}/test.sh`]: test[name] ?? '',
  [`stubs/${name}/src/${name}/number`]: '0\n',
});

/** A contract author's turn: `contract-1`, `contract-2-3`; `over` are other files than the usual ones. */
export const writes = (module: string, turn: string, over: Files = {}, how = ''): Files => ({
  [`${module}/${turn}/turn.yaml`]: `summary: What ${module} is.\n${how}`,
  ...Object.fromEntries(
    Object.entries({ ...contractFiles(module), ...over }).map(([path, text]) => [
      `${module}/${turn}/files/${path}`,
      text,
    ]),
  ),
});

/** Everything but implementations and a script. */
export const quickFiles = (plan: QuickPlan = {}): Files => ({
  'tiny.plan.yaml': quickPlan(plan),
  ...(Object.fromEntries(
    names
      .filter((name) => plan.unwritten?.includes(name) !== true)
      .flatMap((name) => Object.entries(contractFiles(name))),
  ) as Files),
  'tests/cross.sh': `test $((${number('beta')} % 2)) -eq 0\n`,
  'tests/sum.sh': `test $((${number('beta')} + ${number('gamma')})) -ge 5\n`,
});

/** A builder's turn; `how` are more lines of its `turn.yaml`. */
export const holds = (module: string, attempt: number, value: string, how = ''): Files => ({
  [`${module}/${attempt}/turn.yaml`]: `summary: ${module} is ${value}.\n${how}`,
  [`${module}/${attempt}/files/src/${module}/number`]: `${value}\n`,
});

/** Turns with which every module passes at its first attempt. */
export const quickScript = (): Files => ({
  ...holds('alpha', 1, '1'),
  ...holds('beta', 1, '2'),
  ...holds('gamma', 1, '3'),
});

/** Writes the plan's files and, beside its plan, a script. */
export function writeQuick(workspace: string, script = quickScript(), plan: QuickPlan = {}): void {
  writeFiles(workspace, quickFiles(plan));
  writeFiles(`${workspace}/script`, script);
}
