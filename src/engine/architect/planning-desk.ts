import {
  addAmounts,
  minAmount,
  subtractAmounts,
  zeroAmount,
  type Amount,
} from '../../core/budget.ts';
import { order, type RunId, type TreeId } from '../../core/ids.ts';
import { agentId } from '../agents/agent-id.ts';
import type { AgentProvider } from '../agents/agent.ts';
import type { ModelService } from '../agents/model-service.ts';
import { Supervision, type SupervisedOutcome } from '../agents/supervision.ts';
import type { AgentTask } from '../agents/task.ts';
import type { Clock } from '../clock.ts';
import { lessOvershoot } from '../perform/attempt.ts';
import type { Redaction } from '../gates/redaction.ts';
import { protectFiles } from '../store/protect-files.ts';
import { TranscriptFile } from '../transcripts/transcript-file.ts';
import { planningTranscript } from '../transcripts/transcript-name.ts';
import type { WorkFolders } from '../store/work-folder.ts';
import type { PlanningCosts } from './planning-costs.ts';
import type { PlanningPurse } from './planning-purse.ts';

/** What is the same for all agents that plan one goal. */
export interface PlanningDesk {
  /** Names the planning, as no run does: agents and folders are called by it. */
  readonly run: RunId;
  readonly provider: AgentProvider;
  /** How the service behind its agents is reached, for people who are to mend that. */
  readonly service: Pick<ModelService, 'baseURL' | 'keyHint'>;
  /** Takes secrets out of all that agents say, before it is kept or shown. */
  readonly secrets: Redaction;
  readonly folders: WorkFolders;
  /** The workspace's files as they were when planning began. */
  readonly base: TreeId;
  readonly purse: PlanningPurse;
  readonly costs: PlanningCosts;
  /** Where what its agents are told, say and do is taken down for people. */
  readonly transcripts: string;
  /** When the time is over, on the clock's monotonic time. */
  readonly untilMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanningProgress) => void;
  /** No agent of one planning is called like another. */
  readonly nextAgent: () => number;
}

/** What a token has cost so far; 0 before the first, and where it is not known of every call. */
export const tokenPrice = ({ purse, costs }: Pick<PlanningDesk, 'purse' | 'costs'>): number =>
  costs.arePriced ? purse.microUsdPerToken : 0;

/** What people see of a planning while it goes on. */
export type PlanningProgress =
  /** the next step begins, or one has told something worth keeping */
  | { readonly kind: 'step'; readonly says: string }
  /** what whoever pays should know before it costs anything; the result's notes hold it too */
  | { readonly kind: 'note'; readonly says: string }
  /** what an agent does now */
  | { readonly kind: 'agent'; readonly who: string; readonly says: string };

/** What an agent is told besides what its desk knows. */
export type PlanningWork<Task extends AgentTask> = Task extends AgentTask
  ? Omit<Task, 'run' | 'agent' | 'epoch' | 'allowance' | 'folder'>
  : never;

/** An agent that fails in a way that another may not is replaced once. */
const agents = 2;
const stallMs = 5 * 60_000;
const graceMs = 5_000;
/** Nobody waits longer before a replacement is tried. */
const longestRestMs = 60_000;

/**
 * Has one agent do one piece of planning, in a copy of the workspace's files that nobody takes
 * anything from. `reserved` was taken from the purse, and is settled here.
 */
export async function planningAgent(
  desk: PlanningDesk,
  who: string,
  work: PlanningWork<AgentTask>,
  reserved: Amount,
): Promise<SupervisedOutcome> {
  let spent = zeroAmount;
  try {
    for (let epoch = 1; ; epoch++) {
      const number = desk.nextAgent();
      const left = lessOvershoot(subtractAmounts(reserved, { ...spent, ms: 0 }), desk.provider);
      const ms = Math.max(0, desk.untilMs - desk.clock.monotonic());
      const allowance = { ...minAmount(left, reserved), ms };
      const outcome = await attempt(desk, who, { ...work, epoch, allowance }, number);
      spent = addAmounts(spent, outcome.spent);
      const restMs = restBefore(outcome);
      if (restMs === null || epoch === agents || ms === 0) return outcome;
      await desk.clock.sleep(Math.min(restMs, longestRestMs), desk.signal);
    }
  } catch (error) {
    if (desk.signal.aborted) return { kind: 'aborted', spent };
    throw error;
  } finally {
    desk.purse.settle(reserved, spent);
  }
}

async function attempt(
  desk: PlanningDesk,
  who: string,
  work: PlanningWork<AgentTask> & Pick<AgentTask, 'epoch' | 'allowance'>,
  number: number,
): Promise<SupervisedOutcome> {
  const { run, provider, secrets, folders, base, costs, clock, signal, onProgress } = desk;
  const agent = agentId(order(number));
  await using folder = await folders.create(run, `planning-${number}`, base);
  protectFiles(folder.path);
  const task = { ...work, run, agent, folder: folder.path } as AgentTask;
  const whose = { ...planningTranscript(task, order(number)), provider: provider.name };
  const around = { folder: desk.transcripts, redact: secrets, now: () => Date.now() };
  await using pen = new TranscriptFile(whose, around);
  const supervision = new Supervision({
    ...{ provider, task, clock, stallMs, graceMs, signal, wholeMs: () => work.allowance.ms },
    onProgress: ({ says }) => onProgress({ kind: 'agent', who, says }),
    onLate: () => undefined,
    onUsage: (lines) => costs.note(number, task.role, lines),
    redact: secrets,
    pen,
  });
  return await supervision.outcome;
}

/** null: another agent would fare no better, or this one did its work. */
function restBefore(outcome: SupervisedOutcome): number | null {
  if (outcome.kind === 'stalled') return 0;
  if (outcome.kind !== 'failed' || outcome.retry.kind === 'terminal') return null;
  return outcome.retry.afterMs;
}
