import { t } from '../../core/language.ts';
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
  if (phase.at === 'finished' && phase.postmortem !== null) return outcomes()[phase.outcome];
  if (isInterrupted(state, driver)) {
    return { word: t('Interrupted'), icon: 'debug-disconnect', tone: 'revise', spin: false };
  }
  if (phase.at === 'finished') return working(t('Writing the report'));
  if (phase.at === 'cancelling') return working(t('Cancelling'));
  if (phase.at === 'lacking') {
    return { word: t('Prerequisites missing'), icon: 'bell-dot', tone: 'you', spin: false };
  }
  if (phase.at === 'undelivered') {
    return { word: t('Not delivered'), icon: 'error', tone: 'fail', spin: false };
  }
  if (state.pausedAt !== null) {
    return { word: t('Paused'), icon: 'debug-pause', tone: 'muted', spin: false };
  }
  if (waitsForPerson(state)) {
    return { word: t('Waits for you'), icon: 'bell-dot', tone: 'you', spin: false };
  }
  if (phase.at === 'checking') return working(checkingWords(state));
  if (phase.at === 'delivering') return working(t('Delivering'));
  return working(buildingWords()[phaseName(state)]);
}

function checkingWords({ phase, plan }: RunState): string {
  const all = plan.prerequisites.length;
  const done = phase.at === 'checking' ? phase.checked.length : 0;
  return t('Checking prerequisites{0}', all > 1 ? ` ${done}/${all}` : '');
}

const working = (word: string): PhaseWord => ({ word, icon: 'sync', tone: 'run', spin: true });

const buildingWords = () =>
  ({
    plan: t('Planning'),
    build: t('Building'),
    integrate: t('Integrating'),
    'end-to-end': t('End to end'),
    postmortem: t('Closing'),
  }) as const;

const outcomes = () =>
  ({
    complete: { word: t('Complete'), icon: 'pass', tone: 'pass', spin: false },
    failed: { word: t('Failed'), icon: 'error', tone: 'fail', spin: false },
    cancelled: { word: t('Cancelled'), icon: 'circle-slash', tone: 'muted', spin: false },
  }) as const;
