import type { AgentRole } from '../events/budget.ts';
import type { RunEvent } from '../events.ts';
import { nodeRef, parseNodeRef, type NodeRef } from '../ids.ts';
import type { Plan, PoolKind } from '../plan/plan.ts';
import { ownershipIssues } from '../plan/rule-ownership.ts';
import { handoffsGoTheirWay, handoffsOwed } from './law-handoffs.ts';
import { arbitersApart } from './law-disputes.ts';
import type { EventStep, Law } from './law.ts';
import { overheld } from './law-resources.ts';
import { moduleEntry, reachEntry, type Ledger, type LiveWork } from './ledger.ts';
import { apply, type RulesByEvent } from './rules-by-event.ts';
import { Settled } from './settled.ts';

export const whoWritesDoesNotJudge: Law = {
  number: 2,
  title: 'Who writes does not judge',
  holds: (step) =>
    step.at === 'event' ? (apply(apart, step) ?? apply(arbitersApart, step)) : null,
};

const apart: RulesByEvent = {
  'generation-started'({ module: id, attempt, epoch }, ledger) {
    const module = moduleEntry(ledger, nodeRef('module', id));
    if (module.judging !== null) return `${id} is built while it is judged`;
    if (module.planner !== null) return `${id} is built while a planner writes its contract`;
    const fresh =
      attempt === module.attempt
        ? epoch === module.epoch + 1
        : attempt === module.attempt + 1 && epoch === 1;
    return fresh ? null : `builder ${attempt}.${epoch} of ${id} is not a new one`;
  },
  'evaluation-started'({ module: id }, ledger) {
    const { builder, planner } = moduleEntry(ledger, nodeRef('module', id));
    if (planner !== null) return `${id} is judged while a planner writes its contract`;
    return builder === null ? null : `${id} is judged while it is built`;
  },
  'budget-reserved'({ order, for: ref, role }, ledger) {
    const work = ledger.live.get(order);
    if (work === undefined) return `a ${role} is paid for no work`;
    if (ref !== work.ref) return `${work.ref} works on the budget of ${ref}`;
    const ofModule = parseNodeRef(ref).kind === 'module';
    const should = ofModule ? roles[work.kind] : 'integrator';
    return role === should ? null : `a ${role} is paid for the work of ${named(should)}`;
  },
};

const named = (role: AgentRole | null): string => (role === null ? 'no agent' : `a ${role}`);

/**
 * Who may be paid for it. Journals of before reserve for a reviewer where checks alone judge; that today's
 * rules do not is in the law of budgets, at the end of each decision.
 */
const roles: Record<LiveWork['kind'], 'builder' | 'reviewer' | 'planner' | null> = {
  build: 'builder',
  judge: 'reviewer',
  check: 'reviewer',
  plan: 'planner',
  list: null,
  compose: null,
};

export const oneOwner: Law = {
  number: 6,
  title: 'One owner, no more hands than places, and no more holders than there is',
  holds(step) {
    if (step.at !== 'event') return null;
    return apply(owners, step) ?? overcrowded(step) ?? overheld(step);
  },
};

const owners: RulesByEvent = {
  'run-started': ({ plan }) => ownedTwice(plan),
  'plan-changed': ({ plan }) => ownedTwice(plan),
  'module-split': ({ plan }) => ownedTwice(plan),
  'generation-started'({ module: id }, ledger) {
    const { builder } = moduleEntry(ledger, nodeRef('module', id));
    return builder === null ? null : `${id} gets a second builder`;
  },
};

function ownedTwice(plan: Plan): string | null {
  const overlap = ownershipIssues(plan).find(({ code }) => code === 'overlapping-owns');
  return overlap?.message ?? null;
}

function overcrowded({ event, ledger }: EventStep): string | null {
  const pool = poolOf(event, ledger);
  if (pool === null) return null;
  const most = ledger.plan.pools[pool].max;
  const taken = atWork(ledger, pool);
  return taken < most ? null : `${taken + 1} at work in ${pool}, which has ${most} places`;
}

function poolOf(event: RunEvent, ledger: Ledger): PoolKind | null {
  if (event.type === 'generation-started') return 'builders';
  if (event.type === 'amendment-started' || event.type === 'arbitration-started') {
    return 'planners';
  }
  const ref = begun(event);
  return ref === null || reachEntry(ledger, ref).approval ? null : 'reviewers';
}

const kinds: Record<PoolKind, readonly LiveWork['kind'][]> = {
  builders: ['build'],
  planners: ['plan'],
  reviewers: ['judge', 'check'],
};

export function atWork(ledger: Ledger, pool: PoolKind): number {
  let taken = 0;
  for (const { kind } of ledger.live.values()) if (kinds[pool].includes(kind)) taken++;
  return taken;
}

export const nothingCrossesButThroughAGate: Law = {
  number: 7,
  title: 'Nothing is built or judged on what has not passed its gate',
  holds(step) {
    if (step.at === 'decision') return handoffsOwed(step);
    if (step.at !== 'event') return null;
    const strayed = apply(handoffsGoTheirWay, step);
    if (strayed !== null) return strayed;
    const early = apply(going, step);
    if (early !== null) return early;
    const ref = begun(step.event);
    if (ref === null) return null;
    if (!step.ledger.go) return `work on ${ref} begins before its prerequisites hold`;
    const need = new Settled(step.ledger).unmetNeed(ref);
    return need === null ? null : `work on ${ref} begins while ${need} is not settled`;
  },
};

/** Nothing starts before every prerequisite holds. */
const going: RulesByEvent = {
  'go-given': (_, { plan, prerequisites }) => {
    const open = plan.prerequisites.find(({ name }) => prerequisites.get(name) !== true);
    return open === undefined ? null : `work may start although ${open.name} does not hold`;
  },
  'prerequisites-missing': ({ names }, { prerequisites }) => {
    const failed = [...prerequisites].flatMap(([name, held]) => (held ? [] : [name]));
    const same = failed.length > 0 && failed.join(' ') === names.join(' ');
    return same ? null : `${names.join(', ')} are said to be missing, and ${failed.join(', ')} are`;
  },
  'amendment-started': (_, { go }) => (go ? null : 'a planner begins before prerequisites hold'),
};

/** The module, tier or gate that is being built or judged from now on. */
function begun(event: RunEvent): NodeRef | null {
  if (event.type === 'generation-started' || event.type === 'evaluation-started') {
    return nodeRef('module', event.module);
  }
  if (event.type === 'integration-started') return nodeRef('tier', event.tier);
  return event.type === 'gate-started' ? nodeRef('gate', event.gate) : null;
}
