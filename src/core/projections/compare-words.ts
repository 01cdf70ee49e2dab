import { unreachable } from '../unreachable.ts';
import type { Both, Caveat, ComparedModule, Comparison, PlanPart } from './compare-shape.ts';
import { money, tokens } from './figures.ts';
import { spentMoney } from './money-known.ts';
import { counted, duration, listed } from './words.ts';

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
    speedup === null ? 'not known' : `${speedup.toFixed(1)}×`;
  return [
    figure('Actual', [a.activeMs, b.activeMs], duration, shorterOrLonger),
    figure('Sequential', [a.sequentialMs, b.sequentialMs], duration, shorterOrLonger),
    { name: 'Speed-up', says: [factor(a.speedup), factor(b.speedup)], difference: '' },
    figure('Elapsed, people waited for', [a.elapsedMs, b.elapsedMs], duration, shorterOrLonger),
    {
      ...{ name: 'Sealed', difference: '' },
      says: [`${a.sealed} of ${a.modules}`, `${b.sealed} of ${b.modules}`],
    },
    count('Attempts', ({ attempts }) => attempts),
    count('Submissions refused', ({ refused }) => refused),
    count('Defects found by integration', ({ defects }) => defects),
    count('Amendments', ({ amendments }) => amendments),
    count('Reopenings', ({ reopenings }) => reopenings),
    count('Conflicts', ({ conflicts }) => conflicts),
    figure('Tokens', [a.tokens, b.tokens], tokens, (from, to) =>
      from === to ? 'the same' : moreOrLess(tokens(Math.abs(to - from)), to > from),
    ),
    {
      name: 'Money',
      says: [spentMoney(a.microUsd, a.money), spentMoney(b.microUsd, b.money)],
      difference: !alike ? '' : moneyDifference(runs),
    },
  ];
}

/** `1 min 20 s longer (1.5×)`. */
function shorterOrLonger(from: number, to: number): string {
  const ms = Math.abs(to - from);
  if (ms < 1_000) return 'the same';
  const times = from === 0 ? '' : ` (${(to / from).toFixed(2)}×)`;
  return `${duration(ms)} ${to > from ? 'longer' : 'shorter'}${times}`;
}

function fewerOrMore(from: number, to: number): string {
  if (from === to) return 'the same';
  return `${Math.abs(to - from)} ${to > from ? 'more' : 'fewer'}`;
}

const moreOrLess = (much: string, more: boolean): string => `${much} ${more ? 'more' : 'less'}`;

function moneyDifference([a, b]: Comparison['runs']): string {
  if (a.money !== 'known' || b.money !== 'known') return 'not comparable';
  if (a.microUsd === b.microUsd) return 'the same';
  return moreOrLess(money(Math.abs(b.microUsd - a.microUsd)), b.microUsd > a.microUsd);
}

/** What became of a module in both runs. */
export function sealsWords({ parts: [a, b] }: ComparedModule): string {
  if (a === null) return 'in B alone';
  if (b === null) return 'in A alone';
  if (a.seal === null) return b.seal === null ? 'sealed in neither' : 'sealed in B alone';
  if (b.seal === null) return 'sealed in A alone';
  return a.seal.tree === b.seal.tree ? 'sealed with the same files' : 'sealed in both';
}

const partWords: Readonly<Record<PlanPart, string>> = {
  modules: 'modules',
  tiers: 'tiers',
  gates: 'gates',
  streams: 'streams',
  handoffs: 'handoffs',
  resources: 'resources',
  budgets: 'budgets',
  surroundings: 'environment and prerequisites',
};

const outcomeWords = { failed: 'failed', cancelled: 'was cancelled' } as const;

/** What a person must know before concluding anything, in a sentence or two. */
export function caveatWords(caveat: Caveat): string {
  switch (caveat.about) {
    case 'artifact':
      return `A builds ${caveat.names[0]}, B builds ${caveat.names[1]}: modules that have the same name may have nothing else in common.`;
    case 'plan': {
      const { parts, changed, alone } = caveat;
      const differ = `The plans differ in ${listed(
        parts.map((part) => partWords[part]),
        parts.length,
      )}.`;
      const other =
        changed.length === 0
          ? ''
          : ` ${counted(changed.length, 'module')} that both have ${changed.length === 1 ? 'is' : 'are'} not alike: ${listed(changed, 6)}.`;
      const only =
        alone[0] + alone[1] === 0
          ? ''
          : ` ${counted(alone[0], 'module')} in A alone, ${alone[1]} in B alone.`;
      return `${differ}${other}${only}`;
    }
    case 'base':
      return 'They did not begin with the same files.';
    case 'unfinished':
      return `${caveat.side} goes on: its figures are those of now.`;
    case 'outcome':
      return `${caveat.side} ${outcomeWords[caveat.outcome]}: not all of the work was done.`;
    case 'agents':
      return `The ${caveat.pool} are not the same: ${caveat.names[0]} in A, ${caveat.names[1]} in B.`;
    case 'taken-over':
      return `${caveat.side} took ${counted(caveat.seals, 'seal')} over from an earlier run: what they took is not in its figures.`;
    case 'money':
      return caveat.known === 'partly'
        ? `What ${caveat.side} cost is known in part: not all of its agents tell.`
        : `What ${caveat.side} cost is not known: its agents do not tell.`;
    default:
      return unreachable(caveat);
  }
}
