import type { OptionSpec, PositionalSpec, ValueKind, VerbSpec } from './verb.ts';

const plan: PositionalSpec = { name: 'plan', kind: 'file', required: true };
const run: PositionalSpec = { name: 'run', kind: 'run', required: true };
const anyRun: PositionalSpec = { ...run, required: false };
const gate: PositionalSpec = { name: 'gate', kind: 'name', required: true };
const module: PositionalSpec = { name: 'module', kind: 'name', required: true };

const conflict: PositionalSpec = { name: 'conflict', kind: 'conflict', required: true };

const flag = (name: string, says: string): OptionSpec => ({ name, says, kind: 'flag' });
const taking = (
  kind: ValueKind,
  name: string,
  placeholder: string,
  says: string,
  required = false,
): OptionSpec => ({ kind, name, placeholder, says, required });

const base: OptionSpec = {
  ...{ kind: 'choice', name: 'base', choices: ['work-tree', 'HEAD'] },
  says: 'build on the files as they are (default), or on the last commit',
};
const sandbox: OptionSpec = {
  ...{ kind: 'choice', name: 'sandbox', choices: ['require', 'prefer', 'off'] },
  says: 'whether checks must run apart from this machine; default prefer',
};
const models: readonly OptionSpec[] = [
  taking(
    'models',
    'model',
    'MODEL',
    'the model of all agents, or by pool: planners=MODEL,builders=MODEL',
  ),
  taking(
    'url',
    'base-url',
    'URL',
    'where models are asked instead of at their own provider; also ASHLAR_BASE_URL; a run keeps it',
  ),
];
const driving: readonly OptionSpec[] = [
  taking('text', 'agents', 'PROVIDER', 'agents of this provider instead of those the plan names'),
  ...models,
  taking('path', 'script', 'DIR', 'what scripted agents play; default script/ beside the plan'),
  taking('speed', 'speed', 'N', 'let scripted agents work N times as fast'),
  flag('no-insights', 'give agents nothing of what earlier runs learned; a run keeps to it'),
  flag('yes', 'approve approval gates as they ask'),
  flag('json', 'print one journal event a line on stdout, and nothing else there'),
];
const budget: readonly OptionSpec[] = [
  taking('whole', 'tokens', 'N', 'the budget of tokens from here on, what is spent included'),
  taking('amount', 'minutes', 'N', 'the budget of minutes'),
  taking('amount', 'usd', 'N', 'the budget of money'),
  taking('whole', 'turns', 'N', 'the budget of turns'),
  taking('whole', 'attempts', 'N', 'how many attempts a module has'),
  taking(
    'scope',
    'scope',
    'SCOPE',
    'whose budget it is: run (the default), pool:builders, phase:build, module:lexer',
  ),
];
const note = (required: boolean): OptionSpec =>
  taking('text', 'note', 'TEXT', 'why; it is kept with the decision', required);
const reason = (required: boolean): OptionSpec =>
  taking('text', 'reason', 'TEXT', 'why; everyone who builds on it reads it', required);
const contractSays = "the contract's new text, or a folder with its changed files";

const runExits = [
  [0, 'complete'],
  [1, 'failed, cancelled or refused'],
  [3, 'waits for a person'],
  [130, 'interrupted; it can be resumed'],
] as const;
const done = [[0, 'done, or left for the next driver']] as const;

/** Every verb: what it takes, what it answers, and where it lives. */
export const verbs: readonly VerbSpec[] = [
  {
    name: 'plan',
    says: 'Have agents propose a plan for a goal, with its design beside it. Runs nothing of it.',
    positionals: [{ name: 'goal', kind: 'text', required: true }],
    options: [
      taking('text', 'name', 'NAME', 'what the plan is called; default: by its artifact'),
      flag('force', 'give up the plan and the design of that name for the new ones'),
      taking(
        'text',
        'agents',
        'PROVIDER',
        'agents of this provider; default scripted where there is a script, else anthropic',
      ),
      ...models,
      taking('path', 'script', 'DIR', 'what scripted agents play; default script/'),
      taking('speed', 'speed', 'N', 'let scripted agents work N times as fast'),
      base,
      flag('no-questions', 'ask nothing: what is not known is assumed, and the design says so'),
      {
        ...taking('text', 'answer', 'TEXT', 'the answer to a question that was asked before'),
        ...{ kind: 'text', placeholder: 'TEXT', required: false, repeats: true },
      },
      taking('amount', 'tokens', 'N', 'tokens that planning may use up; default 2000000'),
      taking('amount', 'usd', 'N', 'money that it may cost; default 10'),
      taking('amount', 'minutes', 'N', 'minutes that it may take; default 30'),
      flag('json', 'print what came of it as one JSON object'),
    ],
    exits: [
      [0, 'a plan was written, and is fit as far as can be told without running it'],
      [1, 'refused: a simpler way of working fits the goal better'],
      [3, 'there are questions to answer'],
      [4, 'a plan was written that is below the quality bar'],
      [130, 'interrupted; nothing was written'],
    ],
    load: async () => (await import('./verbs/plan.ts')).plan,
  },
  {
    name: 'check',
    says: 'Hold a plan against the quality bar, its files and contracts included. Starts no run; to see that they decide, the tests of the contracts are run as checks are.',
    positionals: [plan],
    options: [
      base,
      sandbox,
      flag('fix', 'write into the plan what is advised, and show each line that this changes'),
      flag(
        'json',
        'print one JSON object: each diagnostic with its place, edits and what they save',
      ),
    ],
    exits: [
      [0, 'fit'],
      [1, 'refused'],
    ],
    load: async () => (await import('./verbs/check.ts')).check,
  },
  {
    name: 'simulate',
    says: 'Preview the schedule of a plan in virtual time, by its estimates or, where there are earlier runs, by what they took. Starts nothing.',
    positionals: [plan],
    options: [
      taking('count', 'places', 'N', "as if N builders could work at once; default: the plan's"),
      flag('json', 'print it as one JSON object, with who works on what when'),
    ],
    exits: [
      [0, 'shown, also where `check` would refuse the plan'],
      [1, 'the plan cannot be read or has a cycle'],
    ],
    load: async () => (await import('./verbs/simulate.ts')).simulate,
  },
  {
    name: 'run',
    says: 'Run a plan until it is complete or waits for a person.',
    positionals: [plan],
    options: [
      {
        ...{ kind: 'choice', name: 'way', choices: ['parallel', 'sequential'] },
        says: 'with all places of its pools (default), or with one agent of each kind',
      },
      ...driving.slice(0, 3),
      base,
      sandbox,
      ...driving.slice(3),
    ],
    exits: runExits,
    load: async () => (await import('./verbs/run.ts')).run,
  },
  {
    name: 'resume',
    says: 'Go on with a run after a kill, a pause or a wait; the latest unless one is named.',
    positionals: [anyRun],
    options: [
      ...driving,
      ...budget,
      taking(
        'text',
        'take-over-from',
        'HOST',
        'take the run over from a process on another host; say so only if that process has ended',
      ),
    ],
    exits: runExits,
    load: async () => (await import('./verbs/resume.ts')).resume,
  },
  {
    name: 'status',
    says: 'Say where a run stands and what needs you; the latest unless one is named.',
    positionals: [anyRun],
    options: [flag('json', 'print it as one JSON object')],
    exits: [[0, 'always']],
    load: async () => (await import('./verbs/status.ts')).status,
  },
  {
    name: 'why',
    says: 'Tell why a module, tier or gate waits: the chain down to what is at work or who must decide, read off the state of the run.',
    positionals: [anyRun, { name: 'module', kind: 'node', required: true }],
    options: [flag('json', 'print it as one JSON object')],
    exits: [[0, 'told']],
    load: async () => (await import('./verbs/why.ts')).why,
  },
  {
    name: 'pause',
    says: 'Start nothing more in a run until it is resumed.',
    positionals: [run],
    options: [],
    exits: done,
    load: async () => (await import('./verbs/pause.ts')).pause,
  },
  {
    name: 'cancel',
    says: 'End a run for good, in its postmortem. Seals stay.',
    positionals: [run],
    options: [reason(false)],
    exits: done,
    load: async () => (await import('./verbs/cancel.ts')).cancel,
  },
  {
    name: 'approve',
    says: 'Approve exactly what a gate asks about.',
    positionals: [run, gate],
    options: [
      taking('digest', 'subject', 'DIGEST', 'what you saw; `ashlar status` prints it', true),
      note(false),
    ],
    exits: done,
    load: async () => (await import('./verbs/approve.ts')).approve,
  },
  {
    name: 'reject',
    says: 'Refuse what a gate asks about.',
    positionals: [run, gate],
    options: [
      note(true),
      taking('digest', 'subject', 'DIGEST', 'what you saw; default: what it asks about now'),
    ],
    exits: done,
    load: async () => (await import('./verbs/reject.ts')).reject,
  },
  {
    name: 'resolve',
    says: 'Decide a dispute about the work of a module; `status` names it and what is possible.',
    positionals: [run, conflict],
    options: [
      taking(
        'text',
        'decision',
        'WORD',
        'uphold the verdict, overturn it (where every check passed), or amend the contract',
        true,
      ),
      reason(true),
    ],
    exits: done,
    load: async () => (await import('./verbs/resolve.ts')).resolve,
  },
  {
    name: 'agents',
    says: "Show where a run's agents come from; take a pool's from another provider, or from another model of it; or have a provider that serves nobody tried again.",
    positionals: [
      run,
      { name: 'pool', kind: 'pool', required: false },
      { name: 'provider', kind: 'name', required: false },
    ],
    options: [
      taking(
        'model',
        'model',
        'MODEL',
        'which model the agents are; default: their provider’s own',
      ),
      flag('again', 'try now what is waited for, instead of when its time is over'),
      flag('json', 'print where they come from as one JSON object'),
    ],
    exits: done,
    load: async () => (await import('./verbs/agents.ts')).agents,
  },
  {
    name: 'reopen',
    says: 'Open a sealed module again, amending its contract.',
    positionals: [run, module],
    options: [
      reason(true),
      taking('path', 'contract', 'PATH', `${contractSays}; default: the reason is added to it`),
    ],
    exits: done,
    load: async () => (await import('./verbs/reopen.ts')).reopen,
  },
  {
    name: 'amend',
    says: 'Amend the contract of a module that is not sealed; its attempt ends.',
    positionals: [run, module],
    options: [reason(true), taking('path', 'contract', 'PATH', contractSays, true)],
    exits: done,
    load: async () => (await import('./verbs/amend.ts')).amend,
  },
  {
    name: 'transcript',
    says: 'Print what the agents of a module, tier or gate were told, said and did; of a planning, those of its role: scout, architect. Nothing but people reads it.',
    positionals: [run, module],
    options: [
      taking('count', 'attempt', 'N', 'of this attempt alone; default: of the latest agent'),
      flag('list', 'list them instead'),
    ],
    exits: [
      [0, 'printed'],
      [1, 'there is none'],
    ],
    load: async () => (await import('./verbs/transcript.ts')).transcript,
  },
  {
    name: 'verify',
    says: 'Check that a journal is unbroken and every seal is as it was sealed; or run the checks of a gate again.',
    positionals: [anyRun],
    options: [
      taking(
        'text',
        'checks',
        'NAME',
        'instead: run the checks of this module, tier or gate on what it sealed or handed in last, apart from the run',
      ),
    ],
    exits: [
      [0, 'whole; with --checks: all passed'],
      [1, 'names what is not'],
      [130, 'interrupted'],
    ],
    load: async () => (await import('./verbs/verify.ts')).verify,
  },
  {
    name: 'report',
    says: "Print a run's postmortem; before its end, as it would be now.",
    positionals: [anyRun],
    options: [flag('json', 'print the account of the run as one JSON object')],
    exits: [[0, 'always']],
    load: async () => (await import('./verbs/report.ts')).report,
  },
  {
    name: 'compare',
    says: 'Set two runs side by side: time, attempts, what was refused and found, and cost, as a whole and by module; and say what of it cannot be compared.',
    positionals: [run, { name: 'other', kind: 'run', required: true }],
    options: [flag('json', 'print it as one JSON object')],
    exits: [[0, 'shown']],
    load: async () => (await import('./verbs/compare.ts')).compare,
  },
  {
    name: 'pr',
    says: 'Prepare a pull request about what a run delivered: the branch, a title and a text with modules, verdicts, decisions and account. Pushes nothing without --open.',
    positionals: [anyRun],
    options: [
      taking('text', 'branch', 'NAME', 'the branch that it is made of; default: the delivered one'),
      taking('text', 'base', 'NAME', 'the branch it goes into; default: where the run started'),
      taking('text', 'title', 'TEXT', 'its title; default: by what was built'),
      taking(
        'path',
        'body-file',
        'FILE',
        'a text of your own, such as the one that was left, changed',
      ),
      flag('open', 'push the branch and open it with `gh`, where there is `gh` and GitHub'),
      flag('draft', 'open it as a draft'),
      flag(
        'with-base',
        'push commits of the base, too, that its repository does not have; without it they are refused',
      ),
      flag('json', 'print it as one JSON object'),
    ],
    exits: [
      [0, 'prepared, and opened where that was asked for'],
      [1, 'there is nothing to merge yet, or it could not be opened; stderr says what is missing'],
      [130, 'interrupted; stderr says whether the branch is pushed'],
    ],
    load: async () => (await import('./verbs/pr.ts')).pr,
  },
  {
    name: 'export',
    says: 'Write a run into one HTML file that opens offline in any browser, with graph, streams, gates, account and the slider over its time. What people, agents and checks wrote is left out.',
    positionals: [anyRun],
    options: [
      taking('path', 'out', 'FILE', 'where it is written; default: ashlar-RUN.html in this folder'),
      flag('force', 'replace a file of that name'),
      flag('with-evidence', 'keep what checks and reviewers found, rid of secrets and paths'),
    ],
    exits: [[0, 'written']],
    load: async () => (await import('./verbs/export.ts')).exportVerb,
  },
  {
    name: 'plugin',
    says: 'Lay slash commands for Claude Code into a folder, over `mcp` and this program: ce-plan, ce-exec, ce-review, ce-pr, the same in parallel, and why. What was changed by hand is left alone.',
    positionals: [{ name: 'folder', kind: 'file', required: false }],
    options: [
      flag('remove', 'take them away again'),
      flag('dry-run', 'only say what would be written or removed'),
      flag('force', 'give up what was changed by hand'),
      flag('json', 'print it as one JSON object'),
    ],
    exits: [
      [0, 'done'],
      [1, 'done, but for files that were changed by hand'],
    ],
    load: async () => (await import('./verbs/plugin.ts')).plugin,
  },
  {
    name: 'mcp',
    says: 'Offer tools over MCP on stdio, for Claude Code and others: status, verdicts, why, report, check_plan, plan, run, resume, pr. What it started, it drives until stdin ends.',
    positionals: [],
    options: [
      flag('read-only', 'offer only what changes nothing'),
      flag(
        'allow-approve',
        'offer approve and reject too; whoever is on the other side then decides at gates',
      ),
      ...driving.filter(({ name }) => name !== 'yes' && name !== 'json'),
      base,
      sandbox,
    ],
    exits: [[0, 'stdin has ended']],
    load: async () => (await import('./verbs/mcp.ts')).mcp,
  },
];
