import { nodeRef, type NodeRef } from '../ids.ts';
import { moduleState } from '../lookup.ts';
import { nothingDisputedPasses, openOnesAreKnown } from './law-disputes.ts';
import type { DecisionStep, EventStep, Law } from './law.ts';
import { moduleEntry, reachEntry } from './ledger.ts';
import { moduleOf } from './plan-reach.ts';
import { apply, type RulesByEvent } from './rules-by-event.ts';

export const aSealDoesNotChange: Law = {
  number: 4,
  title: 'Only a PASS seals, and a seal does not change',
  holds(step) {
    if (step.at === 'event') {
      return apply(sealing, step) ?? apply(nothingDisputedPasses, step) ?? untouched(step);
    }
    if (step.at === 'end') return null;
    const { owedAmendment } = step.ledger;
    if (owedAmendment !== null) return `${owedAmendment} is reopened without an amendment`;
    return openOnesAreKnown(step);
  },
};

const sealing: RulesByEvent = {
  'module-sealed'({ module: id, tree, version }, ledger) {
    const { seal, judging, passed } = moduleEntry(ledger, nodeRef('module', id));
    const basis = judging ?? passed;
    if (basis === null) return `${id} is sealed unjudged`;
    if (judging === null && passed?.confirmed === false) return `${id} is sealed on stubs`;
    if (tree !== basis.tree) return `${id} is sealed as another tree`;
    if (seal === null) return null;
    const again = judging === null || judging.again;
    const same = again && tree === seal.tree && version === seal.version;
    return same ? null : `the seal of ${id} changes without a reopening`;
  },
  'seal-adopted'({ module: id }, ledger) {
    const { seal } = moduleEntry(ledger, nodeRef('module', id));
    return seal === null ? null : `${id} is sealed already`;
  },
  'integration-failed'({ gate, blamed }, ledger) {
    const among = reachEntry(ledger, gate).below.includes(nodeRef('module', blamed));
    return among ? null : `${blamed} is blamed for ${gate}, of which it is no part`;
  },
  'module-split'(event, ledger) {
    const { seal, planner } = moduleEntry(ledger, nodeRef('module', event.module));
    if (seal !== null) return `${event.module} is split although it is sealed`;
    if (planner === null) return `${event.module} is split by nobody`;
    const old = ledger.plan.modules.find(({ id }) => id === event.module);
    const parts = event.plan.modules.filter(({ id }) => event.into.includes(id));
    if (old === undefined || parts.length !== event.into.length) return 'its parts are not planned';
    // More than one grant, or other paths, only a person gives.
    for (const unit of ['tokens', 'microUsd', 'turns', 'minutes'] as const) {
      const all = parts.reduce((sum, { budget }) => sum + budget[unit], 0);
      if (all > old.budget[unit] * (1 + 1e-9))
        return `the parts get more ${unit} than ${old.id} had`;
    }
    const { tokens, microUsd } = event.plan.budget;
    const same = tokens === ledger.plan.budget.tokens && microUsd === ledger.plan.budget.microUsd;
    return same ? null : 'a split changes the budget of the run';
  },
  'module-reopened'({ module: id, reason, cause }, ledger) {
    const { seal, judging } = moduleEntry(ledger, nodeRef('module', id));
    if (seal === null) return `${id} is reopened without a seal`;
    if (reason === '') return `${id} is reopened without a reason`;
    if (cause === 'amendment') return null;
    const failed = judging?.again === true && (judging.verdict ?? 'PASS') !== 'PASS';
    return failed ? null : `${id} is reopened without a failed judgement`;
  },
};

/** No other event touches a seal. */
function untouched({ before, event, after }: EventStep): string | null {
  if (before === null || !('module' in event) || event.module === null) return null;
  const id = event.module;
  const { moduleIndex } = before.graph;
  if (!moduleIndex.has(id) || !after.graph.moduleIndex.has(id)) return null;
  const changes =
    event.type === 'module-sealed' ||
    event.type === 'seal-adopted' ||
    event.type === 'module-reopened';
  const kept = moduleState(before, id).seal === moduleState(after, id).seal;
  return kept || changes ? null : `${event.type} changes the seal of ${id}`;
}

export const nothingSealedIsLost: Law = {
  number: 10,
  title: 'What was sealed is never generated again, and what was handed in is judged',
  holds(step) {
    if (step.at === 'event') return apply(kept, step);
    return step.at === 'decision' ? waiting(step) : null;
  },
};

const kept: RulesByEvent = {
  'generation-started'({ module: id }, ledger) {
    const { seal, submission, passed } = moduleEntry(ledger, nodeRef('module', id));
    if (seal !== null) return `${id} is generated although it is sealed`;
    return submission === null && passed === null
      ? null
      : `${id} is written again instead of judged`;
  },
  'evaluation-started'({ module: id, tree, again, confirms }, ledger) {
    const { seal, submission, passed } = moduleEntry(ledger, nodeRef('module', id));
    const should = again ? seal?.tree : confirms ? passed?.tree : submission?.tree;
    return tree === should ? null : `${id} is judged by another tree than it has`;
  },
};

/** What was handed in and not yet judged still waits, or is being judged. */
function waiting({ state, ledger }: DecisionStep): string | null {
  for (const [ref, { submission, passed }] of ledger.modules) {
    const tree = submission?.tree ?? passed?.tree;
    if (tree === undefined) continue;
    const { life } = moduleState(state, moduleOf(ref));
    const there = life.at === 'submitted' || life.at === 'evaluating' || life.at === 'passed';
    if (!there || life.submission.tree !== tree) return lost(ref);
  }
  return null;
}

const lost = (ref: NodeRef): string => `what was handed in for ${ref} is gone unsealed`;
