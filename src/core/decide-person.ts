import type {
  AmendContract,
  ApproveGate,
  CancelRun,
  PauseRun,
  RejectGate,
  ReopenModule,
  ResumeRun,
} from './commands/person.ts';
import type { Refusal } from './commands/refusal.ts';
import type { Deciding } from './deciding.ts';
import { amendContract } from './decide-contract.ts';
import { withdrawAll } from './follow-handoffs.ts';
import { moduleNode } from './lookup.ts';
import { outstanding } from './outstanding.ts';
import { delivering, ended, isHeld, no, refuseAmendment, refuseReopening } from './person-rules.ts';
import { phrase } from './phrase.ts';
import type { RunState } from './state.ts';
import type { GateState } from './gate-state.ts';

/** null: carried out. */
type Answer = Refusal | null;

export function pauseRun(deciding: Deciding, { by }: PauseRun): Answer {
  const refusal = ended(deciding.state);
  if (refusal !== null) return refusal;
  if (deciding.state.pausedAt !== null)
    return no('already-paused', phrase('the run is paused already'));
  deciding.emit({ type: 'run-paused', by });
  return null;
}

/** Also tries again to deliver what could not be delivered, and checks again what was missing. */
export function resumeRun(deciding: Deciding, { by }: ResumeRun): Answer {
  const refusal = ended(deciding.state);
  if (refusal !== null) return refusal;
  if (!isHeld(deciding.state)) return no('not-paused', phrase('the run is not paused'));
  deciding.emit({ type: 'run-resumed', by });
  if (deciding.state.phase.at === 'lacking') deciding.emit({ type: 'prerequisites-check-started' });
  return null;
}

export function cancelRun(deciding: Deciding, { by, reason }: CancelRun): Answer {
  const refusal = ended(deciding.state);
  if (refusal !== null) return refusal;
  if (deciding.state.phase.at === 'delivering') return delivering();
  for (const { order } of outstanding(deciding.state)) deciding.abort(order);
  deciding.emit({ type: 'run-cancelled', by, reason });
  withdrawAll(deciding, 'the run was cancelled');
  return null;
}

export function approveGate(deciding: Deciding, command: ApproveGate): Answer {
  const { gate, submission, by, note } = command;
  const refusal = refuseDecision(deciding.state, command);
  if (refusal !== null) return refusal;
  deciding.emit({ type: 'approval-given', gate, submission, by, note });
  return null;
}

export function rejectGate(deciding: Deciding, command: RejectGate): Answer {
  const { gate, submission, by, note } = command;
  const refusal = refuseDecision(deciding.state, command);
  if (refusal !== null) return refusal;
  deciding.emit({ type: 'approval-refused', gate, submission, by, note });
  return null;
}

/** A decision is bound to exactly what the person saw (law 12). A refusal may be taken back. */
function refuseDecision(state: RunState, command: ApproveGate | RejectGate): Answer {
  const refusal = ended(state);
  if (refusal !== null) return refusal;
  const node = state.graph.gateIndex.get(command.gate);
  if (node === undefined)
    return no('unknown-gate', phrase('the plan has no gate {0}', command.gate));
  const plan = state.plan.gates[node - state.graph.gateBase];
  if (plan?.kind !== 'approval') {
    return no(
      'not-an-approval',
      phrase('{0} is decided by its checks, not by a person', command.gate),
    );
  }
  const subject = subjectOf(state.gates.get(node - state.graph.gateBase));
  if (subject === null) {
    return no('nothing-to-approve', phrase('{0} does not wait for a decision now', command.gate));
  }
  if (subject === command.submission) return null;
  return no(
    'other-subject',
    phrase('{0} is now about {1}; look at that first', command.gate, subject),
  );
}

/** What a person may decide on at this gate; null where nothing waits. */
export function subjectOf({ life }: GateState) {
  return life.at === 'asked' || life.at === 'refused' ? life.submission : null;
}

export function reopenModule(deciding: Deciding, command: ReopenModule): Answer {
  const { state } = deciding;
  const refusal = refuseReopening(state, command);
  if (refusal !== null) return refusal;
  const { reason, by } = command;
  const { phase } = state;
  // Where the run is paused it stays so: only who resumes it says that work may start.
  if (phase.at === 'finished' || phase.at === 'undelivered') {
    deciding.emit({ type: 'run-reopened', by, reason });
  }
  amend(deciding, command);
  return null;
}

export function amendModule(deciding: Deciding, command: AmendContract): Answer {
  const { state } = deciding;
  const refusal = refuseAmendment(state, command);
  if (refusal !== null) return refusal;
  amend(deciding, command);
  return null;
}

function amend(deciding: Deciding, command: ReopenModule | AmendContract): void {
  const node = moduleNode(deciding.state, command.module);
  const version = deciding.state.modules.get(node).contract.version + 1;
  const { contract, reason, by } = command;
  amendContract(deciding, node, { version, contract, reason, source: 'person', by });
}
