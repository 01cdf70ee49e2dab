import type { RunState } from '../state.ts';
import type { Replayed } from './timeline.ts';
import { isSettled } from '../module-state.ts';
import { isNodeSettled } from './node-words.ts';
import type { Account } from './account-shape.ts';
import { keptBudgets } from './kept-budgets.ts';
import { counted, duration, listed } from './words.ts';

/** A question that every run answers from its journal. */
export interface ChecklistItem {
  readonly when: 'before' | 'during' | 'handoff' | 'completion';
  readonly asks: string;
  /** null: not applicable; unknown: nobody can tell. */
  readonly answer: boolean | 'unknown' | null;
  /** The figure that says so. */
  readonly figure: string;
}

/** What a run must show, before, during, at handoffs and at its end. */
export function checklist(
  account: Account,
  replayed: Pick<Replayed, 'state' | 'costs'>,
): ChecklistItem[] {
  return [
    ...before(account, replayed.state),
    ...during(account),
    ...atHandoffs(account),
    ...atCompletion(account, replayed),
  ];
}

const item = (
  when: ChecklistItem['when'],
  asks: string,
  answer: ChecklistItem['answer'],
  figure: string,
): ChecklistItem => ({ when, asks, answer, figure });

function before({ prerequisites, plan }: Account, state: RunState): ChecklistItem[] {
  const asked = state.plan.prerequisites.length;
  const held = prerequisites.filter(({ passed }) => passed).length;
  const lacking = prerequisites.filter(({ passed }) => !passed).map(({ name }) => name);
  const tested = [...state.modules].filter(({ contract }) => contract.listing !== null).length;
  const tests = [...state.modules].reduce((sum, { contract }) => sum + contract.tests, 0);
  const { couldBeSoft } = plan;
  const waitedMs = Math.max(0, ...couldBeSoft.map((each) => each.waitedMs));
  return [
    item(
      'before',
      'Were all prerequisites verified before anything started?',
      asked === 0 ? null : held === asked,
      asked === 0
        ? 'the plan asks for none'
        : `${held} of ${asked} hold${lacking.length === 0 ? '' : `; missing: ${listed(lacking, 10)}`}`,
    ),
    item(
      'before',
      'Does every contract have its tests?',
      tested === plan.modules,
      `${tested} of ${counted(plan.modules, 'contract')}, ${counted(tests, 'test')} listed`,
    ),
    item(
      'before',
      'Was nothing needlessly sequential?',
      couldBeSoft.length === 0,
      couldBeSoft.length === 0
        ? `${plan.dependencies.hard} hard dependencies; none on a stub that its consumer waited for`
        : `${couldBeSoft.length} hard dependencies on a module with a stub could be soft (${listed(
            couldBeSoft.map(({ from, to }) => `${to} on ${from}`),
            5,
          )}); the longest wait was ${duration(waitedMs)}`,
    ),
  ];
}

function during({ pools, attempts, resumes }: Account): ChecklistItem[] {
  const held = Object.entries(pools.heldMs).map(([hold, ms]) => `${hold} ${duration(ms)}`);
  const { lost = 0, stalled = 0, failed = 0 } = attempts.abandoned;
  const replaced = lost + stalled + failed;
  return [
    item(
      'during',
      'Did nothing ready stand beside a free place without a named hold?',
      pools.unheldMs === 0,
      `${duration(pools.unheldMs)} without one; held: ${held.length === 0 ? 'never' : held.join(', ')}`,
    ),
    item(
      'during',
      'Did every agent that started come to its end?',
      replaced === 0,
      replaced === 0
        ? 'none was replaced'
        : `${replaced} replaced: ${lost} lost, ${stalled} stalled, ${failed} failed`,
    ),
    item(
      'during',
      'Did it go on wherever it was interrupted?',
      resumes === 0 ? null : true,
      resumes === 0 ? 'it was not' : `taken over ${counted(resumes, 'time')}`,
    ),
  ];
}

function atHandoffs({ handoffs, conflicts }: Account): ChecklistItem[] {
  const { requested, delivered, received, withdrawn, open, waitedMs } = handoffs;
  // Most often its builder had handed in by then: it had the stub, and was judged against the seal.
  const untaken = delivered - received;
  const undecided = conflicts.filter(({ rule }) => rule === null).length;
  return [
    item(
      'handoff',
      'Was every handoff delivered?',
      requested === 0 ? null : open === 0,
      requested === 0
        ? 'there were none'
        : `${received} of ${requested} received, ${untaken} delivered and not taken by a builder, ${withdrawn} withdrawn, ${open} open`,
    ),
    item(
      'handoff',
      'Did no builder do nothing but wait for one?',
      requested === 0 ? null : waitedMs === 0,
      requested === 0 ? 'there were none' : `${duration(waitedMs)} waited`,
    ),
    item(
      'handoff',
      'Was every conflict decided by a rule that has a name?',
      conflicts.length === 0 ? null : undecided === 0,
      conflicts.length === 0
        ? 'there were none'
        : `${conflicts.length - undecided} of ${conflicts.length} decided`,
    ),
  ];
}

function atCompletion(
  account: Account,
  replayed: Pick<Replayed, 'state' | 'costs'>,
): ChecklistItem[] {
  const { state } = replayed;
  const { plan, graph } = state;
  const sealed = [...state.modules].filter(isSettled).length;
  const nodes = Array.from({ length: graph.streamBase - graph.tierBase }, (_, at) => at);
  const passed = nodes.filter((at) => isNodeSettled(state, graph.tierBase + at)).length;
  const { caughtByEvaluators, verdicts } = account;
  const unmended = caughtByEvaluators.filter(({ mendedBy }) => mendedBy === null).length;
  const budgets = keptBudgets(replayed);
  return [
    item(
      'completion',
      'Is every module sealed, each by a PASS of its own gate?',
      sealed === plan.modules.length,
      `${sealed} of ${plan.modules.length} sealed; ${verdicts.PASS} PASS in all; \`ashlar verify\` holds the seals against what was sealed`,
    ),
    item(
      'completion',
      'Did every tier and gate pass?',
      nodes.length === 0 ? null : passed === nodes.length,
      nodes.length === 0 ? 'the plan has none' : `${passed} of ${nodes.length}`,
    ),
    item(
      'completion',
      'Was every defect that a gate found mended?',
      caughtByEvaluators.length === 0 ? null : unmended === 0,
      caughtByEvaluators.length === 0
        ? 'none was found'
        : `${caughtByEvaluators.length - unmended} of ${caughtByEvaluators.length}`,
    ),
    item('completion', 'Did it stay within its budget?', budgets.kept, budgets.figure),
  ];
}
