import type { Command } from './commands.ts';
import type { Refusal } from './commands/refusal.ts';
import {
  recordArbitration,
  recordArbitrationFailure,
  resolveConflict,
} from './decide-arbitration.ts';
import { no } from './person-rules.ts';
import { phrase } from './phrase.ts';
import { recordAbort } from './decide-abort.ts';
import {
  recordGenerationEnd,
  recordLate,
  recordProgress,
  recordRest,
  recordSubmission,
} from './decide-attempt.ts';
import { changeBudget } from './decide-change-budget.ts';
import { recordAmendment, recordAmendmentFailure, recordVerification } from './decide-contract.ts';
import { recordEvaluation } from './decide-evaluation.ts';
import { recordIntegration, recordSubject } from './decide-gate.ts';
import { recordHandoff, recordReceipt, recordRequest } from './decide-handoff.ts';
import {
  amendModule,
  approveGate,
  cancelRun,
  pauseRun,
  rejectGate,
  reopenModule,
  resumeRun,
} from './decide-person.ts';
import { recordInsights } from './decide-insights.ts';
import { recordPrerequisite, recordPrerequisites } from './decide-prerequisites.ts';
import { recordDelivery, recordPostmortem, startDriver, startRun } from './decide-run.ts';
import {
  noteAnswer,
  recordProviderWait,
  recordUnserved,
  recordUsage,
  retryProvider,
  switchAgents,
} from './decide-provider.ts';
import { Deciding, refuse, type Decision } from './deciding.ts';
import { recordSplit } from './decide-split.ts';
import { startWork } from './start-work.ts';
import type { RunState } from './state.ts';

/**
 * The rules of a run: what a command leads to in a state. Pure; `state` is null before
 * `start-run`. Results of effects are never refused: a late one is rejected by an event. Only what
 * an agent at work asks for may be, with a reason that it can act on. `begins` false: the decision is a
 * part of one that goes on with the next command, and nothing starts before the last of them.
 */
export function decide(state: RunState | null, command: Command, begins = true): Decision {
  if (state === null && command.type !== 'start-run') {
    throw new Error(`${command.type} before the run was started`);
  }
  const deciding = new Deciding(state, command);
  const refusal = carryOut(deciding, command, state !== null);
  if (refusal !== null) return refuse(refusal);
  if (begins) startWork(deciding);
  return deciding.done();
}

/** null: carried out. */
function carryOut(deciding: Deciding, command: Command, begun: boolean): Refusal | null {
  // A module that was split is gone; what its agents still send changes nothing.
  if (begun && 'order' in command && 'module' in command) {
    const { module } = command;
    if (module !== null && !deciding.state.graph.moduleIndex.has(module)) {
      deciding.rejectLate(command.order, module, 'a result for a module that was split');
      return null;
    }
  }
  if (begun) noteAnswer(deciding, command);
  switch (command.type) {
    case 'start-run':
      if (begun) return no('already-started', phrase('the run was started already'));
      startRun(deciding, command);
      return null;
    case 'start-driver':
      if (command.driver <= deciding.state.driver) {
        return no('stale-driver', phrase('another driver has taken the run over'));
      }
      startDriver(deciding, command);
      return null;
    case 'check-budget':
      return null;
    case 'pause-run':
      return pauseRun(deciding, command);
    case 'resume-run':
      return resumeRun(deciding, command);
    case 'cancel-run':
      return cancelRun(deciding, command);
    case 'approve-gate':
      return approveGate(deciding, command);
    case 'reject-gate':
      return rejectGate(deciding, command);
    case 'reopen-module':
      return reopenModule(deciding, command);
    case 'amend-contract':
      return amendModule(deciding, command);
    case 'change-budget':
      return changeBudget(deciding, command);
    case 'resolve-conflict':
      return resolveConflict(deciding, command);
    case 'retry-provider':
      return retryProvider(deciding, command);
    case 'switch-agents':
      return switchAgents(deciding, command);
    case 'record-insights':
      recordInsights(deciding, command);
      return null;
    case 'record-usage':
      recordUsage(deciding, command);
      return null;
    case 'record-unserved':
      recordUnserved(deciding, command);
      return null;
    case 'record-provider-wait':
      recordProviderWait(deciding, command);
      return null;
    case 'record-prerequisite':
      recordPrerequisite(deciding, command);
      return null;
    case 'record-prerequisites':
      recordPrerequisites(deciding, command);
      return null;
    case 'record-progress':
      recordProgress(deciding, command);
      return null;
    case 'record-submission':
      recordSubmission(deciding, command);
      return null;
    case 'record-generation-end':
      recordGenerationEnd(deciding, command);
      return null;
    case 'record-rest':
      recordRest(deciding, command);
      return null;
    case 'record-evaluation':
      recordEvaluation(deciding, command);
      return null;
    case 'record-integration':
      recordIntegration(deciding, command);
      return null;
    case 'record-subject':
      recordSubject(deciding, command);
      return null;
    case 'record-amendment':
      recordAmendment(deciding, command);
      return null;
    case 'record-amendment-failure':
      recordAmendmentFailure(deciding, command);
      return null;
    case 'record-split':
      recordSplit(deciding, command);
      return null;
    case 'record-arbitration':
      recordArbitration(deciding, command);
      return null;
    case 'record-arbitration-failure':
      recordArbitrationFailure(deciding, command);
      return null;
    case 'record-verification':
      recordVerification(deciding, command);
      return null;
    case 'record-delivery':
      recordDelivery(deciding, command);
      return null;
    case 'record-late':
      recordLate(deciding, command);
      return null;
    case 'record-handoff':
      return recordHandoff(deciding, command);
    case 'record-request':
      return recordRequest(deciding, command);
    case 'record-receipt':
      recordReceipt(deciding, command);
      return null;
    case 'record-abort':
      recordAbort(deciding, command);
      return null;
    case 'record-postmortem':
      recordPostmortem(deciding, command);
      return null;
  }
}
