import { accountOf, boundOf, exhaustedAmong } from '../accounts.ts';
import { addAmounts, zeroAmount, type Amount } from '../budget.ts';
import { plural, t } from '../language.ts';
import { poolKinds } from '../plan/plan.ts';
import { partScopes, type SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import { money, tokens } from './figures.ts';
import { moneyKnowledge, spentOfMoney, type MoneyKnowledge } from './money-known.ts';
import { runElapsedMs, type Replayed } from './timeline.ts';
import { scopeWords } from './scope-words.ts';
import { duration } from './words.ts';

/** One bound of the run, a pool or a phase, and what is used of it. */
export interface BudgetLine {
  readonly scope: SharedScope;
  readonly unit: keyof Amount;
  readonly bound: number;
  readonly spent: number;
  /** How much of `spent` is known, where it is money; everything else always is. */
  readonly money: MoneyKnowledge;
  /** What the work in flight may still use; nothing for the run's minutes, which are the clock's. */
  readonly reserved: number;
  /** It is used up, and what it pays for waits until a person raises it. */
  readonly exhausted: boolean;
  /** The bound with which the work that was refused could begin; null where it is not known. */
  readonly least: number | null;
}

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;

/** Every bound that the plan sets for the run, its pools and its phases, in this order. */
export function budgetLines(paid: Pick<Replayed, 'state' | 'costs'>, at: number): BudgetLine[] {
  const scopes: readonly SharedScope[] = ['run', ...partScopes];
  return scopes.flatMap((scope) => units.flatMap((unit) => lineOf(paid, scope, unit, at)));
}

function lineOf(
  paid: Pick<Replayed, 'state' | 'costs'>,
  scope: SharedScope,
  unit: keyof Amount,
  at: number,
): readonly BudgetLine[] {
  const { state } = paid;
  const clock = scope === 'run' && unit === 'ms';
  const bound = clock ? state.plan.budget.minutes * 60_000 : boundOf(state.plan, scope)[unit];
  if (bound === Infinity) return [];
  const account = accountOf(state, scope);
  const spent = clock ? runElapsedMs(state, at) : account.spent[unit];
  const reserved = clock ? 0 : account.reserved[unit];
  const used = exhaustedAmong(state, [scope]);
  const exhausted = used?.what === unit;
  const least = exhausted ? used.least : null;
  const money = unit === 'microUsd' ? moneyKnowledge(paid, scope) : 'known';
  return [{ scope, unit, bound, spent, money, reserved, exhausted, least }];
}

/** Whether people should look at it: four fifths are spent, or no more can begin. */
export const isTight = ({ spent, bound, exhausted }: BudgetLine): boolean =>
  exhausted || (bound > 0 && spent >= 0.8 * bound);

/** `the builders: 1.2 M of 1.5 M tokens (80 %), used up`. */
export function budgetLineWords(line: BudgetLine): string {
  const { scope, unit, bound, spent, exhausted, money: known } = line;
  const whose = scopeWords(scope);
  const figure =
    known === 'known' ? shareWords(line) : spentOfMoney(spent, amountWords(unit, bound), known);
  return exhausted ? t('{0}: {1}, used up', whose, figure) : `${whose}: ${figure}`;
}

function shareWords({ unit, bound, spent }: BudgetLine): string {
  const of = t('{0} of {1}', used(unit, spent), amountWords(unit, bound));
  return bound > 0 ? `${of} (${Math.floor((100 * spent) / bound)} %)` : of;
}

/** The figure alone, where the unit follows with the bound. */
const used = (unit: keyof Amount, value: number): string =>
  unit === 'tokens' ? tokens(value) : unit === 'turns' ? String(value) : amountWords(unit, value);

export function amountWords(unit: keyof Amount, value: number): string {
  switch (unit) {
    case 'tokens':
      return t('{0} tokens', tokens(value));
    case 'microUsd':
      return money(value);
    case 'turns':
      return plural(value, '{0} turn', '{0} turns');
    case 'ms':
      return duration(value);
  }
}

/** What counts as spent although nobody knows, because the end of the work was lost. */
export const countedInFull = (state: RunState): Amount =>
  poolKinds.reduce(
    (sum, pool) => addAmounts(sum, state.accounts[`pool:${pool}`].inFull),
    zeroAmount,
  );

/** `50 k tokens, $0.50 of it counted in full, because the end of the work was lost`; '' where nothing. */
export function inFullWords(inFull: Amount): string {
  if (inFull.tokens === 0 && inFull.microUsd === 0 && inFull.turns === 0) return '';
  return t(
    '{0} tokens, {1} of it counted in full: its end was lost',
    tokens(inFull.tokens),
    money(inFull.microUsd),
  );
}
