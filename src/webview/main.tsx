import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { speakAsThePage } from './language.ts';
import { board } from './store.ts';
import './styles/tokens.css';
import './styles/base.css';

/** Each surface loads its own code and not the other's. */
const surfaces = {
  board: lazy(async () => {
    const { Board } = await import('./board/Board.tsx');
    return { default: Board };
  }),
  sidebar: lazy(async () => {
    const { Sidebar } = await import('./sidebar/Sidebar.tsx');
    return { default: Sidebar };
  }),
};

/** The page says which of the two surfaces it is: `<div id="root" data-surface="sidebar">`. */
const root = document.getElementById('root');
if (root !== null) {
  const surface = root.dataset.surface === 'sidebar' ? 'sidebar' : 'board';
  speakAsThePage(document);
  board.connect(surface);
  const Surface = surfaces[surface];
  createRoot(root).render(
    <StrictMode>
      <Suspense>
        <Surface />
      </Suspense>
    </StrictMode>,
  );
}
