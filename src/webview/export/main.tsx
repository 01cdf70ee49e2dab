/**
 * The page of an exported run: the very board, with the run in the page itself where the editor's host
 * would tell of it. Nothing is asked for outside: `src/engine/export` writes all of it into one file.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/forced-colors.css';
import { board } from '../store.ts';
import { ExportPage } from './ExportPage.tsx';
import { readPage } from './read-page.ts';
import { installStandIn } from './stand-in.ts';
import { followTheme } from './theme.ts';
import './themes.css';

const root = document.getElementById('root');
if (root !== null) {
  followTheme();
  try {
    installStandIn(await readPage(document));
    board.connect('board');
    createRoot(root).render(
      <StrictMode>
        <ExportPage />
      </StrictMode>,
    );
  } catch (error) {
    const says = document.createElement('p');
    says.className = 'export-failure';
    says.setAttribute('role', 'alert');
    says.textContent = error instanceof Error ? error.message : String(error);
    root.replaceChildren(says);
  }
}
