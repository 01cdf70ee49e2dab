import { useState } from 'react';
import { t } from '../../core/language.ts';
import { Board } from '../board/Board.tsx';
import { SourceLine } from '../board/SourceLine.tsx';
import { IconButton } from '../parts/controls.tsx';
import './ExportPage.css';
import { isDark, turnTheme } from './theme.ts';

/** The board below a line that says what this page is. */
export function ExportPage() {
  const [dark, setDark] = useState(isDark);
  return (
    <div className="export-page">
      <SourceLine>
        <IconButton
          icon="color-mode"
          label={dark ? t('Switch to the light theme') : t('Switch to the dark theme')}
          onClick={() => setDark(turnTheme())}
        />
      </SourceLine>
      <Board />
    </div>
  );
}
