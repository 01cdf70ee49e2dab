import { timeLeftMs } from '../../core/accounts.ts';
import { scaleAmount, subtractAmounts, zeroAmount, type Amount } from '../../core/budget.ts';
import type { ModuleId, NodeRef, Order } from '../../core/ids.ts';
import type { RunState } from '../../core/state.ts';
import { agentId } from '../agents/agent-id.ts';
import type { HandoffDesk } from '../agents/handoff.ts';
import type { AgentProvider, ProgressStep } from '../agents/agent.ts';
import { clockOf } from '../agents-clock.ts';
import { Supervision, type Late, type SupervisedOutcome } from '../agents/supervision.ts';
import type { CheckDesk } from '../agents/checked.ts';
import type { AgentTask } from '../agents/task.ts';
import type { TranscriptPen } from '../agents/transcript.ts';
import type { Performing } from '../performing.ts';
import { transcriptsFolder } from '../transcripts/read-transcripts.ts';
import { TranscriptFile } from '../transcripts/transcript-file.ts';
import { transcriptOf } from '../transcripts/transcript-name.ts';
import { sourcesOfTruth } from './sources-of-truth.ts';
import { withInsights } from './with-insights.ts';
import type { World } from './world.ts';

/** How long an agent that was told to end may take before it is left alone. */
const graceMs = 5_000;

/** Where an agent's usage goes. */
export interface Books extends Pick<Performing, 'report'> {
  readonly order: Order;
  readonly ref: NodeRef;
  /** Which of the order's agents it is; 1 for the first. */
  readonly agent: number;
}

export interface Watched {
  /** Whose agent it is, as the run books what it uses. */
  readonly books: Books;
  readonly onProgress?: (step: ProgressStep) => void;
  readonly desk?: HandoffDesk;
  readonly checks?: CheckDesk;
  readonly onLate?: (late: Late) => void;
}

/** One agent at one task, under watch until it has ended. */
export async function watchAgent(
  world: World,
  state: RunState,
  provider: AgentProvider,
  assigned: AgentTask,
  signal: AbortSignal,
  { books, onProgress, onLate, desk, checks }: Watched,
): Promise<SupervisedOutcome> {
  const { order, agent, ref, report } = books;
  const task = await withInsights(world, state, provider, assigned, signal, books);
  const whose = { ...transcriptOf(task, ref, { order, agent }), provider: provider.name };
  await using pen = new TranscriptFile(whose, {
    folder: transcriptsFolder(world.runFolder),
    redact: world.secrets,
    now: () => Date.now(),
  });
  const heard = countingAnswers(pen);
  const { minutes } = state.plan.budget;
  const leftMs = timeLeftMs(state, world.clock.now());
  const orchestrates = task.role === 'integrator' || task.role === 'arbiter';
  const supervision = new Supervision({
    provider,
    task,
    clock: clockOf(provider.name, world.clock),
    stallMs: state.plan.stallMinutes * 60_000,
    // What is reserved may be used; waiting takes nobody beyond the run's own minutes.
    wholeMs: () => Math.max(task.allowance.ms, leftMs + (world.minutes() - minutes) * 60_000),
    graceMs,
    signal,
    onProgress: onProgress ?? (() => undefined),
    onLate: onLate ?? (() => undefined),
    desk: desk ?? null,
    checks: checks ?? null,
    pen: heard.pen,
    redact: world.secrets,
    onUsage: (lines) => {
      const read = heard.take();
      const more = orchestrates && read > 0 ? { read } : {};
      report({ type: 'record-usage', order, agent, for: ref, role: task.role, lines, ...more });
    },
  });
  using _ = world.pauses.follow(supervision);
  return await supervision.outcome;
}

/** A pen that counts the bytes of what tools answered: the one thing in a transcript that its agent reads. */
function countingAnswers(pen: TranscriptPen) {
  let bytes = 0;
  return {
    pen: {
      write: (entry) => {
        if (entry.kind === 'tool-answered') bytes += Buffer.byteLength(entry.text);
        pen.write(entry);
      },
    } satisfies TranscriptPen,
    /** Since it was asked last. */
    take: (): number => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
  };
}

/** What every task begins with: the reservation of its order, less what a call may overshoot. */
export async function taskBasics(
  world: World,
  state: RunState,
  order: Order,
  epoch: number,
  provider: Pick<AgentProvider, 'metered'>,
) {
  const reserved: Amount = state.reservations.get(order) ?? zeroAmount;
  const allowance = lessOvershoot(reserved, provider);
  const sources = await sourcesOfTruth(world.store, state);
  return { run: world.run, agent: agentId(order), epoch, allowance, sources };
}

/** What an agent may be told to use up of what is reserved for it. */
export const lessOvershoot = (
  reserved: Amount,
  { metered }: Pick<AgentProvider, 'metered'>,
): Amount => (metered === 'session' ? subtractAmounts(reserved, overshoot(reserved)) : reserved);

/** One call of a session may cost more than was asked for: this much is held back for it. */
const overshootShare = 0.2;

function overshoot(reserved: Amount): Amount {
  return { ...scaleAmount(reserved, overshootShare), turns: Math.min(1, reserved.turns), ms: 0 };
}

/** Tells the run what an agent did after its attempt had ended. */
export const lateReport =
  (
    { report }: Pick<Performing, 'report'>,
    from: { readonly order: Order; readonly module: ModuleId | null },
    whose: string,
  ) =>
  ({ kind, spent }: Late): void =>
    report({ type: 'record-late', ...from, what: `${kind}, after ${whose} had ended`, spent });
