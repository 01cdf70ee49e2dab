import type { Driver } from '../../protocol/board.ts';
import { phaseName } from '../../core/projections/run-status.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import { isOver, type RunState } from '../../core/state.ts';
import type { Tone } from '../parts/looks.ts';

/** Where a run is, for the board's header: one word with its icon. */
export interface PhaseWord {
  readonly word: string;
  readonly icon: string;
  readonly tone: Tone;
  /** Something is at work. */
  readonly spin: boolean;
}

/** Nobody drives it, and something could be done at once if somebody did. */
export function isInterrupted(state: RunState, driver: Driver): boolean {
  if (driver !== 'nobody' || isOver(state)) return false;
  return !waitsForPerson(state);
}

const waitsForPerson = (state: RunState): boolean =>
  state.inFlight === 0 &&
  (state.needPerson > 0 || state.pausedAt !== null || state.exhausted.length > 0);

export function phaseWord(chronicle: Replayed, driver: Driver): PhaseWord {
  const { state } = chronicle;
  const { phase } = state;
  if (phase.at === 'finished' && phase.postmortem !== null) return outcomes[phase.outcome];
  if (isInterrupted(state, driver)) {
    return { word: 'Interrupted', icon: 'debug-disconnect', tone: 'revise', spin: false };
  }
  if (phase.at === 'finished') return working('Writing the report');
  if (phase.at === 'cancelling') return working('Cancelling');
  if (phase.at === 'lacking') {
    return { word: 'Prerequisites missing', icon: 'bell-dot', tone: 'you', spin: false };
  }
  if (phase.at === 'undelivered') {
    return { word: 'Not delivered', icon: 'error', tone: 'fail', spin: false };
  }
  if (state.pausedAt !== null) {
    return { word: 'Paused', icon: 'debug-pause', tone: 'muted', spin: false };
  }
  if (waitsForPerson(state)) {
    return { word: 'Waits for you', icon: 'bell-dot', tone: 'you', spin: false };
  }
  if (phase.at === 'checking') return working(checkingWords(state));
  if (phase.at === 'delivering') return working('Delivering');
  return working(buildingWords[phaseName(state)]);
}

function checkingWords({ phase, plan }: RunState): string {
  const all = plan.prerequisites.length;
  const done = phase.at === 'checking' ? phase.checked.length : 0;
  return `Checking prerequisites${all > 1 ? ` ${done}/${all}` : ''}`;
}

const working = (word: string): PhaseWord => ({ word, icon: 'sync', tone: 'run', spin: true });

const buildingWords = {
  plan: 'Planning',
  build: 'Building',
  integrate: 'Integrating',
  'end-to-end': 'End to end',
  postmortem: 'Closing',
} as const;

const outcomes = {
  complete: { word: 'Complete', icon: 'pass', tone: 'pass', spin: false },
  failed: { word: 'Failed', icon: 'error', tone: 'fail', spin: false },
  cancelled: { word: 'Cancelled', icon: 'circle-slash', tone: 'muted', spin: false },
} as const;
