import { moduleScope, timeLeftMs } from './accounts.ts';
import { attemptAllowance } from './allowance.ts';
import { zeroAmount, type Amount } from './budget.ts';
import type { RecordLate } from './commands/agent-result.ts';
import type {
  RecordGenerationEnd,
  RecordProgress,
  RecordRest,
  RecordSubmission,
} from './commands/builder-result.ts';
import type { Deciding } from './deciding.ts';
import { giveFeedback } from './decide-feedback.ts';
import { settleOldVersion, settleOwnership } from './decide-conflict.ts';
import { disputeVerdict, nextRule } from './decide-dispute.ts';
import { takeExhaustionStep } from './decide-exhaustion.ts';
import { exhaustClock, exhaustShared, ofModule, spend } from './decide-budget.ts';
import type { GenerationEnd } from './events/attempt.ts';
import { modulePlan } from './graph.ts';
import { nodeRef, type TreeId } from './ids.ts';
import { moduleNode, moduleState } from './lookup.ts';
import { hidesMoney } from './metering.ts';
import type { RunState } from './state.ts';
import type { Generating, ModuleState } from './module-state.ts';

/** After this many failures or stalls of one attempt's agents a person is asked. */
const maxRestarts = 3;

/** Of its minutes: an agent is told so much earlier, at most, that they are over. */
const endingShare = 0.1;

interface AtWork {
  readonly node: number;
  readonly module: ModuleState;
  readonly life: Generating;
}

type Reported = Pick<RecordProgress, 'module' | 'order'>;

/** The builder that reports, if its order still stands. */
function generating(state: RunState, { module: id, order }: Reported): AtWork | null {
  const node = moduleNode(state, id);
  const module = state.modules.get(node);
  const { life } = module;
  return life.at === 'generating' && life.order === order ? { node, module, life } : null;
}

export function recordProgress(deciding: Deciding, command: RecordProgress): void {
  const work = generating(deciding.state, command);
  if (work === null) {
    // A late sign of life changes nothing; that there are some is worth one line in the journal.
    if (deciding.state.noted.includes(command.order)) return;
    const { order, module, spent } = command;
    deciding.rejectLate(order, module, 'progress of a replaced attempt', spent);
    return;
  }
  const { says, fraction, spent } = command;
  const { id, attempt, epoch } = work.module;
  deciding.emit({ type: 'progress-reported', module: id, attempt, epoch, says, fraction, spent });
}

export function recordSubmission(deciding: Deciding, command: RecordSubmission): void {
  const work = generating(deciding.state, command);
  if (work === null) {
    const what = 'a submission of a replaced attempt';
    deciding.rejectLate(command.order, command.module, what, command.spent);
    return;
  }
  const { module, life } = work;
  spend(deciding, command.order, nodeRef('module', command.module), 'builder', command.spent);
  if (life.ending) {
    settleOldVersion(deciding, module, life.version);
    end(deciding, module, 'aborted', 'written for an older contract', command.tree, 0);
    return;
  }
  const { id, attempt, epoch } = module;
  const { tree, summary, problems } = command;
  const { version } = life;
  deciding.emit({
    type: 'submission-received',
    module: id,
    attempt,
    epoch,
    version,
    tree,
    summary,
    problems,
  });
  settleOwnership(deciding, id, command.trespasses, problems);
  giveFeedback(deciding, work.node, command.findings);
}

export function recordGenerationEnd(deciding: Deciding, command: RecordGenerationEnd): void {
  const work = generating(deciding.state, command);
  if (work === null) {
    deciding.rejectLate(
      command.order,
      command.module,
      `the end (${command.outcome}) of a replaced attempt`,
      command.spent,
    );
    return;
  }
  const reserved = deciding.state.reservations.get(command.order);
  spend(deciding, command.order, nodeRef('module', command.module), 'builder', command.spent);
  if (command.outcome === 'disputed') {
    endInDispute(deciding, work, command);
    return;
  }
  const { outcome, message, seed } = command;
  endGeneration(deciding, work, outcome, message, seed, command.restMs);
  if (outcome === 'exhausted' && !work.life.ending) {
    const [had, used] = [reserved ?? zeroAmount, command.spent ?? reserved ?? zeroAmount];
    const what = command.what ?? 'tokens';
    if (what === 'ms' && outOfClock(deciding, had.ms, used.ms)) exhaustClock(deciding);
    else exhausted(deciding, work, what, had);
  }
}

/** Where nothing is left that could be disputed, saying no to the work is all that it amounts to. */
function endInDispute(
  deciding: Deciding,
  work: AtWork,
  { message, seed }: RecordGenerationEnd,
): void {
  const { node, module, life } = work;
  const over = life.ending || deciding.state.phase.at === 'cancelling';
  const rule = nextRule(module.judgement);
  if (rule === null && !over) {
    const none = module.judgement === null ? 'there is none' : 'a person upheld it';
    endGeneration(deciding, work, 'refused', `disputes a verdict (${none}): ${message}`, seed, 0);
    return;
  }
  end(deciding, module, 'disputed', message, seed, 0);
  if (rule !== null && !over) disputeVerdict(deciding, node, rule, message);
}

/** An agent that has waited is ended by the run's clock: before its own minutes are, and not much before it. */
function outOfClock({ state, at }: Deciding, reservedMs: number, usedMs: number): boolean {
  const endingMs = reservedMs * endingShare;
  return usedMs < reservedMs - endingMs && timeLeftMs(state, at) <= endingMs;
}

/** A builder's reservation was not enough: for want of its module's budget, or of a shared one. */
function exhausted(
  deciding: Deciding,
  { node, module }: AtWork,
  what: keyof Amount,
  reserved: Amount,
): void {
  const { plan } = deciding.state;
  const { budget } = modulePlan(plan, node);
  const counted = what !== 'microUsd' || !hidesMoney(plan, 'builders');
  // What its module would have given; `module` is as it was before this attempt was settled.
  if (counted && reserved[what] < attemptAllowance(module, budget)[what]) {
    const after = deciding.state.modules.get(node);
    const next = ofModule(module.id, 'builder', attemptAllowance(after, budget));
    exhaustShared(deciding, next, what);
    return;
  }
  const scope = moduleScope(module.id);
  deciding.emit({ type: 'budget-exhausted', module: module.id, scope, what, least: null });
  takeExhaustionStep(deciding, node, what);
}

/** What an agent still does after its attempt has ended: it is noted and changes nothing. */
export function recordLate(deciding: Deciding, { order, module, what, spent }: RecordLate): void {
  deciding.rejectLate(order, module, what, spent);
}

/** Ends an attempt's agent; too many failures, or a refusal, are a person's to look at. */
function endGeneration(
  deciding: Deciding,
  { node, module, life }: AtWork,
  outcome: GenerationEnd,
  message: string,
  seed: TreeId | null,
  restMs: number,
): void {
  const gaveUp =
    !life.ending &&
    ((replaceable(outcome) && module.restarts >= maxRestarts) || outcome === 'refused');
  const over = gaveUp || life.ending || deciding.state.phase.at === 'cancelling';
  end(deciding, module, outcome, message, seed, over ? 0 : restMs);
  if (!gaveUp) return;
  const reason = outcome === 'refused' ? 'agent-refused' : 'agent-failing';
  const times = outcome === 'refused' ? '' : `${module.restarts + 1} times in a row: `;
  deciding.emit({
    type: 'module-escalated',
    module: module.id,
    reason,
    message: `its agent ${outcome === 'refused' ? 'refused' : 'failed'} ${times}${message}`,
    evidence: deciding.state.modules.get(node).evidence,
  });
}

const replaceable = (outcome: GenerationEnd): boolean =>
  outcome === 'failed' || outcome === 'stalled';

/** Its provider serves nobody: the next agent takes up the same attempt and what was written, whenever that may be. */
export function endUnserved(
  deciding: Deciding,
  {
    order,
    module,
    message,
    seed,
    spent,
  }: Pick<RecordGenerationEnd, 'order' | 'module' | 'message' | 'seed' | 'spent'>,
): void {
  const work = generating(deciding.state, { order, module });
  spend(deciding, order, nodeRef('module', module), 'builder', spent);
  if (work !== null) end(deciding, work.module, 'unserved', message, seed, 0);
}

function end(
  deciding: Deciding,
  module: ModuleState,
  outcome: GenerationEnd,
  message: string,
  seed: TreeId | null,
  restMs: number,
): void {
  const { id, attempt, epoch } = module;
  deciding.emit({
    type: 'generation-ended',
    module: id,
    attempt,
    epoch,
    outcome,
    message,
    seed,
    restMs,
  });
}

/** A driver died: its builders are gone, and what they spent counts in full. */
export function loseGeneration(deciding: Deciding, node: number): void {
  const module = deciding.state.modules.get(node);
  if (module.life.at !== 'generating') return;
  spend(deciding, module.life.order, nodeRef('module', module.id), 'builder', null);
  end(deciding, module, 'lost', 'its driver ended', null, 0);
}

export function recordRest(deciding: Deciding, command: RecordRest): void {
  const module = moduleState(deciding.state, command.module);
  if (module.life.at !== 'resting' || module.life.order !== command.order) return;
  deciding.emit({ type: 'rest-ended', module: module.id });
}
