import {
  conflictIndex,
  conflictOf,
  rulingsOn,
  type ConflictRule,
  type Ruling,
} from './conflict.ts';
import type { RecordArbitration, RecordArbitrationFailure } from './commands/dispute-result.ts';
import type { ResolveConflict } from './commands/person.ts';
import type { Refusal } from './commands/refusal.ts';
import type { Deciding } from './deciding.ts';
import { spend } from './decide-budget.ts';
import { resolve } from './decide-conflict.ts';
import { askPerson } from './decide-dispute.ts';
import { moduleId, nodeRef, parseNodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import { ended, no } from './person-rules.ts';
import { oneOf, phrase } from './phrase.ts';
import type { RunState } from './state.ts';

/** How often an arbiter is asked about one dispute. */
const maxArbiterEpochs = 3;

/** An arbiter decided; what is not its to decide goes to a person. */
export function recordArbitration(deciding: Deciding, command: RecordArbitration): void {
  const node = moduleNode(deciding.state, command.module);
  const { id, life, judgement } = deciding.state.modules.get(node);
  if (life.at !== 'disputed' || life.order !== command.order) {
    deciding.rejectLate(command.order, id, 'the word of a replaced arbiter');
    return;
  }
  spend(deciding, command.order, nodeRef('module', id), 'planner', command.spent);
  const { decision, reason } = command;
  const conflict = conflictOf(deciding.state, life.conflict);
  if (rulingsOn(conflict, judgement).includes(decision)) {
    rule(deciding, node, conflict.id, { rule: 'arbiter', decision, reason, by: 'arbiter' });
    return;
  }
  const message = `the arbiter said ${decision}, which its checks do not allow`;
  failed(deciding, node, 'not-possible', message, false);
  askPerson(deciding, node, message);
}

export function recordArbitrationFailure(
  deciding: Deciding,
  command: RecordArbitrationFailure,
): void {
  const node = moduleNode(deciding.state, command.module);
  const { id, life } = deciding.state.modules.get(node);
  if (life.at !== 'disputed' || life.order !== command.order) {
    deciding.rejectLate(command.order, id, 'the failure of a replaced arbiter');
    return;
  }
  spend(deciding, command.order, nodeRef('module', id), 'planner', command.spent);
  const { code, message, retryable } = command;
  failed(deciding, node, code, message, retryable);
  if (!retryable || life.epoch >= maxArbiterEpochs) askPerson(deciding, node, message);
}

/** Its driver died, it was stopped, or its word is not needed any more; what it spent counts in full. */
export function loseArbitration(deciding: Deciding, node: number, message: string): void {
  const { id, life } = deciding.state.modules.get(node);
  if (life.at !== 'disputed' || life.order === null) return;
  spend(deciding, life.order, nodeRef('module', id), 'planner', null);
  failed(deciding, node, 'lost', message, true);
}

function failed(
  deciding: Deciding,
  node: number,
  code: string,
  message: string,
  retryable: boolean,
): void {
  const { id: module, life } = deciding.state.modules.get(node);
  if (life.at !== 'disputed') return;
  const { conflict } = life;
  deciding.emit({ type: 'arbitration-failed', conflict, module, code, message, retryable });
}

interface Word {
  readonly rule: ConflictRule;
  readonly decision: Ruling;
  readonly reason: string;
  readonly by: string;
}

/** What was decided holds from here on: revised, judged by the checks alone, or amended. */
function rule(deciding: Deciding, node: number, conflict: number, word: Word): void {
  const { id: module, evidence } = deciding.state.modules.get(node);
  resolve(deciding, conflict, word);
  if (word.decision !== 'amend') return;
  const { reason } = word;
  const asked = { type: 'amendment-requested', module, source: 'dispute' } as const;
  deciding.emit({ ...asked, reason, evidence });
}

/** A person decides a dispute, also in an arbiter's place. */
export function resolveConflict(deciding: Deciding, command: ResolveConflict): Refusal | null {
  const refusal = refuseRuling(deciding.state, command);
  if (refusal !== null) return refusal;
  const { conflict, decision, reason, by } = command;
  const [party] = conflictOf(deciding.state, conflict).parties;
  if (party === undefined) return null;
  const node = moduleNode(deciding.state, moduleId(parseNodeRef(party).id));
  const { life } = deciding.state.modules.get(node);
  if (life.at === 'disputed' && life.order !== null) deciding.abort(life.order);
  loseArbitration(deciding, node, 'a person decided first');
  rule(deciding, node, conflict, { rule: 'person', decision, reason, by });
  return null;
}

/** Why a person cannot decide this so; null where that is possible. */
function refuseRuling(
  state: RunState,
  { conflict: id, decision }: Pick<ResolveConflict, 'conflict' | 'decision'>,
): Refusal | null {
  const refusal = ended(state);
  if (refusal !== null) return refusal;
  const index = conflictIndex(state.conflicts, id);
  if (index === -1) return no('unknown-conflict', phrase('the run has no conflict {0}', id));
  const conflict = state.conflicts.get(index);
  if (conflict.resolved !== null) {
    const { rule: by, decision: said } = conflict.resolved;
    return no('conflict-resolved', phrase('conflict {0} is resolved ({1}: {2})', id, by, said));
  }
  const party = parseNodeRef(conflict.parties[0] ?? nodeRef('stream', ''));
  if (party.kind !== 'module') {
    return no(
      'not-to-decide',
      phrase('{0} is blocked: reopen a module of it', `${party.kind} ${party.id}`),
    );
  }
  const module = state.modules.get(moduleNode(state, moduleId(party.id)));
  if (module.life.at !== 'disputed' && module.life.at !== 'escalated') {
    return no(
      'not-to-decide',
      phrase('the checks of {0} are being run again; their result decides', module.id),
    );
  }
  const possible = rulingsOn(conflict, module.judgement);
  if (possible.includes(decision)) return null;
  return no(
    'not-possible',
    phrase('{0} cannot pass on a word here: decide {1}', module.id, oneOf(possible)),
  );
}
