import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
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
        label={t('Critical path')}
        pressed={critical}
        onClick={() => trace({ critical: !critical })}
      />
      <IconButton
        icon="type-hierarchy-super"
        label={
          selected === null
            ? t('Select a module to see what holds it up')
            : t('What holds {0} up', selected)
        }
        pressed={blockers && selected !== null}
        disabled={selected === null}
        onClick={() => trace({ blockers: !blockers })}
      />
    </>
  );
}
