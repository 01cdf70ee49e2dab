import { addAmounts, zeroAmount } from '../budget.ts';
import type { RunEvent } from '../events.ts';
import type { BudgetReserved } from '../events/budget.ts';
import { nodeRef, order, type NodeRef, type Order } from '../ids.ts';
import { gateEntry, moduleEntry, type Judging, type Ledger, type LiveWork } from './ledger.ts';
import { noteHandoff } from './note-handoff.ts';
import { noteResolution } from './note-conflict.ts';
import { noteModule } from './note-module.ts';
import { noteProvider, noteTrialEnd } from './note-provider.ts';
import type { Scope } from '../scopes.ts';
import { noteSplit } from './note-split.ts';
import { reachOf } from './plan-reach.ts';
import { contractsBelow, standing } from './settled.ts';

/** Writes an event into the ledger. The first one, `run-started`, makes the ledger instead. */
export function noteEvent(ledger: Ledger, event: RunEvent): void {
  const began = ledger.at === 0 || event.type === 'driver-started';
  const undelivered = ledger.undelivered && !ledger.cancelled;
  const idle = ledger.paused || ledger.lacking || undelivered || ledger.finished > 0;
  if (!began && !idle) ledger.activeMs += event.at - ledger.at;
  ledger.at = event.at;
  switch (event.type) {
    case 'driver-started':
      ledger.inherited = new Set(ledger.reserved.keys());
      ledger.prerequisites.clear();
      return;
    case 'run-paused':
      ledger.paused = true;
      return;
    case 'run-resumed':
      ledger.paused = false;
      ledger.undelivered = false;
      return;
    case 'plan-changed':
      ledger.plan = event.plan;
      ledger.reach = reachOf(event.plan);
      return;
    case 'module-split':
      noteSplit(ledger, event);
      return;
    case 'budget-reserved':
      ledger.reserved.set(event.order, { amount: event.amount, scopes: payersOf(event) });
      return;
    case 'budget-spent':
      ledger.reserved.delete(event.order);
      ledger.inherited.delete(event.order);
      noteTrialEnd(ledger, event.order);
      ledger.spent = addAmounts(ledger.spent, event.amount);
      for (const scope of payersOf(event)) {
        ledger.paid.set(scope, addAmounts(ledger.paid.get(scope) ?? zeroAmount, event.amount));
      }
      if (event.role === 'builder' || event.role === 'reviewer') {
        const module = moduleEntry(ledger, event.for);
        module.spent = addAmounts(module.spent, event.amount);
      }
      return;
    case 'run-cancelled':
      ledger.cancelled = true;
      return;
    case 'delivered':
      ledger.delivered = true;
      return;
    case 'prerequisite-checked':
      ledger.prerequisites.set(event.name, event.passed);
      ledger.prerequisiteFailed ||= !event.passed;
      return;
    case 'prerequisites-missing':
      ledger.lacking = true;
      return;
    case 'prerequisites-check-started':
      ledger.lacking = false;
      ledger.prerequisites.clear();
      return;
    case 'go-given':
      ledger.go = true;
      return;
    case 'run-finished':
      ledger.finished++;
      ledger.troubled.clear();
      ledger.paused = false;
      return;
    case 'postmortem-written':
      ledger.postmortems++;
      return;
    case 'run-reopened':
      ledger.finished = 0;
      ledger.postmortems = 0;
      ledger.delivered = false;
      ledger.undelivered = false;
      return;
    case 'delivery-failed':
      ledger.undelivered = true;
      return;
    case 'provider-failed':
    case 'provider-wait-ended':
    case 'provider-tried':
    case 'provider-answered':
    case 'agents-switched':
      noteProvider(ledger, event);
      return;
    case 'integration-started':
      judge(ledger, nodeRef('tier', event.tier), order(event.seq));
      return;
    case 'gate-started':
      judge(ledger, nodeRef('gate', event.gate), order(event.seq));
      return;
    case 'tier-integrated':
      pass(ledger, nodeRef('tier', event.tier));
      return;
    case 'gate-passed':
      pass(ledger, nodeRef('gate', event.gate));
      return;
    case 'integration-failed':
    case 'gate-blocked':
    case 'integration-ended':
      endJudging(ledger, event.gate);
      return;
    case 'approval-requested': {
      const ref = nodeRef('gate', event.gate);
      const gate = gateEntry(ledger, ref);
      const { submission } = event;
      gate.asked = { submission, against: gate.judging?.against ?? [] };
      gate.passed = null;
      endJudging(ledger, ref);
      return;
    }
    case 'approval-given': {
      const gate = gateEntry(ledger, nodeRef('gate', event.gate));
      gate.passed = { against: gate.asked?.against ?? [] };
      gate.asked = null;
      return;
    }
    case 'approval-refused':
      return;
    case 'check-finished':
      judgingOf(ledger, event.gate)?.checks.push(event.result);
      return;
    case 'verdict-given': {
      const judging = judgingOf(ledger, event.gate);
      if (judging !== null) judging.verdict = event.verdict;
      if (event.gate.startsWith('module:')) noteModule(ledger, event);
      return;
    }
    case 'handoff-requested':
    case 'handoff-delivered':
    case 'handoff-received':
    case 'handoff-withdrawn':
      noteHandoff(ledger, event);
      return;
    case 'feedback-taken':
      noteModule(ledger, event);
      return;
    case 'conflict-detected': {
      const [about] = event.parties;
      const { kind } = event;
      ledger.conflicts.set(event.conflict, { kind, about: about ?? null, ifUpheld: 'revise' });
      return;
    }
    case 'conflict-resolved':
      noteResolution(ledger, event);
      return;
    case 'insights-given':
    case 'agent-used':
    case 'handoff-accepted':
    case 'handoff-awaited':
    case 'run-started':
    case 'feedback-given':
    case 'confirmation-failed':
    case 'delivery-started':
    case 'late-result-rejected':
    case 'check-unstable':
    case 'progress-reported':
    case 'rest-ended':
    case 'budget-exhausted':
      return;
    case 'contract-written':
    case 'contract-refused':
    case 'contract-amended':
    case 'verification-started':
    case 'verification-ended':
    case 'amendment-requested':
    case 'amendment-started':
    case 'amendment-failed':
    case 'generation-started':
    case 'generation-ended':
    case 'submission-received':
    case 'evaluation-started':
    case 'evaluation-ended':
    case 'module-passed':
    case 'dispute-opened':
    case 'arbitration-started':
    case 'arbitration-failed':
    case 'module-sealed':
    case 'seal-adopted':
    case 'module-reopened':
    case 'module-escalated':
    case 'module-abandoned':
    case 'module-resumed':
      noteModule(ledger, event);
  }
}

/** Whose budgets pay, told by the role alone: what the state makes of it is held against this. */
export function payersOf({
  for: ref,
  role,
}: Pick<BudgetReserved, 'for' | 'role'>): readonly Scope[] {
  switch (role) {
    case 'builder':
      return [ref, 'pool:builders', 'phase:build', 'run'];
    case 'reviewer':
      return [ref, 'pool:reviewers', 'phase:build', 'run'];
    case 'planner':
      return ['pool:planners', 'phase:plan', 'run'];
    case 'integrator':
      return [
        'pool:reviewers',
        ref.startsWith('gate:') ? 'phase:end-to-end' : 'phase:integrate',
        'run',
      ];
  }
}

export function judgingOf(ledger: Ledger, ref: NodeRef): Judging | null {
  return (ledger.modules.get(ref) ?? ledger.gates.get(ref))?.judging ?? null;
}

function judge(ledger: Ledger, ref: NodeRef, by: Order): void {
  const kind: LiveWork['kind'] = ledger.reach.get(ref)?.approval === true ? 'compose' : 'judge';
  ledger.live.set(by, { kind, ref });
  gateEntry(ledger, ref).judging = {
    order: by,
    again: false,
    tree: null,
    version: 0,
    against: standing(ledger, ref),
    contracts: contractsBelow(ledger, ref),
    checks: [],
    verdict: null,
  };
}

function pass(ledger: Ledger, ref: NodeRef): void {
  const gate = gateEntry(ledger, ref);
  gate.passed = { against: gate.judging?.against ?? [] };
  endJudging(ledger, ref);
}

function endJudging(ledger: Ledger, ref: NodeRef): void {
  const gate = gateEntry(ledger, ref);
  if (gate.judging !== null) ledger.live.delete(gate.judging.order);
  gate.judging = null;
}
