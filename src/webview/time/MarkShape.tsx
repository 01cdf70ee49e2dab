import type { ReactElement } from 'react';
import './MarkShape.css';
import type { MarkKind } from './marks.ts';

/** As short as a legend needs it. */
export const markWords: Readonly<Record<MarkKind, string>> = {
  pass: 'pass',
  fail: 'fail',
  revise: 'revise',
  amend: 'amend',
  you: 'you',
};

/** A mark of the time line around its own middle; told by its shape first. */
export function MarkShape({ kind }: { readonly kind: MarkKind }): ReactElement {
  switch (kind) {
    case 'pass':
      return <rect className="mark-pass" x={-3.5} y={-3.5} width={7} height={7} />;
    case 'fail':
      return <path className="mark-fail" d="M-4-4L4 4M4-4L-4 4" />;
    case 'revise':
      return <path className="mark-revise" d="M0-5L5 0L0 5L-5 0Z" />;
    case 'amend':
      return <path className="mark-amend" d="M0-5L5 4H-5Z" />;
    case 'you':
      return <path className="mark-you" d="M-3 5V-5H5L3-2.5L5 0H-3" />;
  }
}
