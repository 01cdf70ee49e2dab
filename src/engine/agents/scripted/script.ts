import { parseNodeRef } from '../../../core/ids.ts';
import type { AgentTask, ContractAuthorTask } from '../task.ts';
import type { Turn } from './turn.ts';

/** A script folder that was read and found sound. */
export interface Script {
  /**
   * By folder: `lexer/1`, `lexer/contract-2`, `lexer/contract-2-3`, `lexer/review-1`, `lexer/review-1-b` (a second
   * reviewer's), `tiers/frontend/1`, `gates/accept/1`, `arbiter/1`, `scout/1`,
   * `architect/precondition-1`, `architect/1`.
   */
  readonly turns: ReadonlyMap<string, Turn>;
  /** How many builder's turns a module has, by its name. */
  readonly attempts: ReadonlyMap<string, number>;
}

/** The turn that an agent plays for this task; null where none is scripted. */
export function turnFor(script: Script, task: AgentTask): Turn | null {
  const folder = turnFolder(script, task);
  return (folder === null ? undefined : script.turns.get(folder)) ?? null;
}

/** `contract-1-3` is for the third time that version 1 is asked for; else the one before is played. */
function contractFolder({ turns }: Script, { module, version, draft }: ContractAuthorTask): string {
  const first = `${module}/contract-${version}`;
  for (let at = Math.min(draft, 9); at > 1; at--) {
    if (turns.has(`${first}-${at}`)) return `${first}-${at}`;
  }
  return first;
}

function turnFolder(script: Script, task: AgentTask): string | null {
  switch (task.role) {
    case 'generator':
    case 'reviser': {
      const last = script.attempts.get(task.module) ?? 0;
      return `${task.module}/${Math.min(task.attempt, last)}`;
    }
    case 'contract-author':
      return contractFolder(script, task);
    case 'architect':
      return architectFolder(task);
    case 'scout':
      return `scout/${task.scout}`;
    case 'evaluator': {
      const further = task.reviewer === 1 ? '' : `-${reviewerLetter(task.reviewer)}`;
      return `${task.module}/review-${task.attempt}${further}`;
    }
    case 'arbiter':
      return `arbiter/${task.arbitration}`;
    case 'integrator': {
      const { kind, id } = parseNodeRef(task.gate);
      if (kind !== 'tier' && kind !== 'gate') return null;
      return `${kind}s/${id}/${task.attempt}`;
    }
  }
}

function architectFolder(task: Extract<AgentTask, { role: 'architect' }>): string {
  switch (task.work) {
    case 'split':
      return `${task.module}/split-${task.epoch}`;
    case 'precondition':
      return `architect/precondition-${task.draft}`;
    case 'plan':
      return `architect/${task.draft}`;
  }
}

/** `b` for the second. */
const reviewerLetter = (reviewer: number): string => String.fromCharCode(96 + reviewer);
