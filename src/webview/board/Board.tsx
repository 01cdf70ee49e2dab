import { lazy, Suspense } from 'react';
import { useBoard } from '../store.ts';
import { RefusalBanner } from './Banner.tsx';
import './Board.css';
import { NoRun } from './NoRun.tsx';
import { RunBoard } from './RunBoard.tsx';

/** It plays the rules through, and most boards are never asked what an amendment leads to. */
const Amendment = lazy(async () => {
  const { Amendment } = await import('../amendment/Amendment.tsx');
  return { default: Amendment };
});

/** The board of one run, with what is amended in it over the rest. */
export function Board() {
  const chronicle = useBoard((state) => state.chronicle);
  const amending = useBoard((state) => state.amending);
  if (chronicle === null) {
    return (
      <div className="board">
        <RefusalBanner />
        <NoRun />
      </div>
    );
  }
  return (
    <div className="board">
      {/* Nothing under an amendment can be reached, nor is it read aloud. */}
      <div className="board-run" inert={amending !== null}>
        <RunBoard chronicle={chronicle} />
      </div>
      {amending !== null && (
        <Suspense>
          <Amendment key={amending} />
        </Suspense>
      )}
    </div>
  );
}
