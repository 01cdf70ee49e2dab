import { poolKinds } from '../plan/plan.ts';
import type { Account } from './account-shape.ts';
import { paceSoFar } from './eta.ts';
import { markdownTable } from './markdown-table.ts';
import { poolSpending } from './postmortem-account.ts';
import type { IdleReason, PoolTime } from './pool-times.ts';
import { markdownLine } from './safe-text.ts';
import { bytesWords, costWords, modelWords } from './usage-account.ts';
import { speedup, type RunStatus } from './run-status.ts';
import type { Replayed } from './timeline.ts';
import { spentMoney } from './money-known.ts';
import { money, tokens } from './figures.ts';
import { duration } from './words.ts';

const roles = ['builder', 'reviewer', 'planner', 'integrator'] as const;

/** What the run took, in numbers. */
export function figures(replayed: Replayed, status: RunStatus, account: Account): string[] {
  const { state, timeline } = replayed;
  const { pools } = timeline;
  const { verdicts, spending } = account;
  const attempts = [...state.modules].reduce((sum, { attempt }) => sum + attempt, 0);
  const pace = paceSoFar(replayed);
  const factor = speedup(status);
  const saved = Math.max(0, status.workMs - status.activeMs);
  const held = Object.entries(pools.heldMs);
  return [
    '## Figures',
    '',
    ...markdownTable(
      ['', ''],
      [
        ['Modules', `${status.sealed} sealed of ${status.modules.length}`],
        ['Attempts', `${attempts}, with ${account.attempts.submissions} submissions`],
        ['Judgements', judgements(account)],
        [
          'Verdicts',
          `${verdicts.PASS} PASS, ${verdicts.NEEDS_REVISION} NEEDS_REVISION, ${verdicts.FAIL} FAIL`,
        ],
        ['Time', `${duration(status.elapsedMs)} (pauses and times without a driver left out)`],
        ...awaited(status),
        [
          'The same work one after the other',
          factor === null
            ? duration(status.workMs)
            : `${duration(status.workMs)}: ${factor.toFixed(1)} times as long, ${duration(saved)} saved`,
        ],
        [
          'Against the estimates',
          pace === null ? 'not known' : `${Number(pace.toPrecision(2))} × as long`,
        ],
        [
          'Spent',
          `${tokens(state.spent.tokens)} tokens, ${spentMoney(state.spent.microUsd, spending.money.total)}`,
        ],
        [
          'Budget',
          `${tokens(state.plan.budget.tokens)} tokens, ${money(state.plan.budget.microUsd)}, ${state.plan.budget.minutes} min`,
        ],
        [
          'Held although a place was free',
          held.length === 0
            ? 'never'
            : held.map(([hold, ms]) => `${hold} ${duration(ms)}`).join(', '),
        ],
        ...waited(pools.scarceMs),
      ],
    ),
    ...models(account),
    '',
    ...markdownTable(
      ['Pool', 'Places', 'At work', 'Idle'],
      poolKinds.map((pool) => [
        pool,
        state.plan.pools[pool].max,
        share(pools[pool]),
        idle(pools[pool]),
      ]),
    ),
    '',
    ...markdownTable(
      ['Role', 'Tokens', 'Money', 'Turns'],
      roles.map((role) => {
        const { tokens: count, microUsd, turns } = spending.byRole[role];
        return [
          `${role}s`,
          tokens(count),
          spentMoney(microUsd, spending.money.byRole[role]),
          turns,
        ];
      }),
    ),
    '',
    ...poolSpending(account),
  ];
}

/** What models were asked, by role and by model; nothing where none was. */
function models({ usage, orchestratorInput }: Account): string[] {
  const rows = [
    ['in all', costWords(usage.total)],
    ...usage.byRole.map((cost) => [cost.role, costWords(cost)]),
    ...usage.byModel.map((cost) => [markdownLine(modelWords(cost), 80), costWords(cost)]),
  ] as const;
  const asked = usage.total.calls === 0 ? [] : ['', ...markdownTable(['Models', 'Asked'], rows)];
  const { most, by } = orchestratorInput;
  const all = by.reduce((sum, { bytes }) => sum + bytes, 0);
  const read = `Of what agents and checks wrote, rules and orchestrating roles read ${bytesWords(all)}, at most ${bytesWords(most)} of one module.`;
  return [...asked, '', read];
}

function judgements({ attempts }: Account): string {
  const { judgings, confirmationFailures, feedback } = attempts;
  const confirmed = confirmationFailures === 0 ? '' : `; ${confirmationFailures} not confirmed`;
  const found = feedback === 0 ? '' : `; ${feedback} findings exchanged`;
  return `${judgings} of modules, tiers and gates${confirmed}${found}`;
}

function awaited({ elapsedMs, activeMs }: RunStatus): [string, string][] {
  const ms = elapsedMs - activeMs;
  return ms < 1_000 ? [] : [['Of it waiting for nothing but a person', duration(ms)]];
}

function waited(scarceMs: Readonly<Record<string, number>>): [string, string][] {
  const times = Object.entries(scarceMs).map(([name, ms]) => `${name} ${duration(ms)}`);
  return times.length === 0 ? [] : [['Ready work waited for', times.join(', ')]];
}

function share({ workMs, idleMs }: PoolTime): string {
  const all = workMs + Object.values(idleMs).reduce((sum, ms) => sum + ms, 0);
  return all === 0 ? '0 %' : `${Math.round((100 * workMs) / all)} % (${duration(workMs)})`;
}

const idleWords: Readonly<Record<IdleReason, string>> = {
  'nothing-ready': 'nothing was ready',
  paused: 'paused',
  'review-pressure': 'reviewers were behind',
  resource: 'resources were held',
  budget: 'budget reserved or used up',
  provider: 'their provider served nobody',
  cancelling: 'cancelling',
  checking: 'prerequisites',
  lacking: 'prerequisites were missing',
  over: 'over',
};

function idle({ idleMs }: PoolTime): string {
  const reasons = Object.entries(idleMs) as [IdleReason, number][];
  if (reasons.length === 0) return 'never';
  const longestFirst = reasons.sort(([, a], [, b]) => b - a);
  return longestFirst.map(([reason, ms]) => `${duration(ms)} ${idleWords[reason]}`).join(', ');
}
