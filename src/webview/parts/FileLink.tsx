import type { ReactElement, ReactNode } from 'react';
import { useHasFiles } from '../standstill.ts';
import { TextLink } from './controls.tsx';

/** Leads to a file outside the board; of a run that came without files its words stay, or nothing. */
export function FileLink(props: {
  onClick: () => void;
  title?: string | undefined;
  className?: string | undefined;
  /** The words say something without the link too. */
  stays?: boolean | undefined;
  children: ReactNode;
}): ReactElement | null {
  const { stays = false, ...link } = props;
  if (useHasFiles()) return <TextLink {...link} />;
  return stays ? <span className={props.className}>{props.children}</span> : null;
}
