import { parseNodeRef } from '../../../core/ids.ts';
import type { AgentTask } from '../task.ts';
import type { Turn } from './turn.ts';

/** A script folder that was read and found sound. */
export interface Script {
  /** By folder: `lexer/1`, `lexer/contract-2`, `lexer/review-1`, `tiers/frontend/1`, `gates/accept/1`. */
  readonly turns: ReadonlyMap<string, Turn>;
  /** How many builder's turns a module has, by its name. */
  readonly attempts: ReadonlyMap<string, number>;
}

/** The turn that an agent plays for this task; null where none is scripted. */
export function turnFor(script: Script, task: AgentTask): Turn | null {
  const folder = turnFolder(script, task);
  return (folder === null ? undefined : script.turns.get(folder)) ?? null;
}

function turnFolder(script: Script, task: AgentTask): string | null {
  switch (task.role) {
    case 'generator':
    case 'reviser': {
      const last = script.attempts.get(task.module) ?? 0;
      return `${task.module}/${Math.min(task.attempt, last)}`;
    }
    case 'contract-author':
      return `${task.module}/contract-${task.version}`;
    case 'evaluator':
      return `${task.module}/review-${task.attempt}`;
    case 'integrator': {
      const { kind, id } = parseNodeRef(task.gate);
      if (kind !== 'tier' && kind !== 'gate') return null;
      return `${kind}s/${id}/${task.attempt}`;
    }
  }
}
