import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import { IconButton } from '../parts/controls.tsx';
import { keyGroups } from './key-list.ts';

/** All keys of the board. While it is open nothing else can be reached. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === '?') onClose();
    // There is one thing to reach in it.
    else if (event.key === 'Tab') box.current?.querySelector('button')?.focus();
    else if (/^(Arrow|Page|Home|End|Enter| )/.test(event.key)) {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="keys-over" onClick={onClose}>
      <div
        ref={box}
        {...{ className: 'keys', role: 'dialog', 'aria-modal': true, tabIndex: -1 }}
        aria-label={t('Keys of the board')}
        onKeyDown={key}
        onClick={(event) => event.stopPropagation()}
      >
        <header className="keys-head">
          <h2>{t('Keys of the board')}</h2>
          <IconButton icon="close" label={t('Close the keys')} onClick={onClose} />
        </header>
        <div className="keys-groups scrolls" tabIndex={-1}>
          {keyGroups().map(({ where, keys }) => (
            <section key={where} aria-label={where}>
              <h3>{where}</h3>
              <dl>
                {keys.map(([names, does]) => (
                  <div key={does}>
                    <dt>
                      {names.map((name) => (
                        <kbd key={name}>{name}</kbd>
                      ))}
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <p className="small muted keys-foot">
          {t(
            'Letters act only where the focus is: select a module first. What is not possible now says why.',
          )}
        </p>
      </div>
    </div>
  );
}
