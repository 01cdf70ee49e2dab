import { useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../core/language.ts';
import { IconButton } from '../parts/controls.tsx';

const looks = () =>
  [
    ['working', t('working')],
    ['review', t('in review')],
    ['waiting', t('waiting')],
    ['idle', t('idle')],
    ['sealed', t('sealed')],
    ['expected', t('expected')],
    ['critical', t('critical path')],
  ] as const;

interface Props {
  readonly zoom: (by: number) => void;
  readonly fit: () => void;
  readonly isFit: boolean;
  /** null where nothing can be folded. */
  readonly allFolded: boolean | null;
  readonly foldAll: (fold: boolean) => void;
}

/** What the looks() mean, and how much of the time is seen; beside the tabs where there are any. */
export function TimelineTools(props: Props): ReactElement {
  const { zoom, fit, isFit, allFolded, foldAll } = props;
  // The tabs are there before a view is.
  const [slot] = useState(() => document.getElementById('view-tools'));
  const tools = (
    <div className="tl-tools">
      <div className="tl-legend small muted" role="group" aria-label={t('Legend')}>
        {looks().map(([look, word]) => (
          <span key={look}>
            <span className="tl-sample" aria-hidden="true">
              <span className={look === 'critical' ? 'tl-critical' : `tl-seg tl-${look}`} />
            </span>
            {word}
          </span>
        ))}
      </div>
      {allFolded !== null && (
        <IconButton
          icon={allFolded ? 'expand-all' : 'collapse-all'}
          label={allFolded ? t('Unfold all streams') : t('Fold all streams')}
          onClick={() => foldAll(!allFolded)}
        />
      )}
      <IconButton
        icon="zoom-out"
        label={t('Zoom out')}
        disabled={isFit}
        onClick={() => zoom(1 / 1.5)}
      />
      <IconButton icon="zoom-in" label={t('Zoom in')} onClick={() => zoom(1.5)} />
      <IconButton icon="screen-full" label={t('Fit the time line')} onClick={fit} />
    </div>
  );
  return slot === null ? tools : createPortal(tools, slot);
}
