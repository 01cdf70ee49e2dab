import { zeroAmount, type Amount } from '../../core/budget.ts';
import { onePage } from '../../core/projections/safe-text.ts';
import { testPreconditions as byFigures } from '../../core/plan/precondition-test.ts';
import type { AgentProvider } from '../agents/agent.ts';
import { clockOf } from '../agents-clock.ts';
import { systemClock } from '../clock.ts';
import { AsyncDisposableStack } from '../disposable-stack.ts';
import type { ModelOptions } from '../agents/model-service.ts';
import { planningPriceNotes } from '../open-models.ts';
import { openPlanner } from '../providers.ts';
import { newRunId } from '../run-folder.ts';
import { takeBase } from '../store/base.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';
import { Store } from '../store/store.ts';
import { WorkFolders } from '../store/work-folder.ts';
import { transcriptsFolder } from '../transcripts/read-transcripts.ts';
import { keysOf } from '../known-keys.ts';
import { secretsOf } from '../transcripts/secrets.ts';
import { interrupted, type KnownGoal, type PlanningEnd } from './consult.ts';
import type { WorkspaceFiles } from './hold-proposal.ts';
import {
  forgetQuestions,
  keepQuestions,
  readQuestions,
  type KeptQuestions,
} from './kept-questions.ts';
import { layProposal, proposalIntro } from './lay-proposal.ts';
import { removeLeftFolders } from './left-folders.ts';
import type { PlannedGoal, ProposedPlan } from './planned-goal.ts';
import { noPlanningCosts, PlanningCosts } from './planning-costs.ts';
import { beginPlanning, planningFolderFault } from './planning-folder.ts';
import { tokenPrice, type PlanningDesk, type PlanningProgress } from './planning-desk.ts';
import { PlanningPurse } from './planning-purse.ts';
import { proposePlan } from './propose-plan.ts';
import { answered, questionRound, type AskPerson } from './question-round.ts';
import { scout } from './scouting.ts';
import { testPreconditions } from './test-preconditions.ts';
import { isPlanName, namesTaken, planNames } from './write-proposal.ts';

export interface PlanGoalOptions {
  /** Absolute. */
  readonly workspace: string;
  readonly goal: string;
  /** What the plan is to be called; null: by its artifact. */
  readonly name: string | null;
  /** Whether a plan of that name is given up for the new one. */
  readonly force: boolean;
  readonly base: 'work-tree' | 'HEAD';
  /** What makes the agents, where the caller has it; else it is opened by its name. */
  readonly provider?: AgentProvider;
  /** The agent provider's name; null: whatever there is. */
  readonly agents: string | null;
  /** What scripted agents play; null: `script` in the workspace. */
  readonly script: string | null;
  readonly models: ModelOptions;
  /** Of scripted agents. */
  readonly speed: number;
  /** What planning may use up, its time included. */
  readonly budget: Amount;
  /** False: an architect assumes what it would ask. */
  readonly mayAsk: boolean;
  /** To the questions that were asked about this goal before, in their order. */
  readonly answers: readonly string[];
  /** null: nobody is there to be asked. */
  readonly person: AskPerson | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanningProgress) => void;
}

/** As long as a goal can be said; what is more belongs into a file that scouts find. */
const maxGoalChars = 4_000;

/**
 * From a goal to a plan file with its design beside it: scouts look around side by side, an architect
 * tests the preconditions, and proposes a plan where they hold. Nothing of the plan is run.
 */
export async function planGoal(options: PlanGoalOptions): Promise<PlannedGoal> {
  const { workspace, name, force, answers } = options;
  const goal = onePage(options.goal);
  const refuse = (code: string, message: string): PlannedGoal => ({
    ...{ kind: 'failed', code, message, ...nothingDone },
  });
  if (goal === '') return refuse('no-goal', 'the goal is empty; say what is to be built');
  if (options.goal.trim().length > maxGoalChars) {
    const message = `the goal is over ${maxGoalChars} characters; put it into a file, and name that`;
    return refuse('goal-too-long', message);
  }
  if (name !== null && !isPlanName(name)) {
    const message = 'a plan is called by up to 60 of a-z, 0-9 and -, the first one no -';
    return refuse('bad-name', message);
  }
  const [taken] = name === null || force ? [] : await namesTaken(workspace, planNames(name));
  if (taken !== undefined) {
    const message = `${taken} is there already; take another --name, or --force to give it up`;
    return refuse('name-taken', message);
  }
  const unsafe = await planningFolderFault(workspace);
  if (unsafe !== null) return refuse('unsafe-folder', unsafe);
  const kept = answers.length === 0 ? null : await readQuestions(workspace, goal);
  if (answers.length > 0) {
    const fault = answersFault(kept, answers.length);
    if (fault !== null) return refuse('no-questions', fault);
  }
  const scripted = systemClock(options.speed);
  const opened =
    options.provider === undefined
      ? await openPlanner({ ...options, workspace, clock: scripted })
      : ({ ok: true, provider: options.provider } as const);
  if (!opened.ok) return refuse(opened.code, opened.message);
  const clock = clockOf(opened.provider.name, scripted);
  const unpriced = planningPriceNotes(opened.provider.name, options.models);
  for (const says of unpriced) options.onProgress({ kind: 'note', says });

  await using open = new AsyncDisposableStack();
  const store = open.use(await Store.open(workspace));
  options.onProgress({ kind: 'step', says: 'taking the files as they are' });
  const taking = { commit: options.base, run: null, signal: options.signal };
  const based = await takeBase(store, taking).catch((error: unknown) => {
    if (options.signal.aborted) return null;
    throw error;
  });
  if (based === null) return refuse(interrupted.code, interrupted.message);
  if (!based.ok) {
    const { code, message, fix } = based.failure;
    return refuse(code, `${message} ${fix}`);
  }
  const folders = await WorkFolders.open(store);
  await removeLeftFolders(workspace, folders);
  const run = newRunId(clock.now());
  open.use({ [Symbol.asyncDispose]: () => folders.removeAll(run) });
  let last = 0;
  const purse = new PlanningPurse(options.budget);
  const costs = new PlanningCosts();
  const transcripts = transcriptsFolder(await beginPlanning(workspace, run));
  const desk: PlanningDesk = {
    ...{
      run,
      folders,
      purse,
      costs,
      transcripts,
      clock,
      provider: opened.provider,
      service: options.models.service,
      base: based.base.tree,
    },
    secrets: secretsOf(process.env, null, keysOf(options.models.service)),
    ...{ signal: options.signal, onProgress: options.onProgress },
    untilMs: clock.monotonic() + options.budget.ms,
    nextAgent: () => ++last,
  };
  const there = workspaceFiles(store, based.base, await store.listTree(based.base.tree));
  const { end, notes } = await steps(desk, { ...options, goal }, kept, there);
  if (end.kind !== 'questions' && end.kind !== 'failed') await forgetQuestions(workspace, goal);
  const came = { spent: purse.spent, costs: costs.account, planning: run };
  return { ...end, ...came, notes: [...unpriced, ...notes] };
}

/** Where nobody was asked for anything. */
const nothingDone = {
  spent: zeroAmount,
  costs: noPlanningCosts,
  planning: null,
  notes: [],
} as const;

interface Ended {
  readonly end: PlanningEnd | ProposedPlan;
  readonly notes: readonly string[];
}

/** Scouts, precondition test, proposal; `kept` takes the place of what led to its questions. */
async function steps(
  desk: PlanningDesk,
  options: PlanGoalOptions,
  kept: KeptQuestions | null,
  there: WorkspaceFiles,
): Promise<Ended> {
  const { workspace, goal, person, signal } = options;
  const notes: string[] = [];
  let findings = kept?.findings ?? [];
  if (kept === null) {
    const scouted = await scout(desk, goal);
    if (scouted.isAborted) return { end: interrupted, notes };
    if (scouted.unserved !== null) return { end: scouted.unserved, notes };
    ({ findings } = scouted);
    notes.push(...scouted.notes);
  }
  const round = questionRound({
    ...{ person, signal },
    mayAsk: options.mayAsk && kept === null,
    answers: kept === null ? [] : answered(kept.questions, options.answers),
    keep: (questions, assessment) =>
      keepQuestions(workspace, goal, {
        ...{ findings, assessment, questions },
        microUsdPerToken: tokenPrice(desk),
      }),
  });
  const known: KnownGoal = { goal, findings, round };
  const askedBy = kept === null ? null : kept.assessment === null ? 'precondition' : 'plan';

  const assessment = kept?.assessment ?? null;
  const tested =
    assessment === null
      ? await testPreconditions(desk, known, askedBy === 'precondition' ? 2 : 1)
      : ({ at: 'held', test: byFigures(assessment, kept?.microUsdPerToken ?? 0) } as const);
  if (tested.at === 'end') return { end: tested.end, notes };
  const { test } = tested;

  const fileName = options.name === null ? 'the plan' : planNames(options.name).plan;
  const rules = {
    ...{ fileName, there, agent: desk.provider.name },
    intro: proposalIntro(goal, test),
  };
  const planned = await proposePlan(desk, known, test, askedBy === 'plan' ? 2 : 1, rules);
  if (planned.at === 'end') return { end: planned.end, notes };
  notes.push(...planned.notes);
  // From here on files are written: an interrupt comes before all of them, or after.
  if (signal.aborted) return { end: interrupted, notes };
  const laid = await layProposal(options, planned.held, { goal, test, answers: round.answers });
  if (laid.kind === 'failed') return { end: laid, notes };
  return { end: laid.plan, notes: [...notes, ...laid.notes] };
}

function answersFault(kept: KeptQuestions | null, given: number): string | null {
  if (kept === null) {
    return 'nothing was asked about this goal, word by word; leave out --answer to begin';
  }
  const asked = kept.questions.length;
  if (given === asked) return null;
  return `${asked} questions were asked about this goal, and ${given} answered: give --answer ${asked} times, in their order`;
}

function workspaceFiles(
  store: Store,
  { tree, submodules, lfs }: BaseRecord,
  entries: readonly { readonly path: string }[],
): WorkspaceFiles {
  return {
    paths: entries.map(({ path }) => path),
    read: async (path) => (await store.readFile(tree, path))?.toString('utf8') ?? null,
    ...{ submodules, lfs },
  };
}
