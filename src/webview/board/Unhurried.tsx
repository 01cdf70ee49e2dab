import { useState, type ReactNode } from 'react';
import type { RunState } from '../../core/state.ts';
import { useNow } from '../clock.ts';
import { useBoard } from '../store.ts';

/** Plans of so many modules are summed at once. */
const FEW_MODULES = 200;

interface Props<T> {
  readonly value: T;
  readonly state: RunState;
  readonly children: (value: T) => ReactNode;
}

/** Figures that are dear to make of a large plan: while it runs they are made once a second, with the clock. */
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
  const second = useNow();
  const [of, setOf] = useState(second);
  const [shown, show] = useState(() => value);
  if (of !== second) {
    setOf(second);
    show(() => value);
  }
  return children(shown);
}
