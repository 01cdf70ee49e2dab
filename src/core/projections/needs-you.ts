import { conflictOf, rulingsOn, type Ruling } from '../conflict.ts';
import type { Digest, GateId, ModuleId, NodeRef } from '../ids.ts';
import { accountOf, boundOf, type Exhausted } from '../accounts.ts';
import { grantOf } from '../allowance.ts';
import { scaleAmount, type Amount } from '../budget.ts';
import type { BudgetExhausted } from '../events/budget.ts';
import { nodeRef } from '../ids.ts';
import { plural, t } from '../language.ts';
import { poolKinds, type PoolKind } from '../plan/plan.ts';
import type { ProviderTrouble, TroubledProvider } from '../provider-trouble.ts';
import type { SharedScope } from '../scopes.ts';
import type { RunState } from '../state.ts';
import type { ModuleState } from '../module-state.ts';
import { amountWords } from './budgets.ts';
import { escalationWords } from './module-status.ts';
import { nodeName } from './node-words.ts';
import { missingOf, missingWords } from './prerequisite-words.ts';
import { troubleOf } from './provider-words.ts';
import { oneLine } from './safe-text.ts';
import { budgetWords, poolName, scopeWords } from './scope-words.ts';
import { listed, upperFirst } from './words.ts';

/** Something that only a person can move. */
export type NeedsYou = {
  /** What is the matter, in one line. */
  readonly says: string;
  /** Agents' or people's own words on it, in lines; '' where there are none. */
  readonly detail: string;
  /** UTC milliseconds; null where it is not known. */
  readonly since: number | null;
} & (
  | { readonly kind: 'approval' | 'refused'; readonly gate: GateId; readonly subject: Digest }
  /** `sealed`: it still has its seal, so it is reopened rather than amended. */
  | {
      readonly kind: 'escalated';
      readonly module: ModuleId;
      readonly sealed: boolean;
      /**
       * What of its budget is used up: more of it lets the module go on under its contract. `unknown`
       * where its journal does not say what; null where it needs something else.
       */
      readonly exhausted: BudgetExhausted['what'] | 'unknown' | null;
      /** What is to be decided about its work; null where its contract is to be amended. */
      readonly dispute: NeededRuling | null;
    }
  | { readonly kind: 'blocked'; readonly gate: NodeRef }
  | { readonly kind: 'prerequisites' | 'undelivered' | 'paused' }
  | { readonly kind: 'budget'; readonly scope: SharedScope; readonly what: keyof Amount }
  /** `pools`: those that wait for it; never empty. */
  | {
      readonly kind: 'provider';
      readonly provider: string;
      readonly code: ProviderTrouble;
      readonly pools: readonly PoolKind[];
    }
);

/** A dispute that a person decides, and how it can be. */
export interface NeededRuling {
  readonly conflict: number;
  readonly rulings: readonly Ruling[];
}

/** The longest waiting first, whatever it is; what is not known to wait since when comes last, then a pause. */
export function needsYou(state: RunState): NeedsYou[] {
  if (state.phase.at === 'finished' || state.phase.at === 'cancelling') return [];
  const nodes =
    state.needPerson === 0 ? [] : [...ofGates(state), ...ofTiers(state), ...ofModules(state)];
  return [...nodes, ...ofRun(state)].sort((a, b) => rank(a) - rank(b));
}

/** A pause is a person's own doing, and nothing waits for them by it. */
const rank = ({ kind, since }: NeedsYou): number =>
  kind === 'paused' ? Number.MAX_VALUE : (since ?? Number.MAX_SAFE_INTEGER);

function* ofGates(state: RunState): Generator<NeedsYou> {
  for (const { id, life } of state.gates) {
    if (life.at === 'asked') {
      const { submission: subject, since } = life;
      yield {
        ...{ kind: 'approval', gate: id, subject, since },
        ...{ says: t('Gate {0} waits for your approval', id), detail: '' },
      };
    } else if (life.at === 'refused') {
      const { submission: subject, since, by, note } = life;
      yield {
        ...{ kind: 'refused', gate: id, subject, since, detail: oneLine(note) },
        says: t(
          'Gate {0} was refused by {1}: reopen what must change, or cancel',
          id,
          oneLine(by, 60),
        ),
      };
    } else if (life.at === 'blocked') {
      yield blocked(nodeRef('gate', id), life);
    }
  }
}

function* ofTiers(state: RunState): Generator<NeedsYou> {
  for (const { id, life } of state.tiers) {
    if (life.at === 'blocked') yield blocked(nodeRef('tier', id), life);
  }
}

function* ofModules(state: RunState): Generator<NeedsYou> {
  for (const module of state.modules) {
    const { id, life, seal } = module;
    if (life.at !== 'escalated') continue;
    const { reason, message, since } = life;
    const dispute = rulingNeeded(state, module);
    const words = reason === 'exhausted' ? `${message} ${boundWords(state, module)}` : message;
    const about = dispute === null ? words.trim() : conflictOf(state, dispute.conflict).about;
    yield {
      ...{
        kind: 'escalated',
        module: id,
        sealed: seal !== null,
        exhausted: reason === 'exhausted' ? (life.what ?? 'unknown') : null,
        since,
        dispute,
        detail: oneLine(about, 300),
      },
      says: `${id}: ${escalationWords(reason)}`,
    };
  }
}

/** How much of what it ran out of is spent; '' where its journal does not say what that is. */
function boundWords({ plan }: RunState, { id, life, spent, grants, judged }: ModuleState): string {
  const budget = plan.modules.find((module) => module.id === id)?.budget;
  if (life.at !== 'escalated' || life.what === undefined || budget === undefined) return '';
  const { what } = life;
  if (what === 'attempts')
    return `(${plural(budget.attempts, '{1} of {0} attempt judged', '{1} of {0} attempts judged', judged)})`;
  const bound = scaleAmount(grantOf(budget), grants)[what];
  const used = amountWords(what, spent[what]);
  return `(${t('{0} of {1} spent; an attempt may use half of what is left', used, amountWords(what, bound))})`;
}

function rulingNeeded(
  state: RunState,
  { life, conflict, judgement }: ModuleState,
): NeededRuling | null {
  if (life.at !== 'escalated' || life.reason !== 'disputed' || conflict === null) return null;
  return { conflict, rulings: rulingsOn(conflictOf(state, conflict), judgement) };
}

function* ofRun(state: RunState): Generator<NeedsYou> {
  const { phase } = state;
  if (phase.at === 'lacking') {
    const missing = missingOf(state);
    const says = plural(
      missing.length,
      'Nothing has started: {0} prerequisite missing',
      'Nothing has started: {0} prerequisites missing',
    );
    yield { kind: 'prerequisites', says, detail: missingWords(missing), since: phase.since };
  }
  if (phase.at === 'undelivered') {
    const detail = oneLine(phase.message, 300);
    yield {
      kind: 'undelivered',
      says: t('The result could not be delivered'),
      detail,
      since: null,
    };
  }
  for (const used of state.exhausted) yield usedUp(state, used);
  for (const its of state.troubled) if (its.life.at === 'asking') yield unserved(state, its);
  if (state.pausedAt !== null) {
    yield { kind: 'paused', says: t('The run is paused'), detail: '', since: state.pausedAt };
  }
}

/** Which budget it is, how much of it is spent, and what would let the next work begin. */
function usedUp(state: RunState, { scope, what, least, since }: Exhausted): NeedsYou {
  const says = usedUpWords(scope);
  const clock = scope === 'run' && what === 'ms';
  const bound = clock ? state.plan.budget.minutes * 60_000 : boundOf(state.plan, scope)[what];
  const given = amountWords(what, bound);
  const bounded = clock
    ? t('the bound is {0}', given)
    : t(
        '{0} are spent; the bound is {1}',
        amountWords(what, accountOf(state, scope).spent[what]),
        given,
      );
  const detail =
    least === null
      ? bounded
      : t('{0}; {1} would do for the next work', bounded, amountWords(what, least));
  return { kind: 'budget', scope, what, says, detail, since };
}

/** What is the matter with a provider, and whose agents it makes. */
function unserved({ plan }: RunState, its: TroubledProvider): NeedsYou {
  const { name: provider, pool, code, since } = its;
  const pools =
    pool === null ? poolKinds.filter((each) => plan.pools[each].agent === provider) : [pool];
  const trouble = troubleOf(oneLine(provider, 60), code, pool);
  const says =
    pool === null
      ? t(
          '{0}: {1} wait until it is tried again, or switched',
          trouble,
          listed(pools.map(poolName)),
        )
      : t('{0}: they wait until they are switched, or it is tried again', trouble);
  return {
    kind: 'provider',
    provider,
    code,
    pools,
    says,
    detail: oneLine(its.message, 300),
    since,
  };
}

function usedUpWords(scope: SharedScope): string {
  const budget = upperFirst(budgetWords(scope));
  if (scope === 'run') return t('{0} is used up: nothing starts until it is raised', budget);
  return scope.startsWith('pool:')
    ? t('{0} is used up: none of {1} starts until it is raised', budget, scopeWords(scope))
    : t('{0} is used up: nothing of it starts until it is raised', budget);
}

function blocked(gate: NodeRef, life: { readonly message: string; readonly since: number }) {
  const { message, since } = life;
  const says = t('{0} failed with nobody to blame', upperFirst(nodeName(gate)));
  return { kind: 'blocked', gate, says, detail: oneLine(message, 300), since } as const;
}
