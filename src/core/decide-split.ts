import type { RecordSplit } from './commands/contract-result.ts';
import { spend } from './decide-budget.ts';
import { failAmendment } from './fail-amendment.ts';
import type { Deciding } from './deciding.ts';
import { tellOfSplit } from './decide-conflict.ts';
import { takeNextStep } from './decide-exhaustion.ts';
import { resumeWaiting, waitingForContract } from './decide-resumption.ts';
import { withdrawHandoffs } from './follow-handoffs.ts';
import { nodeRef } from './ids.ts';
import { moduleNode } from './lookup.ts';
import type { KeptTests } from './plan/plan.ts';
import { splitPlan } from './plan/split-plan.ts';
import { dealingsOf, handOn } from './split-handoffs.ts';
import type { ContractState } from './module-state.ts';
import type { Evidence } from './verdict.ts';

/** How often a planner is asked for a split. */
const maxSplitEpochs = 2;

/** A planner cut a module in parts: they take its place in the plan, or it is asked once more. */
export function recordSplit(deciding: Deciding, command: RecordSplit): void {
  const node = moduleNode(deciding.state, command.module);
  const { id, life, contract } = deciding.state.modules.get(node);
  if (life.at !== 'amending' || life.source !== 'split' || life.order !== command.order) {
    deciding.rejectLate(command.order, id, 'a split of a replaced planner');
    return;
  }
  spend(deciding, command.order, nodeRef('module', id), 'planner', command.spent);
  if (life.superseded || deciding.state.phase.at === 'cancelling') {
    failAmendment(deciding, node, 'superseded', 'it is not to be split any more', false);
    return;
  }
  const split = splitPlan(deciding.state.plan, node, command.parts, keptTests(contract));
  if (!split.ok) {
    failSplit(deciding, node, 'invalid-split', split.message, true, [said(split.message)]);
    return;
  }
  const dealings = dealingsOf(deciding.state, node);
  const waiting = waitingForContract(deciding.state, node);
  withdrawHandoffs(deciding, id, `${id} was split: its parts take its place`);
  deciding.emit({
    type: 'module-split',
    module: id,
    into: split.parts.map((part) => part.id),
    plan: split.plan,
    contracts: split.parts.map((part, at) => {
      const { contract, seed } = command.contracts[at] ?? missing(part.id);
      return { module: part.id, contract, seed };
    }),
    reason: command.reason,
    by: 'planner',
  });
  const parts = split.parts.map((part) => part.id);
  handOn(deciding, parts, dealings);
  tellOfSplit(deciding, id, parts, command.reason);
  resumeWaiting(deciding, waiting, id, 'planner');
}

/** Tests that a person set bind the parts together; those of a planner go with what it wrote. */
function keptTests({ tree, listing, history }: ContractState): KeptTests | null {
  const byPerson = history.some(({ source }) => source === 'plan' || source === 'person');
  return byPerson ? { contract: tree, listing } : null;
}

/** Asked once more with the reasons; then the plan's next step is taken. */
export function failSplit(
  deciding: Deciding,
  node: number,
  code: string,
  message: string,
  retryable: boolean,
  evidence: readonly Evidence[],
): void {
  const { life } = deciding.state.modules.get(node);
  if (life.at !== 'amending') return;
  const { epoch, reason, superseded } = life;
  failAmendment(deciding, node, code, message, retryable, evidence);
  if (superseded || (retryable && epoch < maxSplitEpochs)) return;
  takeNextStep(deciding, node, `${reason} and no planner split it (${message})`);
}

function missing(part: string): never {
  throw new Error(`the part ${part} has no contract`);
}

function said(says: string): Evidence {
  return { kind: 'scope', check: null, test: null, file: null, line: null, says };
}
