import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import './MarkShape.css';
import type { MarkKind } from './marks.ts';

/** As short as a legend needs it. */
export const markWords = (): Readonly<Record<MarkKind, string>> => ({
  pass: t('pass'),
  fail: t('fail'),
  revise: t('revise'),
  amend: t('amend'),
  you: t('you'),
});

/** A mark of the time line around its own middle; told by its shape first. */
export function MarkShape({ kind }: { readonly kind: MarkKind }): ReactElement {
  return <path className={`mark-${kind}`} d={markPath(kind, 0, 0)} />;
}

/** The outline of a mark around a point. */
export function markPath(kind: MarkKind, x: number, y: number): string {
  switch (kind) {
    case 'pass':
      return `M${x - 3.5} ${y - 3.5}h7v7h-7Z`;
    case 'fail':
      return `M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`;
    case 'revise':
      return `M${x} ${y - 5}l5 5l-5 5l-5 -5Z`;
    case 'amend':
      return `M${x} ${y - 5}l5 9h-10Z`;
    case 'you':
      return `M${x - 3} ${y + 5}v-10h8l-2 2.5l2 2.5h-8`;
  }
}
