import type { RecordInsights } from '../../core/commands/agent-result.ts';
import { mostInsights } from '../../core/decide-insights.ts';
import { modulePlan } from '../../core/graph.ts';
import { onePage } from '../../core/projections/safe-text.ts';
import type { RunState } from '../../core/state.ts';
import type { AgentTask, InsightText, NotedTask } from '../agents/task.ts';
import type { Redaction } from '../gates/redaction.ts';
import type { Note } from './note.ts';
import { rankNotes, type Concern } from './rank-notes.ts';
import { readNotes, type Reading } from './read-notes.ts';

/** As much of each as is given. */
const maxChars = 1_000;

/** What stands in an agent's prompt, and what the run records of it. */
export interface GivenNotes {
  readonly texts: readonly InsightText[];
  readonly record: Pick<RecordInsights, 'module' | 'role' | 'attempt' | 'notes'>;
}

interface Giving extends Required<Reading> {
  readonly redact: Redaction;
}

/** The notes of earlier runs that concern the module of a task; null for tasks that are given none. */
export async function insightsFor(
  folder: string,
  state: RunState,
  task: AgentTask,
  { redact, shelf, signal }: Giving,
): Promise<GivenNotes | null> {
  if (!isNoted(task)) return null;
  const concern = concernOf(state, task);
  if (concern === null) return null;
  const found = await readNotes(folder, { shelf, signal });
  const notes = (await rankNotes(found, concern, signal)).slice(0, mostInsights);
  const { module, role } = task;
  const told = notes.map(({ file, title, type, digest }) => ({
    ...{ file, type, digest },
    title: redact(title),
  }));
  return {
    texts: notes.map((note) => ({ file: note.file, text: textOf(note, redact) })),
    record: { module, role, attempt: attemptOf(task), notes: told },
  };
}

/** Who judges what others are at odds about, or who of them is to blame, goes by the evidence alone. */
function isNoted(task: AgentTask): task is NotedTask {
  switch (task.role) {
    case 'generator':
    case 'reviser':
    case 'evaluator':
    case 'contract-author':
      return true;
    case 'architect':
      return task.work === 'split';
    case 'integrator':
    case 'arbiter':
    case 'scout':
      return false;
  }
}

function attemptOf(task: NotedTask): number {
  if ('attempt' in task) return task.attempt;
  return 'draft' in task ? task.draft : 1;
}

function concernOf({ plan, graph }: RunState, task: NotedTask): Concern | null {
  const { module } = task;
  const node = graph.moduleIndex.get(module);
  if (node === undefined) return null;
  const { purpose, owns } = modulePlan(plan, node);
  const contract = 'contract' in task ? task.contract.text : '';
  return { module, owns, artifact: plan.artifact.name, says: `${purpose}\n${contract}` };
}

function textOf({ title, type, date, body }: Note, redact: Redaction): string {
  const head = [title, date === '' ? type : `${type}, ${date}`];
  const text = onePage(redact([...head, '', body].join('\n')));
  return text.length <= maxChars
    ? text
    : `${text.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
