import type {
  RecordAmendment,
  RecordAmendmentFailure,
  RecordVerification,
} from './commands/contract-result.ts';
import type { Deciding } from './deciding.ts';
import { loseArbitration } from './decide-arbitration.ts';
import { spend } from './decide-budget.ts';
import { maxDrafts, plannersSource, plannersVersion } from './contract-version.ts';
import type { AmendmentSource, ContractAmended } from './events/contract.ts';
import type { EscalationReason } from './events/module.ts';
import { failAmendment } from './fail-amendment.ts';
import { failSplit } from './decide-split.ts';
import { nodeRef } from './ids.ts';
import { endDispute, tellConsumers } from './decide-conflict.ts';
import { resumeWaiting, waitingForContract } from './decide-resumption.ts';
import { moduleNode } from './lookup.ts';

/** How often a planner is asked for one version. */
const maxPlannerEpochs = 3;

/** A planner wrote a new version of a contract. */
export function recordAmendment(deciding: Deciding, command: RecordAmendment): void {
  const node = moduleNode(deciding.state, command.module);
  const { id, life, contract } = deciding.state.modules.get(node);
  if (life.at !== 'amending' || life.order !== command.order) {
    deciding.rejectLate(command.order, id, 'a contract of a replaced planner', command.spent);
    return;
  }
  spend(deciding, command.order, nodeRef('module', id), 'planner', command.spent);
  if (life.superseded) {
    failAmendment(deciding, node, 'superseded', 'a person amended the contract first', false);
  } else if (command.contract === contract.tree) {
    failAmendment(deciding, node, 'same-contract', 'the planner changed nothing', false);
    escalate(deciding, node, life.source, 'the planner changed nothing');
  } else {
    const version = plannersVersion(contract);
    const of = { version, contract: command.contract, reason: command.reason };
    amendContract(deciding, node, { ...of, source: life.source, by: 'planner' });
  }
}

export function recordAmendmentFailure(deciding: Deciding, command: RecordAmendmentFailure): void {
  const node = moduleNode(deciding.state, command.module);
  const { id, life } = deciding.state.modules.get(node);
  if (life.at !== 'amending' || life.order !== command.order) {
    deciding.rejectLate(command.order, id, 'the failure of a replaced planner', command.spent);
    return;
  }
  spend(deciding, command.order, nodeRef('module', id), 'planner', command.spent);
  const { code, message, retryable, evidence } = command;
  if (life.source === 'split') {
    failSplit(deciding, node, code, message, retryable, evidence ?? []);
    return;
  }
  failAmendment(deciding, node, code, message, retryable, evidence);
  const again = command.retryable && life.epoch < maxPlannerEpochs;
  if (!again && !life.superseded) escalate(deciding, node, life.source, command.message);
}

/** A driver died: its planners are gone, and what they spent counts in full. */
export function loseAmendment(deciding: Deciding, node: number): void {
  const { id, life } = deciding.state.modules.get(node);
  if (life.at !== 'amending' || life.order === null) return;
  spend(deciding, life.order, nodeRef('module', id), 'planner', null);
  failAmendment(deciding, node, 'lost', 'its driver ended', true);
}

type NewVersion = Pick<ContractAmended, 'version' | 'contract' | 'reason' | 'source' | 'by'>;

/** The next version of a contract; a seal is reopened by it (law 4). */
export function amendContract(
  deciding: Deciding,
  node: number,
  { version, contract, reason, source, by }: NewVersion,
): void {
  const module = deciding.state.modules.get(node);
  const waiting = waitingForContract(deciding.state, node);
  if (module.seal !== null) {
    const { id, evidence } = module;
    const cause = 'amendment';
    deciding.emit({ type: 'module-reopened', module: id, cause, reason, evidence, by });
  }
  const { life } = module;
  // A planner at work goes on: it is told by its result's refusal, and keeps its place until then.
  const replaced =
    life.at === 'generating' ||
    life.at === 'resting' ||
    life.at === 'verifying' ||
    life.at === 'disputed';
  if (replaced && life.order !== null) deciding.abort(life.order);
  loseArbitration(deciding, node, 'the contract was amended first');
  endDispute(deciding, module, { rule: source === 'person' ? 'person' : 'contract', reason, by });
  deciding.emit({
    type: 'contract-amended',
    module: module.id,
    version,
    contract,
    reason,
    source,
    by,
  });
  // Where there was no version before, nobody has built against one.
  if (module.contract.version > 0) tellConsumers(deciding, node, reason);
  resumeWaiting(deciding, waiting, module.id, by);
}

/** The tests of a new version were listed, or it turned out to decide nothing. */
export function recordVerification(deciding: Deciding, command: RecordVerification): void {
  const node = moduleNode(deciding.state, command.module);
  const { id, life, contract, evidence } = deciding.state.modules.get(node);
  if (life.at !== 'verifying' || life.order !== command.order) {
    deciding.rejectLate(command.order, id, 'a test list of an older contract', null);
    return;
  }
  if (life.outdated) {
    deciding.emit({ type: 'verification-ended', module: id });
    return;
  }
  const { version } = contract;
  const { result } = command;
  if (result.ok) {
    const { listing, tests } = result;
    const of = { module: id, version, contract: contract.tree };
    const source = plannersSource(contract) === 'missing' ? ({ source: 'missing' } as const) : {};
    deciding.emit({ type: 'contract-written', ...of, listing, tests, ...source });
    return;
  }
  const refused = { module: id, version, code: result.code, evidence: result.evidence };
  // A planner that wrote nothing to build on is asked again with the reasons, a person at once.
  const again = plannersSource(contract) !== null && contract.refusals + 1 < maxDrafts;
  if (again) {
    deciding.emit({ type: 'contract-refused', ...refused, again });
    return;
  }
  deciding.emit({ type: 'contract-refused', ...refused });
  deciding.emit({
    type: 'module-escalated',
    module: id,
    reason: 'contract-refused',
    message: `version ${version} of its contract was refused (${result.code}); amend it again`,
    evidence: [...result.evidence, ...evidence],
  });
}

const reasons: Record<AmendmentSource, EscalationReason> = {
  exhaustion: 'exhausted',
  integration: 'integration',
  dispute: 'contract-needed',
  person: 'contract-needed',
  'earlier-run': 'contract-needed',
  missing: 'contract-needed',
  plan: 'contract-needed',
  split: 'exhausted',
};

function escalate(
  deciding: Deciding,
  node: number,
  source: AmendmentSource,
  message: string,
): void {
  const { id, evidence } = deciding.state.modules.get(node);
  const reason = reasons[source];
  const full =
    source === 'missing'
      ? `no planner wrote its contract (${message}): write it yourself`
      : `no planner amended its contract (${message}): amend it yourself`;
  deciding.emit({ type: 'module-escalated', module: id, reason, message: full, evidence });
}
