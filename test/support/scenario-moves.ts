import { zeroAmount, type Amount } from '../../src/core/budget.ts';
import type { RecordUnserved } from '../../src/core/commands/agent-result.ts';
import type { Trespass } from '../../src/core/commands/builder-result.ts';
import type { RecordIntegration } from '../../src/core/commands/judging-result.ts';
import type { Ruling } from '../../src/core/conflict.ts';
import type { Effect } from '../../src/core/effects.ts';
import type { GenerationEnd } from '../../src/core/events/attempt.ts';
import {
  gateId,
  moduleId,
  nodeRef,
  parseNodeRef,
  type NodeRef,
  type Order,
} from '../../src/core/ids.ts';
import { moduleState } from '../../src/core/lookup.ts';
import type { SplitPart } from '../../src/core/plan/split-plan.ts';
import { outstanding } from '../../src/core/outstanding.ts';
import type { RunState } from '../../src/core/state.ts';
import type { UsageLine } from '../../src/core/usage.ts';
import type { CheckOutcome, CheckResult, Evidence, Verdict } from '../../src/core/verdict.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import type { Move } from './scenario.ts';
import { digest, tree } from './scenario-beginning.ts';

// What effects bring back. Each answers the order that stands when it is told.

/** A builder hands in a tree that is named after its attempt. */
export const submits =
  (
    module: string,
    {
      spent = zeroAmount,
      problems = [],
      findings = {},
      trespasses = [],
    }: {
      readonly spent?: Amount;
      readonly problems?: readonly Evidence[];
      readonly findings?: Readonly<Record<string, readonly string[]>>;
      readonly trespasses?: readonly Trespass[];
    } = {},
  ): Move =>
  (state) => ({
    type: 'record-submission',
    ...from(state, 'generate', module),
    tree: tree(`${module}-${moduleState(state, moduleId(module)).attempt}`),
    summary: 'done',
    problems,
    findings: Object.entries(findings).map(([to, items]) => ({ to: moduleId(to), items })),
    trespasses,
    spent,
  });

/** A builder ends without handing in. */
export const ends =
  (
    module: string,
    outcome: GenerationEnd,
    { restMs = 0, spent = null as Amount | null, what = null as keyof Amount | null } = {},
  ): Move =>
  (state) => ({
    type: 'record-generation-end',
    ...from(state, 'generate', module),
    outcome,
    message: outcome,
    seed: null,
    what,
    restMs,
    spent,
  });

export const rested =
  (module: string): Move =>
  (state) => ({ type: 'record-rest', ...from(state, 'rest', module) });

interface Judgement {
  readonly unit?: CheckOutcome;
  readonly review?: Verdict | null;
  /** What further reviewers say. */
  readonly others?: readonly Verdict[];
  /** Why the first one holds the tests to be wrong. */
  readonly testsWrong?: string;
  /** Of what it depends on; else the same for each submission. */
  readonly below?: string;
}

/** A module's gate was run; without more words, it passes. */
export const judged =
  (module: string, judgement: Judgement = {}): Move =>
  (state) => {
    const { unit = 'passed', review = 'PASS', others = [], testsWrong, below = '' } = judgement;
    const { attempt, contract, life } = moduleState(state, moduleId(module));
    const submitted = life.at === 'evaluating' ? life.submission.tree : '';
    const reviewOf = (verdict: Verdict) => ({
      ...{ verdict, summary: verdict, evidence: [], testsWrong: null },
    });
    const doubt = testsWrong === undefined ? null : { reason: testsWrong, tests: [] };
    const checks = state.plan.modules.find(({ id }) => id === module)?.checks ?? [];
    return {
      type: 'record-evaluation',
      ...from(state, 'evaluate', module),
      subject: tree(`${submitted}-in-place${below}`),
      checks: checks.map(({ name }) => result(name, name === 'unit' ? unit : 'passed')),
      review: review === null ? null : { ...reviewOf(review), testsWrong: doubt },
      others: others.map(reviewOf),
      seal: digest(`${module}-${attempt}-${contract.version}`),
      spent: zeroAmount,
    };
  };

/** Handed in, judged and sealed. */
export const sealed = (...modules: readonly string[]): Move[] =>
  modules.flatMap((module) => [submits(module), judged(module)]);

/** The checks of `tier:…` or `gate:…` were run; `blames`: check → the modules that it is held against. */
export const integrated =
  (
    gate: string,
    failing: readonly string[] = [],
    blames: Readonly<Record<string, string>> = {},
    outcome: CheckOutcome = 'failed',
  ): Move =>
  (state) => {
    const { kind, id } = parseNodeRef(gate as NodeRef);
    const plan =
      kind === 'tier'
        ? state.plan.tiers.find((tier) => tier.id === id)
        : state.plan.gates.find((each) => each.id === id);
    const names = plan !== undefined && 'checks' in plan ? plan.checks.map(({ name }) => name) : [];
    const command: Unstamped<RecordIntegration> = {
      type: 'record-integration',
      order: orderOf(state, ({ type, ...effect }) =>
        kind === 'tier'
          ? type === 'integrate' && 'tier' in effect && effect.tier === id
          : type === 'run-gate' && 'gate' in effect && effect.gate === id,
      ),
      gate: gate as NodeRef,
      tree: tree(`${id}-composed`),
      checks: names.map((name) => result(name, failing.includes(name) ? outcome : 'passed')),
      blames: Object.entries(blames).map(([check, blamed]) => ({
        check,
        between: [],
        blamed: moduleId(blamed),
        how: 'declared',
        reason: `${check} fails because of ${blamed}`,
      })),
      spent: zeroAmount,
    };
    return command;
  };

export const composed =
  (gate: string, subject: string): Move =>
  (state) => ({
    type: 'record-subject',
    order: orderOf(state, (effect) => effect.type === 'compose-subject' && effect.gate === gate),
    gate: gateId(gate),
    submission: digest(subject),
  });

export const planned =
  (module: string, contract: string): Move =>
  (state) => ({
    type: 'record-amendment',
    ...from(state, 'amend', module),
    contract: tree(contract),
    reason: 'clearer',
    spent: zeroAmount,
  });

/** A planner cuts a module into parts, each with a folder of its own; `over` spoils the first one. */
export const splits =
  (module: string, parts: readonly string[], over: Partial<SplitPart> = {}): Move =>
  (state) => ({
    type: 'record-split',
    ...fromSplit(state, module),
    parts: parts.map((id, at) => ({
      id,
      purpose: `the part ${id}`,
      owns: [`src/${module}/${id}/**`],
      needs: at === 0 ? [] : parts.slice(0, 1),
      checks: [],
      estimate: { minutes: 5, review: 1 },
      ...(at === 0 ? over : {}),
    })),
    contracts: parts.map((id) => ({ contract: tree(`${id}-1`), seed: tree(`${id}-seed`) })),
    reason: 'too large',
    spent: zeroAmount,
  });

const fromSplit = (state: RunState, module: string) => from(state, 'split', module);

export const splitFails =
  (module: string, retryable: boolean): Move =>
  (state) => ({
    type: 'record-amendment-failure',
    ...from(state, 'split', module),
    code: 'provider-failed',
    message: 'no answer',
    retryable,
    spent: zeroAmount,
  });

/** An arbiter decides the dispute about a module. */
export const arbitrated =
  (module: string, decision: Ruling): Move =>
  (state) => ({
    type: 'record-arbitration',
    ...disputeOf(state, module),
    decision,
    reason: `so it is: ${decision}`,
    spent: zeroAmount,
  });

export const arbiterFails =
  (module: string, retryable: boolean): Move =>
  (state) => ({
    type: 'record-arbitration-failure',
    ...disputeOf(state, module),
    code: 'no-arbiter',
    message: 'no answer',
    retryable,
    spent: zeroAmount,
  });

export const plannerFails =
  (module: string, retryable: boolean): Move =>
  (state) => ({
    type: 'record-amendment-failure',
    ...from(state, 'amend', module),
    code: 'provider-failed',
    message: 'no answer',
    retryable,
    spent: zeroAmount,
  });

/** The tests of a module's newest contract were listed. */
export const listed =
  (module: string): Move =>
  (state) => ({
    type: 'record-verification',
    ...from(state, 'verify-contract', module),
    result: { ok: true, listing: digest(`${module}-tests`), tests: 3 },
  });

export const vacuous =
  (module: string): Move =>
  (state) => ({
    type: 'record-verification',
    ...from(state, 'verify-contract', module),
    result: { ok: false, code: 'vacuous', evidence: [] },
  });

export const delivered =
  (ok = true): Move =>
  (state) => ({
    type: 'record-delivery',
    order: orderOf(state, ({ type }) => type === 'deliver'),
    result: ok
      ? { ok, kind: 'branch', name: 'ashlar/x', commit: null }
      : { ok, message: 'no space' },
  });

export const closed: Move = (state) => ({
  type: 'record-postmortem',
  order: orderOf(state, ({ type }) => type === 'write-postmortem'),
  digest: digest('postmortem'),
});

/** The effect was ended early. */
export const aborted =
  (effect: Effect): Move =>
  () => ({ type: 'record-abort', order: effect.order, effect });

/** Its provider served nobody, before or while it did this. */
export const unserved =
  (
    type: UnservedType,
    id: string,
    over: Partial<
      Pick<RecordUnserved, 'code' | 'message' | 'restMs' | 'provider' | 'model' | 'seed' | 'spent'>
    > = {},
  ): Move =>
  (state) => {
    const effect = outstanding(state).find(
      (each) =>
        each.type === type &&
        (('module' in each && each.module === id) ||
          ('tier' in each && each.tier === id) ||
          ('gate' in each && each.gate === id)),
    );
    if (effect?.type !== type) throw new Error(`no ${type} of ${id} is at work`);
    return {
      type: 'record-unserved',
      order: effect.order,
      effect,
      provider: 'scripted',
      model: null,
      code: 'provider-down',
      message: 'overloaded',
      seed: null,
      restMs: 0,
      spent: zeroAmount,
      ...over,
    };
  };

type UnservedType = RecordUnserved['effect']['type'];

/** The time is over for which the provider was left alone. */
export const providerRested =
  (provider = 'scripted'): Move =>
  (state) => ({
    type: 'record-provider-wait',
    order: orderOf(
      state,
      (effect) => effect.type === 'await-provider' && effect.provider === provider,
    ),
    provider,
  });

/** An agent at work tells what it has used so far. */
export const uses =
  (type: Effect['type'], module: string, lines: readonly UsageLine[], agent = 1): Move =>
  (state) => ({
    type: 'record-usage',
    order: effectOf(state, type, module).order,
    agent,
    for: nodeRef('module', module),
    role: type === 'evaluate' ? 'evaluator' : 'generator',
    lines,
  });

/** The process died, and another one goes on. */
export const takenOver: Move = ({ driver }) => ({
  type: 'start-driver',
  driver: driver + 1,
  host: 'here',
  pid: driver + 1,
});

export const outOfTime: Move = { type: 'check-budget' };

/** The effect at work on a module. */
export function effectOf(state: RunState, type: Effect['type'], module: string): Effect {
  const found = outstanding(state).find(
    (effect) => effect.type === type && 'module' in effect && effect.module === module,
  );
  if (found === undefined) throw new Error(`no ${type} of ${module} is at work`);
  return found;
}

function disputeOf(state: RunState, module: string) {
  const { conflict } = moduleState(state, moduleId(module));
  if (conflict === null) throw new Error(`${module} is not in dispute`);
  return { ...from(state, 'arbitrate', module), conflict };
}

function from(state: RunState, type: Effect['type'], module: string) {
  return { order: effectOf(state, type, module).order, module: moduleId(module) };
}

function orderOf(state: RunState, is: (effect: Effect) => boolean): Order {
  const found = outstanding(state).find(is);
  if (found === undefined) throw new Error('nothing of that kind is at work');
  return found.order;
}

function result(check: string, outcome: CheckOutcome): CheckResult {
  const passed = outcome === 'passed';
  const says = `${check} ${outcome}`;
  const evidence: Evidence = { kind: 'test', check, test: null, file: null, line: null, says };
  const counts = { passed: passed ? 3 : 2, failed: passed ? 0 : 1 };
  return {
    check,
    outcome,
    ...counts,
    durationMs: 5,
    cached: false,
    evidence: passed ? [] : [evidence],
  };
}
