import { conflictIndex, conflictOf, type ConflictState, type Resolution } from './conflict.ts';
import type { Draft } from './draft.ts';
import type { EventOf } from './events.ts';
import type { ConflictEvent } from './events/conflict.ts';
import { gateId, moduleId, order, parseNodeRef, tierId, type NodeRef } from './ids.ts';
import { gateNode, moduleNode, tierNode } from './lookup.ts';
import { putModule, restingLife } from './settle.ts';
import type { JudgedSubmission, ModuleLife, ModuleState, Submission } from './module-state.ts';
import type { Evidence } from './verdict.ts';

/** The next builder reads so many decisions at most; the latest count. */
const maxNotices = 10;

/** Folds an event that concerns a conflict. */
export function evolveConflict(draft: Draft, event: ConflictEvent): void {
  switch (event.type) {
    case 'conflict-detected':
      detected(draft, event);
      break;
    case 'dispute-opened':
      change(draft, event.conflict, (before) => ({ ...before, ifUpheld: event.ifUpheld }));
      changeModule(draft, moduleNode(draft, event.module), (module) =>
        opened(draft, module, event),
      );
      break;
    case 'arbitration-started': {
      const { arbitration, epoch } = event;
      draft.arbitrations = Math.max(draft.arbitrations, arbitration);
      change(draft, event.conflict, (before) => ({ ...before, arbitration }));
      changeModule(draft, moduleNode(draft, event.module), (module) =>
        withDispute(module, { order: order(event.seq), epoch }),
      );
      break;
    }
    case 'arbitration-failed':
      changeModule(draft, moduleNode(draft, event.module), (module) => {
        const used = event.unserved === true ? 0 : 1;
        const epoch = module.life.at === 'disputed' ? module.life.epoch + used : 1;
        return withDispute(module, { order: null, epoch });
      });
      break;
    case 'conflict-resolved':
      resolved(draft, event);
      break;
  }
}

function detected(draft: Draft, event: EventOf<'conflict-detected'>): void {
  const { conflict: id, kind, parties, about, evidence, at: detectedAt } = event;
  const rest = { ifUpheld: 'revise', arbitration: 0, resolved: null } as const;
  const conflict = { id, kind, parties, about, evidence, detectedAt, ...rest };
  draft.conflicts = draft.conflicts.append(conflict);
}

/** The submission goes back to be judged, or waits until somebody has decided. */
function opened(draft: Draft, module: ModuleState, event: EventOf<'dispute-opened'>): ModuleState {
  const { conflict, rule, at } = event;
  const { judgement } = module;
  if (rule === 'evidence' && judgement !== null) {
    const submission = again(judgement, conflict, 'evidence');
    return { ...module, conflict, life: { at: 'submitted', submission, since: at } };
  }
  const life: ModuleLife = { at: 'disputed', conflict, order: null, epoch: 1, since: at };
  return { ...module, conflict, life };
}

const withDispute = (
  module: ModuleState,
  now: { readonly order: ReturnType<typeof order> | null; readonly epoch: number },
): ModuleState =>
  module.life.at === 'disputed' ? { ...module, life: { ...module.life, ...now } } : module;

function again(
  { tree, summary, problems, attempt, epoch }: JudgedSubmission,
  conflict: number,
  by: 'evidence' | 'ruling',
): Submission {
  const rejudged = { conflict, by, attempt, epoch };
  return { tree, summary, problems, again: false, confirms: false, rejudged };
}

function resolved(draft: Draft, event: EventOf<'conflict-resolved'>): void {
  const { rule, decided: decision, reason, by, at } = event;
  const resolution: Resolution = { rule, decision, reason, by, at };
  change(draft, event.conflict, (before) => ({ ...before, resolved: resolution }));
  const conflict = conflictOf(draft, event.conflict);
  const [about, ...others] = conflict.parties;
  if (about === undefined) return;
  if (conflict.kind === 'integration') closeOfGate(draft, about);
  else if (conflict.kind === 'stale-contract') {
    for (const party of others) tell(draft, party, notice(conflict, resolution));
  } else {
    const node = moduleNode(draft, moduleId(parseNodeRef(about).id));
    changeModule(draft, node, (module) => decided(draft, node, module, conflict, resolution));
  }
}

function decided(
  draft: Draft,
  node: number,
  before: ModuleState,
  conflict: ConflictState,
  { rule, decision, ...resolution }: Resolution,
): ModuleState {
  if (before.conflict !== conflict.id) return before;
  const { life, judgement } = before;
  const still = { ...before, conflict: null };
  // A planner is asked, or a new version stands, in the same decision.
  if (decision === 'amend') return still;
  if (decision === 'overturn' || conflict.ifUpheld === 'pass') {
    if (judgement === null) return still;
    // The verdict counts no more, and used no attempt. What follows is one of its own.
    const module = { ...still, judged: still.judged - (judgement.counted ? 1 : 0) };
    // While the checks are run anew, their result says what follows.
    if (!awaitsWord(life)) return { ...module, judgement: null };
    const submission = again(judgement, conflict.id, 'ruling');
    return {
      ...module,
      judgement: { ...judgement, counted: false },
      life: { at: 'submitted', submission, since: draft.at },
    };
  }
  const told = notice(conflict, { rule, decision, ...resolution });
  const upheld: ModuleState = {
    ...still,
    notices: noticed(still, told),
    judgement: judgement === null ? null : { ...judgement, upheldBy: rule },
  };
  return awaitsWord(life) ? { ...upheld, life: restingLife(draft, node, upheld) } : upheld;
}

/** What is escalated in its dispute, because nobody could judge it again, waits for a word as well. */
const awaitsWord = (life: ModuleLife): boolean =>
  life.at === 'disputed' ||
  (life.at === 'escalated' && (life.reason === 'disputed' || life.reason === 'agent-failing'));

function tell(draft: Draft, party: NodeRef, told: Evidence): void {
  const { kind, id } = parseNodeRef(party);
  if (kind !== 'module') return;
  changeModule(draft, moduleNode(draft, moduleId(id)), (module) => ({
    ...module,
    notices: noticed(module, told),
  }));
}

const noticed = ({ notices }: ModuleState, told: Evidence): readonly Evidence[] =>
  [...notices, told].slice(-maxNotices);

function notice({ about }: ConflictState, { decision, reason }: Resolution): Evidence {
  const says = `${about}. Decided: ${decision}. ${reason}`.slice(0, 4_000);
  return { kind: 'conflict', check: null, test: null, file: null, line: null, says };
}

function change(draft: Draft, id: number, to: (conflict: ConflictState) => ConflictState): void {
  const index = conflictIndex(draft.conflicts, id);
  if (index === -1) throw new Error(`there is no conflict ${id}`);
  draft.conflicts = draft.conflicts.set(index, to(draft.conflicts.get(index)));
}

function changeModule(draft: Draft, node: number, to: (module: ModuleState) => ModuleState): void {
  putModule(draft, node, to(draft.modules.get(node)));
}

/** What a tier or a gate was blocked for is over. */
function closeOfGate(draft: Draft, ref: NodeRef): void {
  const { kind, id } = parseNodeRef(ref);
  if (kind === 'tier') {
    const node = tierNode(draft, tierId(id));
    const index = node - draft.graph.tierBase;
    draft.tiers = draft.tiers.set(index, { ...draft.tiers.get(index), conflict: null });
    draft.toClose = draft.toClose.delete(node);
  } else if (kind === 'gate') {
    const node = gateNode(draft, gateId(id));
    const index = node - draft.graph.gateBase;
    draft.gates = draft.gates.set(index, { ...draft.gates.get(index), conflict: null });
    draft.toClose = draft.toClose.delete(node);
  }
}

/** The open conflict for which a tier or a gate is being blocked: the one that was just detected. */
export function conflictOfBlock({ conflicts }: Draft, ref: NodeRef): number | null {
  if (conflicts.length === 0) return null;
  const { id, parties, resolved: over } = conflicts.get(conflicts.length - 1);
  return over === null && parties[0] === ref ? id : null;
}
