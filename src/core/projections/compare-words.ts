import { decimal, plural, t } from '../language.ts';
import { unreachable } from '../unreachable.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { Both, Caveat, ComparedModule, Comparison, PlanPart } from './compare-shape.ts';
import { money, tokens } from './figures.ts';
import { spentMoney } from './money-known.ts';
import { duration, listed } from './words.ts';

/** One figure of both runs, and what the second one's is against the first one's. */
export interface ComparedFigure {
  readonly name: string;
  readonly says: Both<string>;
  /** '' where that would say nothing. */
  readonly difference: string;
}

/** What both runs came to, in the order in which people ask for it. */
export function comparedFigures({ runs, caveats }: Comparison): readonly ComparedFigure[] {
  const [a, b] = runs;
  const whole = runs.every(({ outcome }) => outcome === 'complete');
  const alike = whole && !caveats.some(({ about }) => about === 'artifact');
  const figure = (
    name: string,
    [first, second]: Both<number>,
    say: (value: number) => string,
    differ: (from: number, to: number) => string,
  ): ComparedFigure => ({
    ...{ name, says: [say(first), say(second)] },
    difference: alike ? differ(first, second) : '',
  });
  const count = (name: string, of: (run: typeof a) => number): ComparedFigure =>
    figure(name, [of(a), of(b)], String, fewerOrMore);
  const factor = (speedup: number | null): string =>
    speedup === null ? t('not known') : `${decimal(speedup, 1)}×`;
  return [
    figure(t('Actual'), [a.activeMs, b.activeMs], duration, shorterOrLonger),
    figure(t('Sequential'), [a.sequentialMs, b.sequentialMs], duration, shorterOrLonger),
    { name: t('Speed-up'), says: [factor(a.speedup), factor(b.speedup)], difference: '' },
    figure(t('Elapsed, people waited for'), [a.elapsedMs, b.elapsedMs], duration, shorterOrLonger),
    {
      ...{ name: t('Sealed'), difference: '' },
      says: [t('{0} of {1}', a.sealed, a.modules), t('{0} of {1}', b.sealed, b.modules)],
    },
    count(t('Attempts'), ({ attempts }) => attempts),
    count(t('Submissions refused'), ({ refused }) => refused),
    count(t('Defects found by integration'), ({ defects }) => defects),
    count(t('Amendments'), ({ amendments }) => amendments),
    count(t('Reopenings'), ({ reopenings }) => reopenings),
    count(t('Conflicts'), ({ conflicts }) => conflicts),
    figure(t('Tokens'), [a.tokens, b.tokens], tokens, (from, to) =>
      from === to ? t('the same') : moreOrLess(tokens(Math.abs(to - from)), to > from),
    ),
    {
      name: t('Money'),
      says: [spentMoney(a.microUsd, a.money), spentMoney(b.microUsd, b.money)],
      difference: !alike ? '' : moneyDifference(runs),
    },
  ];
}

/** `1 min 20 s longer (1.50×)`. */
function shorterOrLonger(from: number, to: number): string {
  const ms = Math.abs(to - from);
  if (ms < 1_000) return t('the same');
  const much = duration(ms);
  if (from === 0) return to > from ? t('{0} longer', much) : t('{0} shorter', much);
  const times = decimal(to / from, 2);
  return to > from ? t('{0} longer ({1}×)', much, times) : t('{0} shorter ({1}×)', much, times);
}

function fewerOrMore(from: number, to: number): string {
  if (from === to) return t('the same');
  return to > from ? t('{0} more', to - from) : t('{0} fewer', from - to);
}

const moreOrLess = (much: string, more: boolean): string =>
  more ? t('{0} more', much) : t('{0} less', much);

function moneyDifference([a, b]: Comparison['runs']): string {
  if (a.money !== 'known' || b.money !== 'known') return t('not comparable');
  if (a.microUsd === b.microUsd) return t('the same');
  return moreOrLess(money(Math.abs(b.microUsd - a.microUsd)), b.microUsd > a.microUsd);
}

/** What became of a module in both runs. */
export function sealsWords({ parts: [a, b] }: ComparedModule): string {
  if (a === null) return t('in B alone');
  if (b === null) return t('in A alone');
  if (a.seal === null) return b.seal === null ? t('sealed in neither') : t('sealed in B alone');
  if (b.seal === null) return t('sealed in A alone');
  return a.seal.tree === b.seal.tree ? t('sealed with the same files') : t('sealed in both');
}

const partWords: Readonly<Record<PlanPart, () => string>> = {
  modules: () => t('modules'),
  tiers: () => t('tiers'),
  gates: () => t('gates'),
  streams: () => t('streams'),
  handoffs: () => t('handoffs'),
  resources: () => t('resources'),
  budgets: () => t('budgets'),
  surroundings: () => t('environment and prerequisites'),
};

const poolWords: Readonly<Record<PoolKind, () => string>> = {
  planners: () => t('planners'),
  builders: () => t('builders'),
  reviewers: () => t('reviewers'),
};

/** What a person must know before concluding anything, in a sentence or two. */
export function caveatWords(caveat: Caveat): string {
  switch (caveat.about) {
    case 'artifact':
      return t(
        'A builds {0}, B builds {1}: modules that have the same name may have nothing else in common.',
        ...caveat.names,
      );
    case 'plan':
      return planWords(caveat);
    case 'base':
      return t('They did not begin with the same files.');
    case 'unfinished':
      return t('{0} goes on: its figures are those of now.', caveat.side);
    case 'outcome':
      return caveat.outcome === 'failed'
        ? t('{0} failed: not all of the work was done.', caveat.side)
        : t('{0} was cancelled: not all of the work was done.', caveat.side);
    case 'agents':
      return t(
        'Not the same agents are {0}: {1} in A, {2} in B.',
        ...([poolWords[caveat.pool](), ...caveat.names] as const),
      );
    case 'taken-over':
      return plural(
        caveat.seals,
        '{1} took {0} seal over from an earlier run: what it took is not in its figures.',
        '{1} took {0} seals over from an earlier run: what they took is not in its figures.',
        caveat.side,
      );
    case 'money':
      return caveat.known === 'partly'
        ? t('What {0} cost is known in part: not all of its agents tell.', caveat.side)
        : t('What {0} cost is not known: its agents do not tell.', caveat.side);
    default:
      return unreachable(caveat);
  }
}

function planWords({ parts, changed, alone }: Extract<Caveat, { about: 'plan' }>): string {
  const names = parts.map((part) => partWords[part]());
  return [
    t('The plans differ in {0}.', listed(names, names.length)),
    ...(changed.length === 0
      ? []
      : [
          plural(
            changed.length,
            '{0} module that both have is not alike: {1}.',
            '{0} modules that both have are not alike: {1}.',
            listed(changed, 6),
          ),
        ]),
    ...(alone[0] + alone[1] === 0
      ? []
      : [t('Modules in A alone: {0}, in B alone: {1}.', alone[0], alone[1])]),
  ].join(' ');
}
