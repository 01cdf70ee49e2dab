import { t } from '../../core/language.ts';
import type { CardShape } from '../../core/projections/card-shape.ts';
import type { Card } from '../../core/projections/card.ts';

type Counted = CardShape | 'needs-you';

/** What is counted of a course, in the order in which somebody should look at it. */
export const countWords = (): readonly (readonly [Counted, string])[] => [
  ['needs-you', t('needs you')],
  ['failed', t('failed')],
  ['blocked', t('blocked')],
  ['needs-revision', t('to revise')],
  ['reopened', t('reopened')],
  ['building', t('building')],
  ['review', t('in review')],
  ['ready', t('ready')],
  ['waiting', t('waiting')],
  ['passed', t('to be confirmed')],
  ['stale', t('to be judged again')],
  ['planned', t('planned')],
  ['abandoned', t('abandoned')],
];

/** How many cards are in which state; a revision is building too. */
export function countsOf(cards: readonly Card[]): Partial<Record<Counted, number>> {
  const counts: Partial<Record<Counted, number>> = {};
  for (const { shape, needsYou } of cards) {
    const kind = needsYou !== null ? 'needs-you' : shape === 'revising' ? 'building' : shape;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
