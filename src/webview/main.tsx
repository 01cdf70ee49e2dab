import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { speakAsThePage } from './language.ts';
import { board } from './store.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forced-colors.css';

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

/** It hears of a plan instead of a run, and so from its own end of the channel. */
const PlanPreview = lazy(async () => {
  const { PlanPreview } = await import('./preview/PlanPreview.tsx');
  return { default: PlanPreview };
});

/** It hears of two runs, and shows none of its own. */
const Compare = lazy(async () => {
  const { Compare } = await import('./compare/Compare.tsx');
  const { connectComparison } = await import('./compare/told.ts');
  connectComparison();
  return { default: Compare };
});

/** The page says which of the surfaces it is: `<div id="root" data-surface="sidebar">`. */
const root = document.getElementById('root');
if (root !== null) {
  speakAsThePage(document);
  void import('./parts/keep-focus.ts').then(({ keepFocus }) => keepFocus(document));
  const Surface = surfaceOf(root.dataset.surface);
  createRoot(root).render(
    <StrictMode>
      <Suspense>
        <Surface />
      </Suspense>
    </StrictMode>,
  );
}

function surfaceOf(name: string | undefined): typeof PlanPreview {
  if (name === 'preview') return PlanPreview;
  if (name === 'compare') return Compare;
  const surface = name === 'sidebar' ? 'sidebar' : 'board';
  board.connect(surface);
  return surfaces[surface];
}
