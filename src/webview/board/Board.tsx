import { useBoard } from '../store.ts';
import { Amendment } from '../amendment/Amendment.tsx';
import { RefusalBanner } from './Banner.tsx';
import './Board.css';
import { NoRun } from './NoRun.tsx';
import { RunBoard } from './RunBoard.tsx';

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
      {amending !== null && <Amendment key={amending} />}
    </div>
  );
}
