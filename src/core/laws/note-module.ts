import type { EventOf } from '../events.ts';
import { nodeRef, order, type NodeRef, type Order } from '../ids.ts';
import {
  moduleEntry,
  reachEntry,
  type Ledger,
  type LiveWork,
  type ModuleLedger,
  type HeldBack,
} from './ledger.ts';
import { noteSeal } from './note-handoff.ts';
import { contractsBelow, Settled, standing } from './settled.ts';

export type NotedOfModule = EventOf<
  | 'contract-written'
  | 'contract-refused'
  | 'contract-amended'
  | 'verification-started'
  | 'verification-ended'
  | 'amendment-requested'
  | 'amendment-started'
  | 'amendment-failed'
  | 'generation-started'
  | 'generation-ended'
  | 'submission-received'
  | 'evaluation-started'
  | 'evaluation-ended'
  | 'verdict-given'
  | 'module-passed'
  | 'feedback-taken'
  | 'dispute-opened'
  | 'arbitration-started'
  | 'arbitration-failed'
  | 'module-sealed'
  | 'seal-adopted'
  | 'module-reopened'
  | 'module-escalated'
  | 'module-abandoned'
  | 'module-resumed'
>;

/** Writes an event that concerns one module into the ledger. */
export function noteModule(ledger: Ledger, event: NotedOfModule): void {
  const ref = event.type === 'verdict-given' ? event.gate : nodeRef('module', event.module);
  const module = moduleEntry(ledger, ref);
  const end = (by: Order | undefined | null): null => {
    if (by !== undefined && by !== null) ledger.live.delete(by);
    return null;
  };
  const begin = (kind: LiveWork['kind']): Order => {
    const by = order(event.seq);
    ledger.live.set(by, { kind, ref });
    return by;
  };
  switch (event.type) {
    case 'contract-written':
      module.version = event.version;
      module.contract = event.contract;
      module.tests = event.tests;
      module.refused = false;
      module.lister = end(module.lister);
      break;
    case 'contract-refused':
      module.refused = event.again === true;
      module.lister = end(module.lister);
      break;
    case 'verification-ended':
      module.lister = end(module.lister);
      break;
    case 'contract-amended':
      amended(ledger, ref, module, event);
      // A planner's own result; one that is still at work for an older version goes on.
      if (event.source !== 'person') module.planner = end(module.planner);
      break;
    case 'verification-started':
      // Older journals do not tell when a listing has ended that an amendment cut short.
      end(module.lister);
      module.lister = begin('list');
      break;
    case 'amendment-requested':
      module.questioned = true;
      module.awaitsGrant = event.source === 'exhaustion' || event.source === 'split';
      break;
    case 'amendment-started':
      module.planner = begin('plan');
      break;
    case 'amendment-failed':
      module.planner = end(module.planner);
      break;
    case 'generation-started': {
      const { attempt, epoch } = event;
      module.attempt = attempt;
      module.unserved = false;
      module.epoch = epoch;
      module.builder = { order: begin('build'), attempt, epoch, outdated: false };
      break;
    }
    case 'generation-ended':
      module.unserved = event.outcome === 'unserved' && module.builder?.outdated === false;
      module.builder = end(module.builder?.order);
      break;
    case 'submission-received':
      module.builder = end(module.builder?.order);
      module.submission = { tree: event.tree, problems: event.problems.length };
      module.heldBack = null;
      module.ruled = null;
      break;
    case 'evaluation-started': {
      const { again, tree, version } = event;
      const against = standing(ledger, ref);
      const contracts = contractsBelow(ledger, ref);
      const judged = { again, tree, version, against, contracts, checks: [], verdict: null };
      const asks = !again && !event.confirms && module.ruled !== tree;
      module.judging = { ...judged, order: begin(asks ? 'judge' : 'check') };
      break;
    }
    case 'evaluation-ended':
      module.judging = end(module.judging?.order);
      break;
    case 'verdict-given':
      if (event.verdict === 'PASS') break;
      module.heldBack = heldBackOf(module);
      module.ruled = null;
      module.submission = null;
      module.passed = null;
      // A re-judgement that failed is needed once more, for the reopening that follows.
      if (module.judging?.again !== true) module.judging = end(module.judging?.order);
      break;
    case 'module-passed': {
      const { tree, version, seal } = event;
      const against = module.judging?.against ?? [];
      module.passed = { tree, version, confirmed: seal !== null, against };
      module.judging = end(module.judging?.order);
      module.submission = null;
      break;
    }
    case 'feedback-taken':
      // What is sealed, or was, is only told; so is what cannot take another turn.
      if (module.seal === null && event.unanswered === undefined) module.passed = null;
      break;
    case 'dispute-opened': {
      const conflict = ledger.conflicts.get(event.conflict);
      if (conflict !== undefined) conflict.ifUpheld = event.ifUpheld;
      module.dispute = event.conflict;
      if (event.rule === 'evidence') module.submission = module.heldBack;
      break;
    }
    case 'arbitration-started':
      module.arbiter = begin('plan');
      break;
    case 'arbitration-failed':
      module.arbiter = end(module.arbiter);
      break;
    case 'module-sealed': {
      const { seq, seal: digest, tree, version } = event;
      const against = module.judging?.against ?? module.passed?.against ?? [];
      module.passed = null;
      module.seal = { event: seq, digest, tree, version, against };
      noteSeal(ledger, event.module, tree);
      module.judging = end(module.judging?.order);
      module.submission = null;
      module.heldBack = null;
      module.questioned = false;
      break;
    }
    case 'seal-adopted': {
      const { seq, seal: digest, tree, version } = event;
      module.seal = { event: seq, digest, tree, version, against: [] };
      noteSeal(ledger, event.module, tree);
      // What it is only confirmed against may not stand yet: then it is judged again.
      module.questioned = new Settled(ledger).outside(ref) !== null;
      // A set is taken over one by one, as it was sealed: against each other.
      for (const each of reachEntry(ledger, ref).set) {
        const taken = moduleEntry(ledger, each);
        if (taken.seal !== null && taken.attempt === 0) {
          taken.seal = { ...taken.seal, against: standing(ledger, each) };
        }
      }
      break;
    }
    case 'module-reopened':
      module.unserved = false;
      module.seal = null;
      module.passed = null;
      if (event.cause === 'rejudgement') module.judging = end(module.judging?.order);
      else ledger.owedAmendment = ref;
      break;
    case 'module-escalated':
      module.escalated = event.reason;
      module.awaitsGrant = false;
      module.questioned = true;
      module.submission = null;
      module.passed = null;
      module.judging = end(module.judging?.order);
      module.planner = end(module.planner);
      break;
    case 'module-abandoned':
      module.abandoned = true;
      module.awaitsGrant = false;
      break;
    case 'module-resumed':
      module.abandoned = false;
      module.escalated = null;
      break;
  }
}

function heldBackOf({ judging, submission, seal }: ModuleLedger): HeldBack | null {
  const tree = judging?.tree ?? null;
  if (judging === null || tree === null) return null;
  const checked = judging.checks.every(({ outcome }) => outcome === 'passed');
  const problems = tree === seal?.tree ? 0 : (submission?.problems ?? 0);
  return { tree, problems, checked };
}

function amended(
  ledger: Ledger,
  ref: NodeRef,
  module: ModuleLedger,
  event: EventOf<'contract-amended'>,
): void {
  if (ledger.owedAmendment === ref) ledger.owedAmendment = null;
  const fresh = event.version > module.version;
  if (fresh && event.source === 'exhaustion') module.grants++;
  // A draft that was refused brought its grant with it.
  const exhausted = module.escalated === 'exhausted' && !module.refused;
  const usedUp = exhausted || module.abandoned || module.awaitsGrant;
  if (event.source === 'person' && usedUp) module.grants++;
  module.unserved = false;
  module.version = event.version;
  module.contract = event.contract;
  module.tests = null;
  module.refused = false;
  module.submission = null;
  module.passed = null;
  module.heldBack = null;
  module.escalated = null;
  module.abandoned = false;
  module.awaitsGrant = false;
  if (module.builder !== null) module.builder.outdated = true;
}
