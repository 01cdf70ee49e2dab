import { memo, useEffect, type ReactElement } from 'react';
import { oneLine } from '../../core/projections/safe-text.ts';
import { useBoard } from '../store.ts';
import './keys.css';

/** Long enough to be read. */
const SHOWN_MS = 8_000;

/** What a key led to, or why it did nothing; read aloud, and gone after a while. */
export const Notice = memo(function Notice(): ReactElement {
  const said = useBoard((board) => board.said);
  const say = useBoard((board) => board.say);
  useEffect(() => {
    if (said.text === '') return;
    const timer = setTimeout(() => say(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said, say]);
  return (
    <div className="notice" role="status">
      {said.text !== '' && <span>{oneLine(said.text, 400)}</span>}
    </div>
  );
});
