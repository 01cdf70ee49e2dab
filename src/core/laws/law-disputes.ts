import { nodeRef, type NodeRef } from '../ids.ts';
import { gateState, moduleState, tierState } from '../lookup.ts';
import type { DecisionStep } from './law.ts';
import { moduleEntry, type Ledger } from './ledger.ts';
import { gateOf, moduleOf, tierOf } from './plan-reach.ts';
import type { RulesByEvent } from './rules-by-event.ts';

/** Part of law 2: an arbiter comes when nobody writes and nobody judges. */
export const arbitersApart: RulesByEvent = {
  'arbitration-started'({ module: id, conflict }, ledger) {
    const { builder, judging, arbiter, dispute } = moduleEntry(ledger, nodeRef('module', id));
    if (builder !== null) return `${id} is arbitrated while it is built`;
    if (judging !== null) return `${id} is arbitrated while it is judged`;
    if (arbiter !== null) return `${id} gets a second arbiter`;
    return dispute === conflict ? null : `${id} is arbitrated without a dispute`;
  },
};

/** Part of law 3: no word makes a verdict milder than the checks. */
export const noMilderWord: RulesByEvent = {
  'conflict-resolved'({ conflict: id, rule, decided }, ledger) {
    const conflict = ledger.conflicts.get(id);
    if (conflict === undefined) return `conflict ${id} is resolved, though it is not open`;
    const module = conflict.about === null ? undefined : ledger.modules.get(conflict.about);
    if (module?.dispute !== id) return null;
    if (rule === 'arbiter' && module.arbiter === null) return `conflict ${id} has no arbiter`;
    const passes = decided === 'overturn' || (decided === 'uphold' && conflict.ifUpheld === 'pass');
    if (!passes) return null;
    const checked =
      module.judging === null
        ? module.heldBack?.checked === true && module.heldBack.problems === 0
        : module.judging.checks.every(({ outcome }) => outcome === 'passed');
    return checked ? null : `conflict ${id} overturns a verdict of the checks`;
  },
};

/** Part of law 4: nothing that is in dispute is sealed, integrated or passed. */
export const nothingDisputedPasses: RulesByEvent = {
  'module-sealed': ({ module }, ledger) => disputed(ledger, nodeRef('module', module)),
  'tier-integrated': ({ tier }, ledger) => disputed(ledger, nodeRef('tier', tier)),
  'gate-passed': ({ gate }, ledger) => disputed(ledger, nodeRef('gate', gate)),
};

function disputed({ conflicts }: Ledger, ref: NodeRef): string | null {
  for (const [id, { about }] of conflicts)
    if (about === ref) return `${ref} passes in conflict ${id}`;
  return null;
}

/** Part of law 4: an open conflict is one that something in the run still waits for. */
export function openOnesAreKnown({ state, ledger }: DecisionStep): string | null {
  for (const [id, { about }] of ledger.conflicts) {
    if (about === null) return `conflict ${id} is about nothing`;
    const known = about.startsWith('module:')
      ? moduleState(state, moduleOf(about)).conflict
      : about.startsWith('tier:')
        ? tierState(state, tierOf(about)).conflict
        : gateState(state, gateOf(about)).conflict;
    if (known !== id) return `conflict ${id} about ${about} is open and forgotten`;
  }
  return null;
}
