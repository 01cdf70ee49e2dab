import { Fragment, type ReactNode } from 'react';
import { t } from '../../core/language.ts';

/** A message with elements in its places: `rich('{0} of {1} sealed', <b>{sealed}</b>, all)`. */
export function rich(message: string, ...parts: readonly ReactNode[]): ReactNode {
  // What stands between places is told first, with the places still in it.
  return t(message)
    .split(/(\{\d+\})/)
    .map((piece, at) => {
      const index = /^\{(\d+)\}$/.exec(piece)?.[1];
      return <Fragment key={at}>{index === undefined ? piece : parts[Number(index)]}</Fragment>;
    });
}
