import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board/Board.tsx';
import { Sidebar } from './sidebar/Sidebar.tsx';
import { board } from './store.ts';
import './styles/tokens.css';
import './styles/base.css';

/** The page says which of the two surfaces it is: `<div id="root" data-surface="sidebar">`. */
const root = document.getElementById('root');
if (root !== null) {
  const surface = root.dataset.surface === 'sidebar' ? 'sidebar' : 'board';
  board.connect(surface);
  createRoot(root).render(
    <StrictMode>{surface === 'sidebar' ? <Sidebar /> : <Board />}</StrictMode>,
  );
}
