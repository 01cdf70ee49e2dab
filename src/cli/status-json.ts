import { requestOf } from './needs-you-text.ts';
import { waits } from '../core/projections/run-status.ts';
import type { Shown } from './status-text.ts';

/**
 * The shape of `status --json`. Fields are added, never renamed or removed; times are UTC
 * milliseconds, durations milliseconds, money micro-dollars.
 */
export function statusJson({ run, streams, handoffs, usage, input, driver, at, program }: Shown) {
  const { needsYou, eta, spent } = run;
  return {
    run: run.run,
    artifact: run.artifact,
    at,
    phase: run.phase,
    outcome: run.outcome,
    reason: run.reason,
    paused: run.paused,
    way: run.way,
    driver,
    percent: run.percent,
    sealed: run.sealed,
    modules: run.modules.map(
      ({ id, stream, kind, text, percent, attempt, version, detail, waitsFor, since }) => ({
        ...{ id, stream, state: kind, text, percent, attempt, version, detail, waitsFor, since },
      }),
    ),
    gates: run.gates.map(({ name, ref, kind, text, subject, waitsFor }) => ({
      ...{ name, ref, state: kind, text, subject, waitsFor },
    })),
    streams: streams.map(({ etaMs, ...stream }) => ({ ...stream, etaMs: rounded(etaMs) })),
    handoffs: handoffs.map((row) => ({
      ...{ handoff: row.id, from: row.from, to: row.to, items: row.items, state: row.status },
      ...{ planned: row.planned, partials: row.partials, reason: row.reason },
      ...{ ageMs: row.ageMs, etaMinutes: row.etaMinutes, latencyMs: row.latencyMs },
      ...{ waitedMs: row.waitedMs, meanwhile: row.meanwhile },
    })),
    prerequisites: run.prerequisites,
    conflicts: run.conflicts.map(({ id, kind, parties, module, about, since, text, resolved }) => ({
      ...{ id, kind, parties, module, about, since, text, resolved },
    })),
    needsYou: needsYou.map((need) => ({
      kind: need.kind,
      module: need.kind === 'escalated' ? need.module : null,
      gate: 'gate' in need ? need.gate : null,
      subject: 'subject' in need ? need.subject : null,
      says: need.says,
      detail: need.detail,
      since: need.since,
      commands: requestOf(need, run.run, program, at).commands,
    })),
    waits: waits(run),
    pools: run.pools,
    eta: eta.known
      ? { known: true, fromMs: Math.round(eta.fromMs), toMs: rounded(eta.toMs), pace: eta.pace }
      : { known: false, why: eta.why },
    elapsedMs: run.elapsedMs,
    workMs: run.workMs,
    spent: {
      tokens: spent.tokens,
      // What nobody knows is not nothing.
      microUsd: run.money === 'unknown' ? null : spent.microUsd,
      money: run.money,
      countedInFull: { tokens: run.inFull.tokens, microUsd: run.inFull.microUsd },
    },
    usage,
    orchestratorInput: input,
    budgets: run.budgets,
    lateResults: run.late.count,
    delivered: run.delivered,
  };
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value);
