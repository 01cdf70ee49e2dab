import { t } from '../../core/language.ts';
import { grantOf } from '../../core/allowance.ts';
import { scaleAmount, zeroAmount, type Amount } from '../../core/budget.ts';
import { nodeRef } from '../../core/ids.ts';
import {
  amountWords,
  budgetLines,
  countedInFull,
  inFullWords,
  isTight,
  type BudgetLine,
} from '../../core/projections/budgets.ts';
import {
  moduleMoney,
  spentMoney,
  type MoneyKnowledge,
} from '../../core/projections/money-known.ts';
import { tokens } from '../../core/projections/figures.ts';
import { scopeWords } from '../../core/projections/scope-words.ts';
import { upperFirst } from '../../core/projections/words.ts';
import { sharedScopesOf, type Scope, type SharedScope } from '../../core/scopes.ts';
import type { ShownModule } from './shown-module.ts';

/** One budget that pays for a module's work, and what is used of each of its bounds. */
export interface BudgetGroup {
  readonly scope: Scope;
  readonly name: string;
  readonly rows: readonly BudgetGroupRow[];
  /** It is used up or nearly so: a person may want to raise it. */
  readonly tight: boolean;
  /** What of it counts in full, because the end of the work was lost; '' where nothing does. */
  readonly inFull: string;
}

export interface BudgetGroupRow {
  readonly name: string;
  readonly used: string;
  /** What the work in flight may still use; `–` where nothing does. */
  readonly reserved: string;
  readonly limit: string;
  readonly exhausted: boolean;
}

const units = ['tokens', 'microUsd', 'turns', 'ms'] as const;
const unitNames = () =>
  ({
    tokens: t('Tokens'),
    microUsd: t('Money'),
    turns: t('Turns'),
    ms: t("Agents' time"),
  }) as const;

/** The module's own budget first, then the ever wider ones that it shares; only what is bounded. */
export function budgetGroups(shown: ShownModule, now: number): BudgetGroup[] {
  const { state } = shown.chronicle;
  const lines = budgetLines(shown.chronicle, now);
  const shared = payersOf(shown).flatMap((scope): BudgetGroup[] => {
    const own = lines.filter((line) => line.scope === scope);
    if (own.length === 0) return [];
    return [
      {
        ...{ scope, name: upperFirst(scopeWords(scope)), tight: own.some(isTight) },
        rows: own.map(sharedRow),
        inFull: inFullWords(scope === 'run' ? countedInFull(state) : state.accounts[scope].inFull),
      },
    ];
  });
  return [ownGroup(shown), ...shared];
}

/** Phases, then pools, then the run. */
function payersOf({ id }: ShownModule): SharedScope[] {
  const ref = nodeRef('module', id);
  const all = (['planner', 'builder', 'reviewer'] as const).flatMap((role) =>
    sharedScopesOf(ref, role),
  );
  const once = [...new Set(all)];
  const starting = (prefix: string): SharedScope[] =>
    once.filter((scope) => scope.startsWith(prefix));
  return [...starting('phase:'), ...starting('pool:'), 'run'];
}

function ownGroup({ chronicle, node, module, plan, id }: ShownModule): BudgetGroup {
  const { state } = chronicle;
  const { life, spent, grants, inFull } = module;
  const known = moduleMoney(chronicle, node, spent, chronicle.history.spending.get(node));
  const given = scaleAmount(grantOf(plan.budget), grants);
  const order = 'order' in life ? life.order : null;
  const reserved = (order === null ? undefined : state.reservations.get(order)) ?? zeroAmount;
  return {
    ...{ scope: nodeRef('module', id), name: grants > 1 ? t('{0}, {1} budgets', id, grants) : id },
    tight: life.at === 'escalated' && life.reason === 'exhausted',
    rows: units.map((unit) => ({
      name: unitNames()[unit],
      used: usedWords(unit, spent[unit], known),
      reserved: reservedWords(unit, reserved[unit]),
      limit: limitWords(unit, given[unit]),
      exhausted: spent[unit] >= given[unit],
    })),
    inFull: inFullWords(inFull),
  };
}

function sharedRow({
  scope,
  unit,
  spent,
  money,
  reserved,
  bound,
  exhausted,
}: BudgetLine): BudgetGroupRow {
  // The run's own time is the clock's, and no agent reserves it.
  const clock = scope === 'run' && unit === 'ms';
  return {
    name: clock ? t('Elapsed') : unitNames()[unit],
    used: usedWords(unit, spent, money),
    reserved: reservedWords(unit, reserved),
    limit: limitWords(unit, bound),
    exhausted,
  };
}

const usedWords = (unit: keyof Amount, value: number, known: MoneyKnowledge): string =>
  unit === 'microUsd' ? spentMoney(value, known) : limitWords(unit, value);

const reservedWords = (unit: keyof Amount, value: number): string =>
  value === 0 ? '–' : limitWords(unit, value);

/** The figure alone: its row says of what. */
function limitWords(unit: keyof Amount, value: number): string {
  if (unit === 'tokens') return tokens(value);
  return unit === 'turns' ? String(value) : amountWords(unit, value);
}
