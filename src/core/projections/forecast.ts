import type { ModuleId, StreamId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { Work } from '../schedule/plan-problem.ts';
import { simulate } from '../schedule/simulate.ts';

/** When a run of a plan would work on what, by the estimates: lanes by stream. Minutes from its start. */
export interface Forecast {
  /** Until everything is sealed, as a run goes about it. */
  readonly minutes: number;
  /** The same work one after the other. */
  readonly sequential: number;
  /** No schedule is shorter. */
  readonly lowerBound: number;
  readonly builders: number;
  readonly reviewers: number;
  readonly lanes: readonly ForecastLane[];
}

/** The work of one stream; streams come in the order of the plan. */
export interface ForecastLane {
  readonly stream: StreamId;
  readonly title: string;
  /** As many as have work at once at most: in each, one module after the other. */
  readonly rows: readonly (readonly ForecastBar[])[];
}

/** The work on one module, from its first stretch to its last. */
export interface ForecastBar {
  readonly module: ModuleId;
  readonly start: number;
  readonly end: number;
  readonly stretches: readonly ForecastStretch[];
  /** On the chain that decides how long it all takes. */
  readonly isCritical: boolean;
}

export interface ForecastStretch {
  readonly work: Work['kind'];
  readonly start: number;
  readonly end: number;
}

/**
 * Simulates a plan whose graph is sound. `builders`: so many places instead of the plan's; null for
 * those. Nothing better is searched for, so that it can be made between two keys.
 */
export function forecast(plan: Plan, builders: number | null): Forecast {
  const { places, minutes, lowerBound, criticalPath, schedule } = simulate(plan, {
    ...{ builders, seed: 1, mayGoOn: () => false },
  });
  const critical = new Set(criticalPath.modules);
  const stretches = new Map<ModuleId, ForecastStretch[]>();
  for (const { module, work, start, end } of schedule) {
    const known = stretches.get(module);
    if (known === undefined) stretches.set(module, [{ work, start, end }]);
    else known.push({ work, start, end });
  }
  const bars = new Map<StreamId, ForecastBar[]>();
  for (const { id, stream } of plan.modules) {
    const its = stretches.get(id) ?? [];
    const bar: ForecastBar = {
      ...{ module: id, stretches: its, isCritical: critical.has(id) },
      start: its[0]?.start ?? 0,
      end: its.reduce((latest, { end }) => Math.max(latest, end), 0),
    };
    const known = bars.get(stream);
    if (known === undefined) bars.set(stream, [bar]);
    else known.push(bar);
  }
  return {
    ...{ minutes: minutes.ashlar, sequential: minutes.sequential, lowerBound, ...places },
    lanes: plan.streams.flatMap(({ id, title }) => {
      const its = bars.get(id);
      return its === undefined ? [] : [{ stream: id, title, rows: rowsOf(its) }];
    }),
  };
}

/** Each in the first row that is free by then, in the order of their starts. */
function rowsOf(bars: readonly ForecastBar[]): ForecastBar[][] {
  const rows: ForecastBar[][] = [];
  // Sorting is stable: what starts at once stays in the order of the plan.
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const free = rows.find((row) => (row.at(-1)?.end ?? 0) <= bar.start);
    if (free === undefined) rows.push([bar]);
    else free.push(bar);
  }
  return rows;
}
