import { useEffect, useRef, useState } from 'react';
import type { Action } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { useBoard } from '../store.ts';

/** How long a click is taken to be on its way; after it the buttons can be used again. */
const onItsWayMs = 8_000;

/** Acts once: until the answer is seen, or has not come for a while, the same is not sent again. */
export function useDecision(): { readonly sent: boolean; readonly send: (action: Action) => void } {
  const [sent, setSent] = useState<Action | null>(null);
  /** Also between a click and the picture that shows it. */
  const onItsWay = useRef(false);
  const refusal = useBoard((state) => state.refusal);
  const [refusalBefore, setRefusalBefore] = useState(refusal);
  // What was asked for has been refused: it can be asked for again at once.
  if (refusal !== refusalBefore) {
    setRefusalBefore(refusal);
    setSent(null);
  }
  useEffect(() => {
    onItsWay.current = sent !== null;
    if (sent === null) return;
    const timer = setTimeout(() => setSent(null), onItsWayMs);
    return () => clearTimeout(timer);
  }, [sent]);
  const send = (action: Action): void => {
    if (onItsWay.current) return;
    onItsWay.current = true;
    setSent(action);
    host.act(action);
  };
  return { sent: sent !== null, send };
}
