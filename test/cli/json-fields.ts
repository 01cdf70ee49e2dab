type Fields = Readonly<Record<string, string>>;

/** What `--json` prints, field by field at its top, in the order in which it is printed. */

export const statusFields: Fields = {
  run: 'the id of the run',
  artifact: 'what is built, by the name that the plan gives it',
  at: 'when this was read',
  phase: 'where the run is as a whole',
  outcome: '`complete`, `failed` or `cancelled`; `null` while it goes on',
  reason: 'why it ended so',
  paused: 'whether a person paused it',
  way: '`parallel`, or `sequential`: with one agent of each kind',
  driver: 'the process that drives it; `null`: nobody does',
  percent: 'of all work, 0 to 100',
  sealed: 'how many modules are sealed',
  modules: 'each with its state, what it waits for, and since when',
  gates: 'tiers and gates; `subject` is what an approval would approve',
  streams:
    'what each stream is at, what it waits for and what holds it, what is next, and when it may be done',
  handoffs:
    'what modules give each other: `state`, age, latency and how long a builder did nothing but wait',
  prerequisites: 'how far their check is; `null` once it is over',
  conflicts: 'all of them; `resolved` is `null` while one is open',
  needsYou: 'what only a person can move, with the commands for it',
  waits: 'what is ready and held, and by what',
  pools: 'how full each pool is, how much waits for it, and why',
  eta: 'how long it may still take, or why nobody knows',
  elapsedMs: 'since the run began',
  workMs: 'the same work, one piece after the other',
  spent:
    'by all agents; `countedInFull` is what of it is whole reservations, because the end of the work was lost',
  usage:
    'calls of models and their tokens by kind, in all, by module, role and model; money that nobody knows is `null`',
  orchestratorInput:
    'bytes of what agents and checks wrote that the rules, integrators and arbiters have read, by module',
  budgets:
    'every bound of the run, its pools and its phases; `least` is the bound with which refused work could begin',
  lateResults: 'how many results came too late and were rejected',
  delivered: 'where the result was put; `null` before',
};

export const reportFields: Fields = {
  run: 'the id of the run',
  artifact: 'what was built, by the name that the plan gives it',
  outcome: '`complete`, `failed` or `cancelled`; `null` while it goes on',
  way: '`parallel`, or `sequential`: with one agent of each kind',
  time: 'elapsed, at work, one piece after the other, and the chain that decided the end',
  plan: 'how many modules, tiers, gates, streams and dependencies it has, and which dependencies could be soft',
  pools: 'how long each pool was at work, idle and held, and by what',
  streams: 'the same of each stream',
  handoffs: 'how many there were, and how long they took',
  conflicts: 'each with the rule that decided it; `null` while it is open',
  attempts: 'submissions, builders that ended without one, and judgings',
  caughtByEvaluators:
    'what module gates found, submission by submission, and the attempt that mended it',
  caughtByIntegration: 'what tiers and gates found in modules that had passed alone',
  verdicts: 'how many there were of each',
  amendments: 'every version of a contract after the first, with its reason',
  reopenings: 'every seal that was broken, with its reason',
  unstableChecks: 'gates with a check that gave two outcomes for the same tree',
  prerequisites: 'each, and whether it held when it was last checked',
  resumes: 'how often another driver took the run over',
  lateResults: 'how many results came too late and were rejected',
  spending: 'in all, by module, by role and by pool; `money` says how much of each is known',
  usage:
    'calls of models and their tokens by kind, in all, by module, role and model; money that nobody knows is `null`',
  orchestratorInput:
    'bytes of what agents and checks wrote that the rules, integrators and arbiters have read, by module',
  checklist:
    'questions that every run answers; `answer` is `true`, `false`, `"unknown"`, or `null` where it does not apply',
  nextTime: 'what contracts and the plan should say otherwise, and why',
  insights: 'the notes that were kept, by file in `.ce-workspace/knowledge`',
  insightsUsed:
    'notes of earlier runs that agents of each module were given: which of them, at which attempt (of planners: draft)',
};

export const compareFields: Fields = {
  runs: 'both, in the order in which they were named: what each took and came to',
  modules:
    'by name: `parts` are those of the two runs, `null` where its plan has no such module; `tree` of two seals is the same where their files are',
  caveats: 'what must be known before anything is concluded: `side` says of which run',
};

export const checkFields: Fields = {
  fit: 'whether the plan can be run',
  diagnostics:
    'each with code, severity, place (lines and columns from 1), message and what to do; `edits` are changes of the text that mend it, and `saves` is what the first of them saves by the estimates',
  notes: 'what a person should know, and nothing is wrong with',
  prerequisites:
    'what a run will check before anything starts, and what it hands to what it starts',
};

export const simulateFields: Fields = {
  artifact: 'what is built, by the name that the plan gives it',
  places: 'how many may work at once',
  minutes: 'by policy; `ashlar` is what a run does',
  bestFound: 'the shortest schedule that was found, and how many were tried',
  lowerBound: 'minutes that no schedule can beat',
  estimates: 'of each module, with their `source`: `plan`, or `history` and the number of `runs`',
  criticalPath: 'the modules that decide the end, and their minutes',
  schedule: 'who works on what when, in minutes from the beginning',
};
