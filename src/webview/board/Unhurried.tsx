import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { RunState } from '../../core/state.ts';
import { useBoard } from '../store.ts';

/** Sums over whole plans are renewed this often at most. */
const RENEW_MS = 1_000;
/** Plans of so many modules are summed at once. */
const FEW_MODULES = 200;

interface Props<T> {
  readonly value: T;
  readonly state: RunState;
  readonly children: (value: T) => ReactNode;
}

/** Figures that are dear to make of a large plan: while it runs they are made once a second. */
export function Unhurried<T>({ value, state, children }: Props<T>): ReactNode {
  const live = useBoard((board) => board.moment === null);
  if (!live || state.graph.modules <= FEW_MODULES) return children(value);
  return (
    <Renewed key={state.run} value={value}>
      {children}
    </Renewed>
  );
}

function Renewed<T>({ value, children }: Omit<Props<T>, 'state'>): ReactNode {
  const [shown, show] = useState(() => value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    newest.current = value;
    if (value === shown || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      show(() => newest.current);
    }, RENEW_MS);
  }, [value, shown]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return children(shown);
}
