import { lazy, memo, Suspense, useEffect, useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../core/language.ts';
import { IconButton } from '../parts/controls.tsx';
import { isPressedAnywhere } from './single-keys.ts';

const KeySheet = lazy(async () => {
  const { KeySheet } = await import('./KeySheet.tsx');
  return { default: KeySheet };
});

/** Opens the sheet of keys; so does `?`, where nobody is writing. */
export const KeysButton = memo(function KeysButton(): ReactElement {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const heard = (event: globalThis.KeyboardEvent): void => {
      if (!isPressedAnywhere(event, '?')) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
  return (
    <>
      <IconButton
        icon="keyboard"
        label={t('Keys of the board (?)')}
        onClick={() => setOpen(true)}
      />
      {open &&
        createPortal(
          <Suspense>
            <KeySheet onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
});
