import { accountOf, boundOf, exhaustedAmong } from '../accounts.ts';
import { addAmounts, zeroAmount, type Amount } from '../budget.ts';
import { hidesMoney } from '../metering.ts';
import type { PoolKind } from '../plan/plan.ts';
import { scopeName } from '../scope-name.ts';
import { partScopes, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import { money, tokens } from './figures.ts';
import { runElapsedMs } from './timeline.ts';
import { counted, duration } from './words.ts';

/** One bound of the run, a pool or a phase, and what is used of it. */
export interface BudgetLine {
  readonly scope: SharedScope;
  readonly unit: keyof Amount;
  readonly bound: number;
  readonly spent: number;
  /** What the work in flight may still use; nothing for the run's minutes, which are the clock's. */
  readonly reserved: number;
  /** It is used up, and what it pays for waits until a person raises it. */
  readonly exhausted: boolean;
  /** The bound with which the work that was refused could begin; null where it is not known. */
  readonly least: number | null;
}

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;
const pools: readonly PoolKind[] = ['planners', 'builders', 'reviewers'];

/** Every bound that the plan sets for the run, its pools and its phases, in this order. */
export function budgetLines(state: RunState, at: number): BudgetLine[] {
  const scopes: readonly SharedScope[] = ['run', ...partScopes];
  return scopes.flatMap((scope) => units.flatMap((unit) => lineOf(state, scope, unit, at)));
}

function lineOf(
  state: RunState,
  scope: SharedScope,
  unit: keyof Amount,
  at: number,
): readonly BudgetLine[] {
  const clock = scope === 'run' && unit === 'ms';
  const bound = clock ? state.plan.budget.minutes * 60_000 : boundOf(state.plan, scope)[unit];
  if (bound === Infinity) return [];
  const account = accountOf(state, scope);
  const spent = clock ? runElapsedMs(state, at) : account.spent[unit];
  const reserved = clock ? 0 : account.reserved[unit];
  const used = exhaustedAmong(state, [scope]);
  const exhausted = used?.what === unit;
  const least = exhausted ? used.least : null;
  return [{ scope, unit, bound, spent, reserved, exhausted, least }];
}

/** Whether people should look at it: four fifths are spent, or no more can begin. */
export const isTight = ({ spent, bound, exhausted }: BudgetLine): boolean =>
  exhausted || (bound > 0 && spent >= 0.8 * bound);

/** `the builders: 1.2 M of 1.5 M tokens (80 %), used up`. */
export function budgetLineWords(line: BudgetLine): string {
  const { scope, unit, bound, spent, exhausted } = line;
  const share = bound > 0 ? ` (${Math.floor((100 * spent) / bound)} %)` : '';
  const end = exhausted ? ', used up' : '';
  return `${scopeName(scope)}: ${used(unit, spent)} of ${amountWords(unit, bound)}${share}${end}`;
}

/** The figure alone, where the unit follows with the bound. */
const used = (unit: keyof Amount, value: number): string =>
  unit === 'tokens' ? tokens(value) : unit === 'turns' ? String(value) : amountWords(unit, value);

export function amountWords(unit: keyof Amount, value: number): string {
  switch (unit) {
    case 'tokens':
      return `${tokens(value)} tokens`;
    case 'microUsd':
      return money(value);
    case 'turns':
      return counted(value, 'turn');
    case 'ms':
      return duration(value);
  }
}

/** How much of the money is known: agents of a subscription do not tell what they cost. */
export type MoneyKnowledge = 'known' | 'partly' | 'unknown';

export function moneyKnowledge(state: RunState, of: readonly PoolKind[] = pools): MoneyKnowledge {
  const paid = of.filter((pool) => hasWorked(state.accounts[`pool:${pool}`].spent));
  const hidden = paid.filter((pool) => hidesMoney(state.plan, pool));
  if (hidden.length === 0) return 'known';
  return hidden.length === paid.length ? 'unknown' : 'partly';
}

const hasWorked = ({ tokens: count, turns, ms }: Amount): boolean => count + turns + ms > 0;

/** `$1.20`; `unknown` where nobody can tell, which is never nothing. */
export function spentMoney(microUsd: number, knowledge: MoneyKnowledge): string {
  if (knowledge === 'known') return money(microUsd);
  return knowledge === 'unknown' ? 'unknown' : `${money(microUsd)} and an unknown part`;
}

/** What counts as spent although nobody knows, because the end of the work was lost. */
export const countedInFull = (state: RunState): Amount =>
  pools.reduce((sum, pool) => addAmounts(sum, state.accounts[`pool:${pool}`].inFull), zeroAmount);

/** `50 k tokens, $0.50 of it counted in full, because the end of the work was lost`; '' where nothing. */
export function inFullWords(inFull: Amount): string {
  if (inFull.tokens === 0 && inFull.microUsd === 0 && inFull.turns === 0) return '';
  return `${tokens(inFull.tokens)} tokens, ${money(inFull.microUsd)} of it counted in full: its end was lost`;
}
