import { accountOf, boundOf, moduleScope } from '../../core/accounts.ts';
import { grantOf } from '../../core/allowance.ts';
import { addAmounts, scaleAmount, type Amount } from '../../core/budget.ts';
import { modulePlan } from '../../core/graph.ts';
import { moduleId, parseNodeRef, type NodeRef } from '../../core/ids.ts';
import { t } from '../../core/language.ts';
import { moduleNode } from '../../core/lookup.ts';
import { amountWords, budgetLines, isTight } from '../../core/projections/budgets.ts';
import {
  moduleMoney,
  moneyKnowledge,
  spentMoney,
  spentOfMoney,
  type MoneyKnowledge,
} from '../../core/projections/money-known.ts';
import { runElapsedMs, type Replayed } from '../../core/projections/timeline.ts';
import { isShared, partScopes, type Scope, type SharedScope } from '../../core/scopes.ts';

export type BudgetPart = 'tokens' | 'minutes' | 'usd' | 'turns' | 'attempts';

/** One bound of a budget: what it is, and what is used of it or reserved for work in flight. */
export interface BudgetRow {
  readonly part: BudgetPart;
  readonly name: string;
  /** In the unit that a person writes; null where there is no bound yet. */
  readonly limit: number | null;
  readonly used: number;
  readonly says: string;
}

/** A scope as it stands by itself: `The run`, `The builders`, `Phase build`. */
export function scopeWords(scope: SharedScope): string {
  const name = scope.slice(scope.indexOf(':') + 1);
  if (scope === 'run') return t('The run');
  return scope.startsWith('pool:') ? t('The {0}', name) : t('Phase {0}', name);
}

/** One budget of a run that a person may raise. */
export interface BudgetChoice {
  readonly scope: Scope;
  readonly name: string;
  readonly says: string;
}

/** The run's, pools' and phases' budgets, and those of modules that are stuck without: these first. */
export function budgetChoices(replayed: Replayed, at: number): BudgetChoice[] {
  const { state } = replayed;
  const lines = budgetLines(replayed, at);
  const shared = (['run', ...partScopes] as const).map((scope) => {
    const own = lines.filter((line) => line.scope === scope);
    const isOut = own.some(({ exhausted }) => exhausted);
    const says = isOut
      ? t('used up')
      : own.length === 0
        ? t('not bounded')
        : own.some(isTight)
          ? t('nearly used up')
          : own.map(({ unit, bound }) => amountWords(unit, bound)).join(', ');
    return { isOut, choice: { scope, name: scopeWords(scope), says } };
  });
  const stuck = [...state.modules].flatMap(({ id, life }) => {
    const poor =
      life.at === 'abandoned' || (life.at === 'escalated' && life.reason === 'exhausted');
    return poor ? [{ scope: moduleScope(id), name: id, says: t('used up') }] : [];
  });
  const inOrder = [...shared.filter(({ isOut }) => isOut), ...shared.filter(({ isOut }) => !isOut)];
  return [...stuck, ...inOrder.map(({ choice }) => choice)];
}

export function budgetRows(replayed: Replayed, at: number, scope: Scope = 'run'): BudgetRow[] {
  return isShared(scope) ? sharedRows(replayed, at, scope) : moduleRows(replayed, scope);
}

function sharedRows(replayed: Replayed, at: number, scope: SharedScope): BudgetRow[] {
  const { state } = replayed;
  const { spent, reserved } = accountOf(state, scope);
  const taken = addAmounts(spent, reserved);
  const bound = boundOf(state.plan, scope);
  const rows = rowsOf(taken, bound, moneyKnowledge(replayed, scope));
  if (scope !== 'run') return rows;
  // The run's minutes are the clock's, and nobody reserves them.
  const ms = runElapsedMs(state, at);
  const { minutes } = state.plan.budget;
  const clock: BudgetRow = {
    ...{ part: 'minutes', name: t('Minutes'), limit: minutes, used: ms / 60_000 },
    says: t('{0} of {1} used', amountWords('ms', ms), amountWords('ms', minutes * 60_000)),
  };
  return rows.map((row) => (row.part === 'minutes' ? clock : row));
}

function moduleRows(replayed: Replayed, scope: NodeRef): BudgetRow[] {
  const { state } = replayed;
  const node = moduleNode(state, moduleId(parseNodeRef(scope).id));
  const { spent, grants, judged } = state.modules.get(node);
  const { budget } = modulePlan(state.plan, node);
  const one = grantOf(budget);
  const given = scaleAmount(one, grants);
  // A module that was given several budgets is raised by what one of them holds.
  const known = moduleMoney(replayed, node, spent, null);
  const rows = rowsOf(spent, one, known).map((row) => ({ ...row, used: row.used / grants }));
  return [
    ...rows.map((row, i) => {
      const unit = rowUnits[i]?.unit ?? 'tokens';
      const its = usedOf(unit, spent[unit], given[unit], known);
      const says =
        grants === 1
          ? t('{0} used', its)
          : t('{0} used; it was given {1} such budgets', its, grants);
      return { ...row, says };
    }),
    {
      ...{ part: 'attempts', name: t('Attempts'), limit: budget.attempts, used: judged },
      says: t('{0} of {1} judged under this contract', judged, budget.attempts),
    },
  ];
}

const rowUnits: readonly {
  readonly unit: keyof Amount;
  readonly part: BudgetPart;
  readonly name: () => string;
  readonly per: number;
}[] = [
  { unit: 'tokens', part: 'tokens', name: () => t('Tokens'), per: 1 },
  { unit: 'ms', part: 'minutes', name: () => t('Minutes'), per: 60_000 },
  { unit: 'microUsd', part: 'usd', name: () => t('US dollars'), per: 1_000_000 },
  { unit: 'turns', part: 'turns', name: () => t('Turns'), per: 1 },
];

function rowsOf(taken: Amount, bound: Amount, known: MoneyKnowledge): BudgetRow[] {
  return rowUnits.map(({ unit, part, name, per }) => {
    const bounded = bound[unit] !== Infinity;
    const limit = bounded ? bound[unit] / per : null;
    const used = usedOf(unit, taken[unit], bound[unit], known);
    const says = bounded
      ? t('{0} used or reserved', used)
      : t('{0} used or reserved, not bounded', used);
    return { part, name: name(), limit, used: taken[unit] / per, says };
  });
}

/** `20 turns of 50 turns`; of money what is known of it. */
function usedOf(unit: keyof Amount, used: number, bound: number, known: MoneyKnowledge): string {
  const bounded = bound !== Infinity;
  if (unit !== 'microUsd') {
    const its = amountWords(unit, used);
    return bounded ? t('{0} of {1}', its, amountWords(unit, bound)) : its;
  }
  return bounded ? spentOfMoney(used, amountWords(unit, bound), known) : spentMoney(used, known);
}

const wholeParts: readonly BudgetPart[] = ['tokens', 'turns', 'attempts'];

/** What a person wrote as a new bound, or why it cannot be one. `4_000_000`, `4M` and `4.5k` are read. */
export function readBound(text: string, { part, name, used, limit }: BudgetRow): number | string {
  const match = /^\$?(\d+(?:\.\d+)?)\s*([kKmM])?$/.exec(text.trim().replaceAll(/[_,](?=\d)/g, ''));
  if (match === null) return t('A number, such as 4_000_000, 4M or 12.50.');
  const scale = { k: 1_000, m: 1_000_000 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  const bound = Number(match[1]) * scale;
  if (!Number.isSafeInteger(Math.round(bound * 1_000_000)))
    return t('That is more than can be counted.');
  if (wholeParts.includes(part) && !Number.isInteger(bound))
    return t('{0}: whole numbers only.', name);
  if (limit !== null && bound <= limit)
    return t('It is {0} now; give more than that.', trim(limit));
  return bound <= used ? t('{0} is used already; give more than that.', trim(used)) : bound;
}

const trim = (value: number): string => String(Math.round(value * 100) / 100);
