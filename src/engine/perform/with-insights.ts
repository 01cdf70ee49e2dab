import type { RunState } from '../../core/state.ts';
import type { AgentProvider } from '../agents/agent.ts';
import type { AgentTask } from '../agents/task.ts';
import { clockOf } from '../agents-clock.ts';
import type { Clock } from '../clock.ts';
import { insightsFor, type GivenNotes } from '../insights/give-insights.ts';
import { NoteShelf } from '../insights/note-shelf.ts';
import { knowledgeFolder } from '../knowledge.ts';
import type { Books } from './attempt.ts';
import type { World } from './world.ts';

/** How long an agent waits for its notes: a folder on a drive that is gone may never answer. */
const mostMs = 5_000;

/** By run: what was read for the agent before. */
const shelves = new WeakMap<World, NoteShelf>();

/** What was learned in earlier runs stands in the task of who reads it; the run records what it was. */
export async function withInsights(
  world: World,
  state: RunState,
  { readsInsights, name }: Pick<AgentProvider, 'readsInsights' | 'name'>,
  task: AgentTask,
  signal: AbortSignal,
  { report, order, agent }: Pick<Books, 'report' | 'order' | 'agent'>,
): Promise<AgentTask> {
  if (readsInsights !== true || world.withoutInsights === true) return task;
  const folder = knowledgeFolder(world.runFolder);
  const shelf = shelves.get(world) ?? new NoteShelf();
  shelves.set(world, shelf);
  const given = await inTime(clockOf(name, world.clock), signal, (ended) =>
    insightsFor(folder, state, task, { redact: world.secrets, shelf, signal: ended }),
  );
  if (given === null || given.texts.length === 0) return task;
  report({ type: 'record-insights', order, agent, ...given.record });
  return { ...task, insights: given.texts } as AgentTask;
}

/** Whatever ails the folder, or keeps it from answering, an agent can begin without it: null. */
export async function inTime(
  clock: Clock,
  signal: AbortSignal,
  look: (ended: AbortSignal) => Promise<GivenNotes | null>,
): Promise<GivenNotes | null> {
  const late = new AbortController();
  using _ = clock.after(mostMs, () => late.abort(), { background: true });
  const ended = AbortSignal.any([signal, late.signal]);
  if (ended.aborted) return null;
  const over = new Promise<null>((resolve) => {
    ended.addEventListener('abort', () => resolve(null), { once: true });
  });
  return await Promise.race([look(ended).catch(() => null), over]);
}
