import type { TaskRole } from '../../core/events/agent.ts';
import { isName, order, parseNodeRef, type NodeRef, type Order } from '../../core/ids.ts';
import type { AgentTask } from '../agents/task.ts';

/** Whose transcript it is: what its file is called by. */
export interface TranscriptOf {
  /** `planning`: it was before there was a plan, and its id is its role. */
  readonly kind: 'module' | 'tier' | 'gate' | 'planning';
  readonly id: string;
  /** Of a builder or reviewer; of a planner which draft, of an arbiter which arbitration, of a scout which scout. */
  readonly attempt: number;
  readonly role: TaskRole;
  readonly order: Order;
  /** Which of the order's agents; from 1. */
  readonly agent: number;
}

const roles: readonly TaskRole[] = [
  'scout',
  'generator',
  'reviser',
  'evaluator',
  'integrator',
  'contract-author',
  'architect',
  'arbiter',
];

export function transcriptOf(
  task: AgentTask,
  ref: NodeRef,
  { order: by, agent }: Pick<TranscriptOf, 'order' | 'agent'>,
): TranscriptOf {
  const { kind, id } = parseNodeRef(ref);
  if (kind === 'stream') throw new Error('no agent works on a stream');
  return { kind, id, role: task.role, attempt: attemptOf(task), order: by, agent };
}

/** The same of an agent that plans a goal, the only one of its order. */
export const planningTranscript = (task: AgentTask, by: Order): TranscriptOf => ({
  ...{ kind: 'planning', id: task.role, role: task.role, attempt: attemptOf(task) },
  ...{ order: by, agent: 1 },
});

function attemptOf(task: AgentTask): number {
  if (task.role === 'scout') return task.scout;
  if ('attempt' in task) return task.attempt;
  if ('draft' in task) return task.draft;
  return 'arbitration' in task ? task.arbitration : 1;
}

/** `module.lexer.2.evaluator.57-1.md`: names hold no dots. */
export const transcriptName = ({
  kind,
  id,
  attempt,
  role,
  order: by,
  agent,
}: TranscriptOf): string => `${kind}.${id}.${attempt}.${role}.${by}-${agent}.md`;

/** null: the file is none of ours. */
export function parseTranscriptName(name: string): TranscriptOf | null {
  const found =
    /^(module|tier|gate|planning)\.([a-z0-9-]+)\.(\d{1,6})\.([a-z-]+)\.(\d{1,9})-(\d{1,4})\.md$/.exec(
      name,
    );
  if (found === null) return null;
  const [, kind = '', id = '', attempt, said, by, agent] = found;
  const role = roles.find((each) => each === said);
  if (role === undefined || !isName(id)) return null;
  return {
    kind: kind as TranscriptOf['kind'],
    ...{ id, attempt: Number(attempt), role },
    ...{ order: order(Number(by)), agent: Number(agent) },
  };
}
