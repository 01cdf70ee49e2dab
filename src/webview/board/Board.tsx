import { lazy, Suspense } from 'react';
import { useBoard } from '../store.ts';
import { RefusalBanner, useJournalProblem } from './Banner.tsx';
import './Board.css';
import { Reading } from './Reading.tsx';
import { RunBoard } from './RunBoard.tsx';

/** Most boards are opened on a run. */
const NoRun = lazy(async () => {
  const { NoRun } = await import('./NoRun.tsx');
  return { default: NoRun };
});

/** It plays the rules through, and most boards are never asked what an amendment leads to. */
const Amendment = lazy(async () => {
  const { Amendment } = await import('../amendment/Amendment.tsx');
  return { default: Amendment };
});

/** The board of one run, with what is amended in it over the rest. */
export function Board() {
  const chronicle = useBoard((state) => state.chronicle);
  const amending = useBoard((state) => state.amending);
  if (chronicle === null) return <NoBoard />;
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

function NoBoard() {
  const reading = useBoard(({ desk, key }) => desk === null || key !== null);
  const isBroken = useJournalProblem() !== null;
  return (
    <div className="board">
      <RefusalBanner />
      {reading && !isBroken ? (
        <Reading />
      ) : (
        <Suspense>
          <NoRun />
        </Suspense>
      )}
    </div>
  );
}
