import type { RunEvent } from '../core/events.ts';
import type { Account } from '../core/projections/account-shape.ts';
import { checklist } from '../core/projections/checklist.ts';
import { insights } from '../core/projections/insights.ts';
import { insightsByModule } from '../core/projections/insights-used.ts';
import { promptDeltas } from '../core/projections/prompt-deltas.ts';
import type { Replayed } from '../core/projections/timeline.ts';

/**
 * The shape of `report --json`: the account of a run. Fields are added, never renamed or removed;
 * durations are milliseconds on the run's own clock, money micro-dollars.
 */
export function reportJson(account: Account, replayed: Replayed, events: readonly RunEvent[]) {
  return {
    ...account,
    checklist: checklist(account, replayed),
    nextTime: promptDeltas(account, replayed.state),
    insights: insights(account, replayed).map(({ file, type, title }) => ({ file, type, title })),
    insightsUsed: [...insightsByModule(events)].map(([module, notes]) => ({ module, notes })),
  };
}
