import type { Effect } from './effects.ts';
import type { RunEvent } from './events.ts';
import { order } from './ids.ts';
import { gateNode, moduleState } from './lookup.ts';
import type { RunState } from './state.ts';
import type { GateState, TierState } from './gate-state.ts';
import type { ModuleState } from './module-state.ts';

/** The effect that an event orders, if any; `state` is the fold up to and with it. */
export function ordered(event: RunEvent, state: RunState): Effect | null {
  const by = order(event.seq);
  switch (event.type) {
    case 'run-started':
    case 'prerequisites-check-started':
      return { type: 'check-prerequisites', order: by };
    case 'generation-started':
      return { type: 'generate', order: by, module: event.module };
    case 'generation-ended':
      if (event.restMs === 0) return null;
      return { type: 'rest', order: by, module: event.module, ms: event.restMs };
    case 'provider-failed': {
      const { provider, restMs: ms } = event;
      return ms === 0 ? null : { type: 'await-provider', order: by, provider, ms };
    }
    case 'evaluation-started':
      return { type: 'evaluate', order: by, module: event.module };
    case 'amendment-started': {
      const { life } = moduleState(state, event.module);
      if (life.at !== 'amending') return null;
      if (life.source === 'split') return { type: 'split', order: by, module: event.module };
      return { type: 'amend', order: by, module: event.module, source: life.source };
    }
    case 'arbitration-started': {
      const { module, conflict } = event;
      return { type: 'arbitrate', order: by, module, conflict };
    }
    case 'verification-started':
      return { type: 'verify-contract', order: by, module: event.module };
    case 'integration-started':
      return { type: 'integrate', order: by, tier: event.tier };
    case 'gate-started': {
      const plan = state.plan.gates[gateNode(state, event.gate) - state.graph.gateBase];
      const type = plan?.kind === 'approval' ? 'compose-subject' : 'run-gate';
      return { type, order: by, gate: event.gate };
    }
    case 'delivery-started':
      return { type: 'deliver', order: by };
    case 'run-finished':
      return { type: 'write-postmortem', order: by };
    case 'insights-given':
    case 'agent-used':
    case 'agents-switched':
    case 'amendment-failed':
    case 'amendment-requested':
    case 'approval-given':
    case 'approval-refused':
    case 'approval-requested':
    case 'arbitration-failed':
    case 'budget-exhausted':
    case 'budget-reserved':
    case 'budget-spent':
    case 'check-finished':
    case 'check-unstable':
    case 'conflict-detected':
    case 'conflict-resolved':
    case 'contract-amended':
    case 'contract-refused':
    case 'contract-written':
    case 'delivered':
    case 'delivery-failed':
    case 'dispute-opened':
    case 'driver-started':
    case 'evaluation-ended':
    case 'gate-blocked':
    case 'gate-passed':
    case 'go-given':
    case 'handoff-accepted':
    case 'handoff-awaited':
    case 'handoff-delivered':
    case 'handoff-received':
    case 'handoff-requested':
    case 'handoff-withdrawn':
    case 'integration-ended':
    case 'integration-failed':
    case 'late-result-rejected':
    case 'module-abandoned':
    case 'module-escalated':
    case 'confirmation-failed':
    case 'feedback-given':
    case 'feedback-taken':
    case 'module-passed':
    case 'module-reopened':
    case 'module-resumed':
    case 'module-sealed':
    case 'module-split':
    case 'plan-changed':
    case 'postmortem-written':
    case 'prerequisite-checked':
    case 'prerequisites-missing':
    case 'progress-reported':
    case 'provider-answered':
    case 'provider-tried':
    case 'provider-wait-ended':
    case 'rest-ended':
    case 'run-cancelled':
    case 'run-paused':
    case 'run-reopened':
    case 'run-resumed':
    case 'seal-adopted':
    case 'submission-received':
    case 'tier-integrated':
    case 'verdict-given':
    case 'verification-ended':
      return null;
  }
}

/**
 * All that was ordered and has not come back, read off the state alone: what a new driver performs
 * again. Looks at every module, so it is for opening and ending a run, not for each decision.
 */
export function outstanding(state: RunState): Effect[] {
  const effects: Effect[] = [];
  const { phase } = state;
  if (phase.at === 'checking') effects.push({ type: 'check-prerequisites', order: phase.order });
  if (phase.at === 'delivering') effects.push({ type: 'deliver', order: phase.order });
  if (phase.at === 'finished' && phase.postmortem === null) {
    effects.push({ type: 'write-postmortem', order: phase.order });
  }
  for (const { name: provider, life } of state.troubled) {
    if (life.at !== 'resting') continue;
    effects.push({ type: 'await-provider', order: life.order, provider, ms: life.ms });
  }
  for (const module of state.modules) push(effects, ofModule(module));
  for (const tier of state.tiers) push(effects, ofTier(tier));
  for (const gate of state.gates) push(effects, ofGate(gate, state));
  return effects;
}

function push(effects: Effect[], effect: Effect | null): void {
  if (effect !== null) effects.push(effect);
}

function ofModule({ id, life }: ModuleState): Effect | null {
  switch (life.at) {
    case 'generating':
      return { type: 'generate', order: life.order, module: id };
    case 'resting':
      return { type: 'rest', order: life.order, module: id, ms: life.ms };
    case 'evaluating':
      return { type: 'evaluate', order: life.order, module: id };
    case 'amending':
      if (life.order === null) return null;
      if (life.source === 'split') return { type: 'split', order: life.order, module: id };
      return { type: 'amend', order: life.order, module: id, source: life.source };
    case 'disputed':
      return life.order === null
        ? null
        : { type: 'arbitrate', order: life.order, module: id, conflict: life.conflict };
    case 'verifying':
      return life.order === null
        ? null
        : { type: 'verify-contract', order: life.order, module: id };
    case 'waiting':
    case 'ready':
    case 'submitted':
    case 'passed':
    case 'sealed':
    case 'escalated':
    case 'abandoned':
      return null;
  }
}

function ofTier({ id, life }: TierState): Effect | null {
  return life.at === 'judging' ? { type: 'integrate', order: life.order, tier: id } : null;
}

function ofGate({ id, life }: GateState, state: RunState): Effect | null {
  if (life.at !== 'judging') return null;
  const plan = state.plan.gates[gateNode(state, id) - state.graph.gateBase];
  return {
    type: plan?.kind === 'approval' ? 'compose-subject' : 'run-gate',
    order: life.order,
    gate: id,
  };
}
