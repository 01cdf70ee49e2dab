import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import { IconButton } from '../parts/controls.tsx';
import { keyGroups } from './key-list.ts';
import { turnSingleKeys, useSingleKeys } from './single-keys.ts';

/** All keys of the board. While it is open nothing else can be reached. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const letters = useSingleKeys();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === '?') onClose();
    else if (event.key === 'Tab') goOn(box.current, event.shiftKey ? -1 : 1);
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
        <div className="keys-groups scrolls" tabIndex={0}>
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
        <div className="small keys-foot">
          <p className="muted">
            {t(
              'Letters act only where the focus is: select a module first. What is not possible now says why.',
            )}
          </p>
          <label className="keys-switch">
            <input
              type="checkbox"
              checked={letters}
              onChange={(event) => turnSingleKeys(event.currentTarget.checked)}
            />
            {t('Letters and signs act as keys')}
          </label>
        </div>
      </div>
    </div>
  );
}

/** From one thing that can be reached in the sheet to the next, and round. */
function goOn(box: HTMLElement | null, by: 1 | -1): void {
  const all = [...(box?.querySelectorAll<HTMLElement>('button, input, [tabindex="0"]') ?? [])];
  const at = all.findIndex((each) => each === document.activeElement);
  all[at === -1 && by === -1 ? all.length - 1 : (at + by + all.length) % all.length]?.focus();
}
