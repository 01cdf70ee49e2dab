import { t } from '../../core/language.ts';
import { isOver, type RunState } from '../../core/state.ts';
import type { Action, Driver } from '../../protocol/board.ts';
import { isInterrupted } from './phase.ts';

/** Something that can be done with the run as a whole, as a button of the header. */
export interface RunControl {
  readonly does: Extract<
    Action['do'],
    'pause' | 'resume' | 'cancel' | 'raise-budget' | 'open-postmortem'
  >;
  readonly icon: string;
  readonly label: string;
  readonly primary: boolean;
}

const control = (
  does: RunControl['does'],
  icon: string,
  label: string,
  primary = false,
): RunControl => ({ does, icon, label, primary });

const cancelling = (): RunControl => control('cancel', 'debug-stop', t('Cancel…'));

/** What is possible now, the most useful one first. */
export function runControls(
  state: RunState,
  driver: Driver,
  mayAct: boolean,
  hasFiles = true,
): RunControl[] {
  const { phase } = state;
  if (!hasFiles) return [];
  if (isOver(state)) return [control('open-postmortem', 'note', t('Open postmortem'))];
  if (!mayAct) return [];
  const cancel = cancelling();
  if (isInterrupted(state, driver)) {
    const goesOn = control('resume', 'debug-continue', t('Go on'), true);
    return phase.at === 'building' || phase.at === 'checking' ? [goesOn, cancel] : [goesOn];
  }
  switch (phase.at) {
    case 'finished':
    case 'cancelling':
    case 'delivering':
      return [];
    case 'lacking':
      return [control('resume', 'debug-restart', t('Check again'), true), cancel];
    case 'undelivered':
      return [control('resume', 'debug-restart', t('Deliver again'), true), cancel];
    case 'checking':
    case 'building': {
      const paused = state.pausedAt !== null;
      const raise = control('raise-budget', 'arrow-up', t('Raise budget…'), !paused);
      const resume = control('resume', 'debug-continue', t('Resume'), true);
      const pause = control('pause', 'debug-pause', t('Pause'));
      return [...(state.exhausted.length > 0 ? [raise] : []), paused ? resume : pause, cancel];
    }
  }
}
