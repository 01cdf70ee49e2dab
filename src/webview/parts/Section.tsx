import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { t } from '../../core/language.ts';
import { Icon } from './Icon.tsx';
import './Section.css';

/** A part of a list or drawer under a heading that folds it. */
export function Section(props: {
  title: string;
  /** Beside the title, muted. */
  aside?: ReactNode;
  /** At the far end of the heading. */
  action?: ReactNode;
  /** How it stands at first. */
  open?: boolean | undefined;
  /** Where the title itself leads; without it the title folds the section as well. */
  onTitle?: (() => void) | undefined;
  children?: ReactNode;
}): ReactElement {
  const { title, aside, action, onTitle, children } = props;
  const [open, setOpen] = useState(props.open ?? true);
  const body = useId();
  const toggle = () => setOpen(!open);
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <h3>
          <button
            {...{ type: 'button', className: 'section-fold', onClick: toggle }}
            {...{ 'aria-expanded': open, 'aria-controls': body }}
            {...(onTitle === undefined ? {} : { 'aria-label': t('Fold {0}', title) })}
          >
            <Icon name={open ? 'chevron-down' : 'chevron-right'} />
            {onTitle === undefined && <span className="ellipsis">{title}</span>}
          </button>
          {onTitle !== undefined && (
            <button type="button" className="section-title ellipsis" onClick={onTitle}>
              {title}
            </button>
          )}
        </h3>
        {aside !== undefined && <span className="muted ellipsis">{aside}</span>}
        <span className="spacer" />
        {action}
      </div>
      <div id={body} hidden={!open}>
        {open && children}
      </div>
    </section>
  );
}
