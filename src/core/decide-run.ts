import type { StartDriver, StartRun } from './commands/driver.ts';
import type { RecordDelivery, RecordPostmortem } from './commands/run-result.ts';
import type { Deciding } from './deciding.ts';
import { reserveAgain } from './decide-budget.ts';
import { loseArbitration } from './decide-arbitration.ts';
import { loseGeneration } from './decide-attempt.ts';
import { loseAmendment } from './decide-contract.ts';
import { judgingOf } from './decide-gate.ts';
import { begin } from './decide-handoff.ts';
import { recordAbort } from './decide-abort.ts';
import { switchPool } from './decide-provider.ts';
import type { Effect } from './effects.ts';
import { moduleId, nodeRef, parseNodeRef, type NodeRef } from './ids.ts';
import { moduleState } from './lookup.ts';
import { outstanding } from './outstanding.ts';
import { poolKinds } from './plan/plan.ts';
import { ended } from './person-rules.ts';
import type { RunState } from './state.ts';

export function startRun(deciding: Deciding, command: StartRun): void {
  const { run, plan, base, sandbox, way = 'parallel', adoptable } = command;
  deciding.emit({ type: 'run-started', run, plan, base, sandbox, way, adoptable });
  for (const { module, contract, listing, tests, from } of command.contracts) {
    const of = { module, version: 1, contract };
    if (from !== undefined) {
      const taken = { source: 'earlier-run', reason: 'written from the same input' } as const;
      deciding.emit({ type: 'contract-amended', ...of, ...taken, by: from });
    } else if (listing === null) {
      const planned = { source: 'plan', reason: 'as planned', by: 'plan' } as const;
      deciding.emit({ type: 'contract-amended', ...of, ...planned });
    }
    if (listing === null) continue;
    deciding.emit({ type: 'contract-written', ...of, listing, tests });
  }
  for (const { from, to, items } of plan.handoffs) {
    begin(deciding, { from, to, items, planned: true, by: null });
  }
}

/**
 * A new driver takes over. Builders and planners that were at work are gone and replaced; gates
 * that were being judged are judged again under the same order, which changes nothing. What would
 * not count any more is ended, and in a run that is being cancelled, everything is.
 */
export function startDriver(deciding: Deciding, { driver, host, pid, agents }: StartDriver): void {
  const first = deciding.state.driver === 0;
  deciding.emit({ type: 'driver-started', driver, host, pid });
  if (agents !== undefined && ended(deciding.state) === null) {
    for (const pool of poolKinds) switchPool(deciding, pool, agents, 'the new driver');
  }
  if (first) return;
  const { modules } = deciding.state;
  for (let node = 0; node < modules.length; node++) {
    loseGeneration(deciding, node);
    loseAmendment(deciding, node);
    loseArbitration(deciding, node, 'its driver ended');
  }
  for (const effect of outstanding(deciding.state)) {
    const { order } = effect;
    const gate = judgedBy(effect);
    const ends =
      deciding.state.phase.at === 'cancelling' ||
      isListedInVain(deciding.state, effect) ||
      (gate !== null && (isOutdated(deciding.state, gate) || !reserveAgain(deciding, order, gate)));
    if (ends) recordAbort(deciding, { type: 'record-abort', at: deciding.at, order, effect });
  }
}

/** The gate that an effect judges; null where it judges none. */
function judgedBy(effect: Effect): NodeRef | null {
  switch (effect.type) {
    case 'evaluate':
      return nodeRef('module', effect.module);
    case 'integrate':
      return nodeRef('tier', effect.tier);
    case 'run-gate':
    case 'compose-subject':
      return nodeRef('gate', effect.gate);
    case 'abort':
    case 'amend':
    case 'arbitrate':
    case 'await-provider':
    case 'check-prerequisites':
    case 'deliver':
    case 'generate':
    case 'rest':
    case 'split':
    case 'verify-contract':
    case 'write-postmortem':
      return null;
  }
}

/** The tests of a contract that was amended meanwhile. */
function isListedInVain(state: RunState, effect: Effect): boolean {
  if (effect.type !== 'verify-contract') return false;
  const { life } = moduleState(state, effect.module);
  return life.at === 'verifying' && life.outdated;
}

function isOutdated(state: RunState, gate: NodeRef): boolean {
  const { kind, id } = parseNodeRef(gate);
  if (kind !== 'module') return judgingOf(state, gate)?.outdated === true;
  const { life } = moduleState(state, moduleId(id));
  return life.at === 'evaluating' && life.outdated;
}

export function recordDelivery(deciding: Deciding, command: RecordDelivery): void {
  const { phase } = deciding.state;
  if (phase.at !== 'delivering' || phase.order !== command.order) {
    deciding.rejectLate(command.order, null, 'a delivery that was called off', null);
    return;
  }
  const { result } = command;
  if (!result.ok) {
    deciding.emit({ type: 'delivery-failed', message: result.message });
    return;
  }
  const { kind, name, commit } = result;
  deciding.emit({ type: 'delivered', kind, name, commit });
  deciding.emit({ type: 'run-finished', outcome: 'complete', reason: 'delivered' });
}

export function recordPostmortem(deciding: Deciding, command: RecordPostmortem): void {
  const { phase } = deciding.state;
  if (phase.at !== 'finished' || phase.order !== command.order) return;
  deciding.emit({ type: 'postmortem-written', digest: command.digest });
}
