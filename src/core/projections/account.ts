import type { Amount } from '../budget.ts';
import type { RunEvent } from '../events.ts';
import type { AgentRole } from '../events/budget.ts';
import type { PoolKind } from '../plan/plan.ts';
import { poolOf } from '../scopes.ts';
import { nodeRef, type NodeRef } from '../ids.ts';
import type { HandoffState } from '../handoff.ts';
import type { RunState } from '../state.ts';
import type {
  Account,
  AccountHandoffs,
  AccountPlan,
  AccountSpending,
  AccountTime,
} from './account-shape.ts';
import { AccountTally } from './account-tally.ts';
import { conflictRows } from './conflicts.ts';
import {
  hasWorked,
  moneyKnowledge,
  nodeMoney,
  poolMoney,
  type MoneyKnowledge,
} from './money-known.ts';
import { measuredPath } from './measured-path.ts';
import { beginInput, followInput, type OrchestratorInput } from './orchestrator-input.ts';
import { streamTimes } from './stream-times.ts';
import { inputAccount, usageAccount } from './usage-account.ts';
import { activeUntil, replayEvent, runElapsedMs, workUntil, type Replayed } from './timeline.ts';

/** A run's account, and the fold that it was taken from. */
export interface Accounted {
  readonly account: Account;
  readonly replayed: Replayed;
}

/** What an account is read off, besides what is counted event by event. */
export type Folded = Replayed & { readonly input: OrchestratorInput };

/** Folds a run's events once; null where there are none. */
export function accountOf(events: readonly RunEvent[]): Accounted | null {
  const tally = new AccountTally();
  let folded: Folded | null = null;
  for (const event of events) {
    const replayed = replayEvent(folded, event);
    const input: OrchestratorInput =
      folded === null
        ? beginInput(replayed.state)
        : followInput(folded.input, folded.state, event, replayed.state);
    folded = { ...replayed, input };
    tally.note(event, runElapsedMs(replayed.state, event.at));
  }
  return folded === null ? null : accountFrom(folded, tally);
}

/** The same of a run that is folded already; `tally` has counted just the events of that fold. */
export function accountFrom(folded: Folded, tally: AccountTally): Accounted {
  const { state, costs, input } = folded;
  const account = {
    ...accountAt(folded, tally),
    usage: usageAccount(state, costs),
    orchestratorInput: inputAccount(state, input),
  };
  return { account, replayed: folded };
}

function accountAt(
  replayed: Replayed,
  tally: AccountTally,
): Omit<Account, 'usage' | 'orchestratorInput'> {
  const { state, timeline } = replayed;
  const { phase, plan } = state;
  const { firstComposedMs, allSealedMs, paidFor, ...told } = tally.told(state);
  return {
    run: state.run,
    artifact: plan.artifact.name,
    outcome: phase.at === 'finished' ? phase.outcome : null,
    way: state.way,
    time: timeOf(replayed, firstComposedMs ?? allSealedMs),
    plan: planOf(replayed),
    pools: timeline.pools,
    streams: streamTimes(replayed, state.at),
    handoffs: handoffsOf(state),
    conflicts: conflictsOf(state),
    ...told,
    spending: {
      ...told.spending,
      ...spendingOf(replayed, paidFor),
      money: knownOf(replayed, told.spending),
    },
  };
}

function timeOf(replayed: Replayed, firstWorkingMs: number | null): AccountTime {
  const { state, timeline } = replayed;
  const activeMs = activeUntil(replayed, state.at);
  const sequentialMs = workUntil(replayed, state.at);
  return {
    elapsedMs: runElapsedMs(state, state.at),
    activeMs,
    sequentialMs,
    speedup: sequentialMs > 0 && activeMs > 0 ? sequentialMs / activeMs : null,
    firstWorkingMs,
    buildMs: timeline.pools.builders.workMs,
    judgeMs: timeline.pools.reviewers.workMs,
    criticalPath: measuredPath(replayed),
  };
}

function planOf({ state, timeline }: Replayed): AccountPlan {
  const { plan, graph } = state;
  const needs = plan.modules.flatMap((module) => module.needs);
  const count = (kind: string): number => needs.filter((need) => need.kind === kind).length;
  const couldBeSoft = plan.modules.flatMap((to, node) => {
    const waitedMs = timeline.lanes
      .get(node)
      .reduce((sum, { doing, ms }) => sum + (doing === 'waiting' ? ms : 0), 0);
    if (waitedMs === 0) return [];
    return (graph.needs[node] ?? []).flatMap((need) => {
      const from = plan.modules[need];
      const hasStub = from !== undefined && from.contract.stub.length > 0;
      return hasStub ? [{ from: from.id, to: to.id, waitedMs }] : [];
    });
  });
  return {
    modules: plan.modules.length,
    documents: plan.modules.filter(({ kind }) => kind === 'document').length,
    tiers: plan.tiers.map(({ id, modules }) => ({ id, modules: modules.length })),
    gates: plan.gates.length,
    streams: plan.streams.length,
    dependencies: {
      hard: count('hard'),
      soft: count('soft'),
      feedback: count('feedback'),
      resource: plan.modules.reduce((sum, { resources }) => sum + resources.length, 0),
    },
    couldBeSoft,
  };
}

function handoffsOf({ handoffs }: RunState): AccountHandoffs {
  const all = handoffs.toArray();
  const took = all
    .flatMap(({ requestedAt, receivedAt }) =>
      receivedAt === null ? [] : [receivedAt - requestedAt],
    )
    .sort((a, b) => a - b);
  const count = (is: (each: HandoffState) => boolean): number => all.filter(is).length;
  return {
    requested: all.length,
    partial: all.reduce((sum, { partials }) => sum + partials, 0),
    delivered: count(({ deliveredAt }) => deliveredAt !== null),
    received: took.length,
    withdrawn: count(({ withdrawn }) => withdrawn !== null),
    open: count((each) => each.deliveredAt === null && each.withdrawn === null),
    medianMs: took[Math.floor(took.length / 2)] ?? null,
    longestMs: took.at(-1) ?? null,
    waitedMs: all.reduce((sum, { waitedMs }) => sum + waitedMs, 0),
  };
}

function spendingOf(
  replayed: Replayed,
  paidFor: ReadonlyMap<NodeRef, ReadonlySet<PoolKind>>,
): Pick<AccountSpending, 'total' | 'byModule'> {
  const { state } = replayed;
  const byModule = [...state.modules].map(({ id, spent }, node) => ({
    module: id,
    ...spent,
    money: nodeMoney(replayed, node, [...(paidFor.get(nodeRef('module', id)) ?? [])]),
  }));
  return { total: state.spent, byModule };
}

function knownOf(
  replayed: Replayed,
  { byRole, byPool }: Pick<AccountSpending, 'byRole' | 'byPool'>,
): AccountSpending['money'] {
  const known = (pool: PoolKind, spent: Amount): MoneyKnowledge =>
    hasWorked(spent) ? poolMoney(replayed, pool) : 'known';
  const ofRole = (role: AgentRole): MoneyKnowledge => known(poolOf(role), byRole[role]);
  const ofPool = (pool: PoolKind): MoneyKnowledge => known(pool, byPool[pool]);
  return {
    total: moneyKnowledge(replayed),
    byRole: {
      builder: ofRole('builder'),
      reviewer: ofRole('reviewer'),
      planner: ofRole('planner'),
      integrator: ofRole('integrator'),
    },
    byPool: {
      planners: ofPool('planners'),
      builders: ofPool('builders'),
      reviewers: ofPool('reviewers'),
    },
  };
}

/** What integration caught is told as that. */
function conflictsOf(state: RunState): Account['conflicts'] {
  return conflictRows(state)
    .filter(({ kind }) => kind !== 'integration')
    .map(({ kind, about, resolved }) => ({
      kind,
      about,
      rule: resolved?.rule ?? null,
      decision: resolved?.decision ?? null,
      reason: resolved?.reason ?? '',
    }));
}
