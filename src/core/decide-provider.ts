import type { Command } from './commands.ts';
import type { RecordProviderWait, RecordUnserved, RecordUsage } from './commands/agent-result.ts';
import type { RetryProvider, SwitchAgents } from './commands/person.ts';
import type { Refusal } from './commands/refusal.ts';
import { endUnserved } from './decide-attempt.ts';
import { spend, type Payable } from './decide-budget.ts';
import { judgingOf } from './decide-gate.ts';
import type { Deciding } from './deciding.ts';
import { failAmendment } from './fail-amendment.ts';
import { nodeRef, type NodeRef, type Order } from './ids.ts';
import { moduleNode, moduleState } from './lookup.ts';
import { ended, no } from './person-rules.ts';
import { phrase } from './phrase.ts';
import { poolKinds, type PoolKind } from './plan/plan.ts';
import { restBefore, triedBy, troubled, troublesOf } from './provider-trouble.ts';
import { poolOf, poolOfWork } from './scopes.ts';
import type { RunState } from './state.ts';

/** What agents used is told by them alone; of work that has ended nothing more is taken. */
export function recordUsage(deciding: Deciding, command: RecordUsage): void {
  const { order, agent, for: ref, role, lines, read } = command;
  if (!deciding.state.reservations.has(order)) return;
  const more = read === undefined ? {} : { read };
  deciding.emit({ type: 'agent-used', order, agent, for: ref, role, lines, ...more });
}

/** Work came to nothing because its provider serves nobody: it is to be done again, as it was. */
export function recordUnserved(deciding: Deciding, command: RecordUnserved): void {
  const { order, effect, provider, code, message, spent } = command;
  const module = 'module' in effect ? effect.module : null;
  if (!deciding.state.reservations.has(order)) {
    deciding.rejectLate(order, module, `what its provider failed to do (${code})`, spent);
    return;
  }
  const pool = code === 'no-model' ? poolOfWork(effect.type) : null;
  const before = troubled(deciding.state, provider, pool);
  const tries = before?.life.at === 'trying' && before.life.order === order;
  endWork(deciding, command);
  if (!isAskedFor(deciding.state, command, pool)) return;
  if (deciding.state.phase.at === 'cancelling') return;
  // Others that were at work when it failed say nothing new.
  if (before !== null && !tries) return;
  const failures = (before?.failures ?? 0) + 1;
  const restMs = code === 'provider-down' ? restBefore(failures, command.restMs) : 0;
  deciding.emit({
    type: 'provider-failed',
    ...whom(provider, pool),
    ...{ code, message, failures, restMs },
  });
}

/** Whether what failed is what would be asked again: a pool may have been switched meanwhile. */
function isAskedFor(
  { plan: { pools } }: RunState,
  { provider, model }: RecordUnserved,
  pool: PoolKind | null,
): boolean {
  if (pool === null) return poolKinds.some((each) => pools[each].agent === provider);
  return pools[pool].agent === provider && pools[pool].model === model;
}

const whom = (provider: string, pool: PoolKind | null) =>
  pool === null ? { provider } : { provider, pool };

/** What was spent counts; neither the attempt nor the patience with its agents is used up. */
function endWork(deciding: Deciding, command: RecordUnserved): void {
  const { order, effect, code, message, seed, spent } = command;
  const pay = (ref: NodeRef, role: Payable['role']): void =>
    spend(deciding, order, ref, role, spent);
  switch (effect.type) {
    case 'generate':
      endUnserved(deciding, { order, module: effect.module, message, seed, spent });
      break;
    case 'amend':
    case 'split': {
      const node = moduleNode(deciding.state, effect.module);
      const { life } = deciding.state.modules.get(node);
      pay(nodeRef('module', effect.module), 'planner');
      const superseded = life.at === 'amending' && life.superseded;
      if (superseded) failAmendment(deciding, node, code, message, true);
      else failAmendment(deciding, node, code, message, true, [], true);
      break;
    }
    case 'arbitrate': {
      const { module, conflict } = effect;
      pay(nodeRef('module', module), 'planner');
      const failed = { conflict, module, code, message, retryable: true, unserved: true } as const;
      deciding.emit({ type: 'arbitration-failed', ...failed });
      break;
    }
    case 'evaluate': {
      const { id, life, ...module } = moduleState(deciding.state, effect.module);
      pay(nodeRef('module', id), 'reviewer');
      if (life.at !== 'evaluating') break;
      const { attempt, epoch } = life.submission.rejudged ?? module;
      deciding.emit({ type: 'evaluation-ended', module: id, attempt, epoch });
      break;
    }
    case 'integrate':
    case 'run-gate': {
      const gate =
        effect.type === 'integrate' ? nodeRef('tier', effect.tier) : nodeRef('gate', effect.gate);
      pay(gate, 'integrator');
      if (judgingOf(deciding.state, gate) === null) break;
      deciding.emit({ type: 'integration-ended', gate });
    }
  }
}

/**
 * Whatever a command says besides, an agent that has answered, or said what it used, was served: its
 * provider is back. What was aborted or lost says nothing of it, and checks alone neither.
 */
export function noteAnswer(deciding: Deciding, command: Command): void {
  if (deciding.state.troubled.length === 0 || !('order' in command)) return;
  const its = triedBy(deciding.state, command.order);
  if (its.length === 0 || !answers(command)) return;
  for (const { name, pool } of its) {
    deciding.emit({ type: 'provider-answered', ...whom(name, pool) });
  }
}

function answers(command: Command): boolean {
  const { type } = command;
  if (type === 'record-usage') return command.lines.some(({ tokens }) => tokens.output > 0);
  if (type === 'record-evaluation' || type === 'record-integration') {
    return command.spent.tokens > 0 || command.spent.turns > 0;
  }
  if (type === 'record-generation-end') {
    return command.outcome !== 'aborted' && command.outcome !== 'lost';
  }
  return handsIn.has(type);
}

const handsIn: ReadonlySet<Command['type']> = new Set([
  'record-submission',
  'record-amendment',
  'record-split',
  'record-arbitration',
]);

/** Work that begins now is the one that tries a provider which was in trouble; the rest waits for it. */
export function tryProvider(deciding: Deciding, order: Order, { ref, role }: Payable): void {
  const { state } = deciding;
  for (const { name, pool, life } of troublesOf(state, poolOf(role))) {
    if (life.at !== 'trying' || life.order !== null) continue;
    deciding.emit({ type: 'provider-tried', ...whom(name, pool), order, for: ref });
  }
}

export function recordProviderWait(deciding: Deciding, command: RecordProviderWait): void {
  const { provider, order } = command;
  const its = troubled(deciding.state, provider, null);
  if (its?.life.at !== 'resting' || its.life.order !== order) return;
  deciding.emit({ type: 'provider-wait-ended', provider, by: null });
}

/** null: carried out. */
export function retryProvider(deciding: Deciding, command: RetryProvider): Refusal | null {
  const { state } = deciding;
  const refusal = ended(state) ?? refuseRetry(state, command.provider);
  if (refusal !== null) return refusal;
  const { by } = command;
  for (const { name, pool, life } of state.troubled) {
    if (life.at === 'trying' || (command.provider !== null && name !== command.provider)) continue;
    if (life.at === 'resting') deciding.abort(life.order);
    deciding.emit({ type: 'provider-wait-ended', ...whom(name, pool), by });
  }
  return null;
}

/** Why nobody can have a provider tried now; null where that is possible. */
function refuseRetry({ troubled: all }: RunState, provider: string | null): Refusal | null {
  const its = all.filter(({ name }) => provider === null || name === provider);
  if (its.length === 0) {
    return no(
      'not-waiting',
      provider === null
        ? phrase('no agents are waited for; nothing is to be tried again')
        : phrase('{0} is not waited for; nothing is to be tried again', provider),
    );
  }
  if (its.some(({ life }) => life.at !== 'trying')) return null;
  return no(
    'not-waiting',
    phrase('{0} is being tried already; see what comes of it', its[0]?.name ?? ''),
  );
}

/** null: carried out. */
export function switchAgents(deciding: Deciding, command: SwitchAgents): Refusal | null {
  const { pool, agent, model, by } = command;
  const refusal = ended(deciding.state);
  if (refusal !== null) return refusal;
  const now = deciding.state.plan.pools[pool];
  if (now.agent === agent && (model === undefined || now.model === model)) {
    const what = model === undefined ? agent : phrase('{0} of {1}', model, agent);
    return no(
      'same-agents',
      phrase('{0} are {1} already; name another provider or another model', pool, what),
    );
  }
  switchPool(deciding, pool, agent, by, model);
  return null;
}

/** Agents at work go on; whoever is started from here on comes from the other provider, or model. */
export function switchPool(
  deciding: Deciding,
  pool: PoolKind,
  agent: string,
  by: string,
  model?: string,
): void {
  const before = deciding.state.troubled;
  const isSame = deciding.state.plan.pools[pool].agent === agent;
  if (isSame && model === undefined) return;
  const named = model === undefined ? {} : { model };
  deciding.emit({ type: 'agents-switched', pool, agent, ...named, by });
  for (const { name, pool: its, life } of before) {
    // Another model of a provider that served nobody may be what it lacked: it is tried with that.
    const isOfPool = name === agent && (its === null || its === pool);
    const isTried = isSame && isOfPool && life.at !== 'trying';
    const isOver = isTried || troubled(deciding.state, name, its) === null;
    if (isOver && life.at === 'resting') deciding.abort(life.order);
    if (isTried) deciding.emit({ type: 'provider-wait-ended', ...whom(name, its), by });
  }
}
