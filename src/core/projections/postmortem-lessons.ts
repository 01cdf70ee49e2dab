import type { Account } from './account-shape.ts';
import { isWork } from './doing.ts';
import { speedup, type RunStatus } from './run-status.ts';
import type { Replayed } from './timeline.ts';
import { duration, listed } from './words.ts';

/** Below this, the coordination was hardly worth it. */
const worthwhileSpeedup = 1.2;
/** An estimate this far off, either way, plans badly. */
const farOff = 2;

/** What a person could do better next time, each with the figures that say so. */
export function lessons(replayed: Replayed, status: RunStatus, account: Account): string[] {
  const found = [
    ...revised(replayed),
    ...amended(replayed),
    ...misjudged(replayed),
    ...pairs(account),
    ...unstable(account),
    ...idlePools(replayed),
    ...parallel(status),
  ];
  return ['## What to learn', '', ...(found.length === 0 ? ['Nothing stood out.'] : found)];
}

function revised({ state }: Replayed): string[] {
  const often = [...state.modules].filter(({ attempt }) => attempt >= 3);
  return often.map(
    ({ id, attempt }) =>
      `- **${id}** took ${attempt} attempts: its contract may say too little, or it is too large for one module.`,
  );
}

function amended({ state }: Replayed): string[] {
  const changed = [...state.modules].filter(({ contract }) => contract.version > 1);
  if (changed.length === 0) return [];
  const names = changed.map(({ id, contract }) => `${id} (v${contract.version})`);
  return [
    `- Contracts changed during the run: ${listed(names, 10)}. Write them so from the start.`,
  ];
}

function misjudged({ state, timeline }: Replayed): string[] {
  const off = state.plan.modules.flatMap(({ id, estimate }, node) => {
    if ((state.modules.get(node).seal?.attempt ?? 0) === 0) return [];
    const lane = timeline.lanes.get(node);
    const tookMs = lane.reduce((sum, { doing, ms }) => sum + (isWork(doing) ? ms : 0), 0);
    const estimateMs = (estimate.minutes + estimate.review) * 60_000;
    const ratio = tookMs / Math.max(1, estimateMs);
    if (ratio < farOff && ratio > 1 / farOff) return [];
    return [`${id} (${duration(tookMs)} instead of ${duration(estimateMs)})`];
  });
  return off.length === 0 ? [] : [`- Estimates that were far off: ${listed(off, 10)}.`];
}

function pairs({ caughtByIntegration }: Account): string[] {
  const counts = new Map<string, number>();
  for (const { between } of caughtByIntegration) {
    const pair = listed(between, 10);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts].map(
    ([pair, count]) =>
      `- ${pair} did not fit together (${count === 1 ? 'once' : `${count} times`}): test that seam in their contracts.`,
  );
}

function unstable({ unstableChecks }: Account): string[] {
  return unstableChecks.length === 0
    ? []
    : [`- Checks that gave two outcomes: ${listed(unstableChecks, 10)}. Make them repeatable.`];
}

function idlePools({ timeline }: Replayed): string[] {
  const pressure = timeline.pools.heldMs['review-pressure'] ?? 0;
  const { builders } = timeline.pools;
  const idle = builders.idleMs['nothing-ready'] ?? 0;
  const held =
    pressure > builders.workMs / 10
      ? [`- Builders waited ${duration(pressure)} for reviewers: give reviewers more places.`]
      : [];
  const scarce = Object.entries(timeline.pools.scarceMs)
    .filter(([, ms]) => ms > builders.workMs / 10)
    .map(([name, ms]) => `- Work waited ${duration(ms)} for ${name}: can there be more of it?`);
  return idle > builders.workMs
    ? [
        ...held,
        ...scarce,
        `- Builders' places stood empty more than they worked (${duration(idle)}): fewer places would do, or fewer hard dependencies.`,
      ]
    : [...held, ...scarce];
}

function parallel(status: RunStatus): string[] {
  const factor = speedup(status);
  if (factor === null || factor >= worthwhileSpeedup) return [];
  return [
    `- Working side by side was only ${factor.toFixed(1)} times as fast: one agent might have done.`,
  ];
}
