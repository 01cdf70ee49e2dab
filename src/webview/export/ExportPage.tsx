import { useSyncExternalStore } from 'react';
import { t } from '../../core/language.ts';
import { Board } from '../board/Board.tsx';
import { SourceLine } from '../board/SourceLine.tsx';
import { IconButton } from '../parts/controls.tsx';
import './ExportPage.css';
import { isDark, onTheme, turnTheme } from './theme.ts';

/** The board below a line that says what this page is. */
export function ExportPage() {
  const dark = useSyncExternalStore(onTheme, isDark);
  return (
    <div className="export-page">
      <SourceLine>
        <IconButton
          icon="color-mode"
          label={dark ? t('Switch to the light theme') : t('Switch to the dark theme')}
          onClick={turnTheme}
        />
      </SourceLine>
      <Board />
    </div>
  );
}
