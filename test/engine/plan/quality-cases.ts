import { elsewhere, one, type DiagnosticCase } from './diagnostic-case.ts';
import { goodPlan, spoil } from './good-plan.ts';

const fortyOne = Array.from({ length: 41 }, (_, index) => `m${index}`);
const fortyOneModules = fortyOne
  .map(
    (name) => `  ${name}:
    purpose: One of many.
    stream: backend
    owns: src/${name}/**
    contract: { file: contracts/${name}.md, tests: tests/${name}/**, stub: stubs/${name}/** }
    checks: { unit: { run: node --test tests/${name}, report: node } }
    estimate: { minutes: 30 }
    budget: { turns: 20, tokens: 1000, minutes: 40 }
`,
  )
  .join('');

const server = ['  server:\n', '  ‹server›:\n'] as const;
const contract = [
  '    contract:\n      file: contracts/server.md',
  '    ‹contract›:\n      file: contracts/server.md',
] as const;
const serverBudget = '    budget: { turns: 20, tokens: 250000, minutes: 30 }\n';
const statements = ['preconditions:', '‹preconditions›:'] as const;
const estimates = [
  [
    '    estimate: { minutes: 30, review: 2 }\n    budget: { turns: 20, tokens: 500_000, minutes: 40 }',
    '    estimate: { minutes: A }\n    budget: { turns: 20, tokens: 500_000, minutes: 40 }',
  ],
  [
    '    estimate: { minutes: 60, review: 2 }\n    budget: { turns: 20, tokens: 500_000, minutes: 70, usd',
    '    estimate: { minutes: B }\n    budget: { turns: 20, tokens: 500_000, minutes: 70, usd',
  ],
  ['minutes: 20.5, review: 1 }', 'minutes: C }'],
] as const;
const estimated = (a: number, b: number, c: number) =>
  estimates.map(
    ([from, to]) =>
      [from, to.replace(/[ABC]\b(?= })/, (which) => String({ A: a, B: b, C: c }[which]))] as const,
  );

function twoModules(): string {
  const server = goodPlan.slice(goodPlan.indexOf('  server:'), goodPlan.indexOf('tiers:'));
  const without = spoil('modules: [server]', 'modules: []', spoil(server, ''));
  return spoil('modules:\n  store:', '‹modules›:\n  store:', without);
}

/** What keeps a plan from being run. */
export const qualityCases: readonly DiagnosticCase[] = [
  // What is promised
  elsewhere(
    'missing-description',
    'a module',
    server,
    [['    purpose: Answers requests.\n', '']],
    'its purpose',
  ),
  elsewhere(
    'missing-description',
    'the artifact',
    ['artifact:', '‹artifact›:'],
    [['  kind: service\n', '']],
    'its kind',
  ),
  elsewhere(
    'no-contract',
    'no file',
    [
      '    contract:\n      tests: [tests/server/**]',
      '    ‹contract›:\n      tests: [tests/server/**]',
    ],
    [['      file: contracts/server.md\n', '']],
    'module server',
  ),
  elsewhere(
    'no-tests',
    'none named',
    contract,
    [['      tests: [tests/server/**]\n', '']],
    'module server',
  ),
  one('no-tests', 'tests: [tests/server/**]', '‹tests›: []', 'module server'),
  elsewhere(
    'no-stub',
    'none named',
    contract,
    [['      stub: stubs/server/**\n', '']],
    'module server',
  ),
  one(
    'no-checks',
    'checks:\n      unit: { run: node --test tests/server, report: node, timeoutMinutes: 0.5 }',
    '‹checks›: {}',
    'module server',
  ),
  elsewhere(
    'no-owned-paths',
    'none named',
    server,
    [['    owns: [src/server/**]\n', '']],
    'module server',
  ),
  one('no-owned-paths', 'owns: [src/server/**]', '‹owns›: []', 'module server'),

  elsewhere(
    'soft-without-stub',
    'a document',
    [
      'needs: [store]',
      'needs: [{ module: search, kind: resource }, { module: ‹store›, kind: soft }]',
    ],
    [
      ['purpose: Keeps notes.\n', 'purpose: Keeps notes.\n    kind: document\n'],
      ['      stub: stubs/store/**\n', ''],
    ],
    'start on the stub of store, and it has none',
  ),
  elsewhere(
    'soft-without-stub',
    'in a tier',
    ['needs: [store]', 'needs: [{ module: ‹tier:core›, kind: soft }]'],
    [
      ['purpose: Finds notes.\n', 'purpose: Finds notes.\n    kind: document\n'],
      ['      stub: stubs/search/**\n', ''],
    ],
    'start on the stub of tier:core, and search has none',
  ),

  // Who owns what
  one(
    'overlapping-owns',
    '[src/server/**]',
    '[src/server/**, ‹src/sto*/index.js›]',
    'store and server both own "src/store/index.js"',
  ),
  one('overlapping-owns', '[src/server/**]', '[‹SRC/Store/a.js›]', 'store and server'),
  one('owns-what-decides', '[src/server/**]', '[‹tests/**›]', 'the tests of store'),
  one('owns-what-decides', '[src/server/**]', '[‹contracts/*.md›]', 'the contract of store'),
  one('owns-what-decides', '[src/server/**]', '[‹stubs/server/x›]', 'the stub of server'),
  one('owns-what-decides', '[src/server/**]', '[src/server/**, ‹spec/*›]', 'a source of truth'),

  // Bounds and pools
  elsewhere(
    'missing-budget',
    'of the run',
    ['ashlar:', '‹ashlar›:'],
    [['budget: { tokens: 3_000_000, minutes: 90, usd: 30 }\n', '']],
    'the run has no bound on tokens, minutes, usd',
  ),
  one('missing-budget', 'budget: { tokens: 3_000_000, ', '‹budget›: { ', 'no bound on tokens'),
  elsewhere(
    'missing-budget',
    'of a module',
    server,
    [[serverBudget, '']],
    'server has no bound on turns, tokens, minutes',
  ),
  one(
    'missing-budget',
    'budget: { turns: 20, tokens: 250000, ',
    '‹budget›: { tokens: 250000, ',
    'server has no bound on turns',
  ),
  elsewhere(
    'missing-preconditions',
    'one of three',
    statements,
    [['  interfaces: Each is a function from data to data.\n', '']],
    'do not speak of interfaces',
  ),
  one(
    'too-few-reviewers',
    'builders: { max: 3, agent: scripted }\n  reviewers: { max: 2 }',
    'builders: { max: 60 }\n  reviewers: { max: ‹2› }',
    '60 builders hand in more than 2 reviewers',
  ),
  one('unknown-agent', 'agent: scripted', 'agent: ‹scriptd›', '"scriptd"'),

  // Whether it pays
  {
    code: 'too-few-modules',
    title: 'two',
    marked: twoModules(),
    says: 'there are 2 modules, and it takes 3',
  },
  elsewhere(
    'work-too-small',
    'on average',
    ['workPerModule: Each is', '‹workPerModule›: Each is'],
    estimated(1, 1, 3.5),
    'takes 1.8 minutes on average, and costs 2',
  ),
  elsewhere(
    'not-faster',
    'a chain',
    statements,
    [
      ['purpose: Finds notes.', 'purpose: Finds notes.\n    needs: [store]'],
      ['needs: [store]\n    owns: [src/server/**]', 'needs: [search]\n    owns: [src/server/**]'],
    ],
    '3 modules take 118.5 minutes side by side, one agent 110.5',
  ),

  // Shape
  elsewhere(
    'too-many-modules',
    'in one tier',
    ['  whole: {', '  ‹whole›: {'],
    [
      ['tiers:\n', `${fortyOneModules}tiers:\n`],
      ['modules: [server]', `modules: [server, ${fortyOne.join(', ')}]`],
    ],
    'tier whole shows 43 cards',
  ),
  elsewhere(
    'too-many-modules',
    'in no tier',
    ['modules:\n  store:', '‹modules›:\n  store:'],
    [
      ['tiers:\n', `${fortyOneModules}tiers:\n`],
      ['[tier:whole]', `[tier:whole, ${fortyOne.join(', ')}]`],
    ],
    'the plan, its tiers folded, shows 42 cards',
  ),
  elsewhere(
    'no-end-to-end-gate',
    'none',
    ['gates:', '‹gates›:'],
    [
      [
        '  accept:\n    kind: end-to-end\n    requires: [tier:whole]\n    checks: { golden: node tests/golden.mjs }\n',
        '',
      ],
      ['gate:accept', 'tier:whole'],
    ],
    'no end-to-end gate judges',
  ),
  elsewhere(
    'no-end-to-end-gate',
    'without check',
    ['  accept:', '  ‹accept›:'],
    [['checks: { golden: node tests/golden.mjs }', 'checks: {}']],
    'the end-to-end gate accept has no check',
  ),
  elsewhere(
    'never-integrated',
    'a module apart',
    server,
    [['modules: [server]', 'modules: []']],
    'module server is in no tier',
  ),

  // Advice
  elsewhere(
    'tests-not-counted',
    'exit codes alone',
    ['unit: { run: node --test tests/server,', '‹unit›: { run: node --test tests/server,'],
    [['report: node, timeout', 'timeout']],
    'cannot be counted',
  ),
  one(
    'tests-not-counted',
    'unit: { run: node --test tests/server, report: node, timeoutMinutes: 0.5 }',
    'unit: ‹node --test tests/server›',
    'cannot be counted',
  ),
  elsewhere(
    'no-estimate',
    'none',
    server,
    [['    estimate: { minutes: 20.5, review: 1 }\n', '']],
    'module server has no estimate',
  ),
  one(
    'module-too-small',
    'estimate: { minutes: 20.5, review: 1 }',
    '‹estimate›: { minutes: 1, review: 1 }',
    'module server takes 1 minutes, and costs 2',
  ),
  elsewhere(
    'could-be-soft',
    'on a stub',
    ['needs: [store]', 'needs: [‹store›]'],
    [['minutes: 60, review: 2', 'minutes: 30, review: 2']],
    'making it soft saves 21.5 of 55.5 minutes',
  ),
  elsewhere(
    'undeclared-resource',
    'a port',
    [
      'unit: { run: node --test tests/search,',
      '‹unit›: { run: PORT=3000 node --test tests/search,',
    ],
    [['lint: node scripts/lint.mjs src/store', 'lint: node scripts/lint.mjs --port 3000']],
    'the checks of store and search use port 3000',
  ),
  elsewhere(
    'mutual-reference',
    'in their purposes',
    ['  store:\n', '  ‹store›:\n'],
    [
      ['purpose: Keeps notes.', 'purpose: Keeps notes that search has found.'],
      ['purpose: Finds notes.', 'purpose: Finds notes as store keeps them.'],
    ],
    'store and search speak of each other',
  ),
  {
    code: 'ambiguous-name',
    title: 'a gate like a module',
    marked: spoil('needs: [store]', 'needs: [‹store›]', spoil('  ship: {', '  store: {')),
    says: 'means the module',
  },
];
