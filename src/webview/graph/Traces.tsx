import type { ReactElement } from 'react';
import { IconButton } from '../parts/controls.tsx';
import { useBoard } from '../store.ts';

/** What the graph draws over itself: the critical path, and what holds the selected module up. */
export function Traces(): ReactElement {
  const { critical, blockers } = useBoard((board) => board.traces);
  const selected = useBoard((board) => board.selected);
  const trace = useBoard((board) => board.trace);
  return (
    <>
      <IconButton
        icon="git-commit"
        label="Critical path"
        pressed={critical}
        onClick={() => trace({ critical: !critical })}
      />
      <IconButton
        icon="type-hierarchy-super"
        label={
          selected === null
            ? 'Select a module to see what holds it up'
            : `What holds ${selected} up`
        }
        pressed={blockers && selected !== null}
        disabled={selected === null}
        onClick={() => trace({ blockers: !blockers })}
      />
    </>
  );
}
