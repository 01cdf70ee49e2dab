import type { Draft } from './draft.ts';
import type {
  PrerequisiteChecked,
  PrerequisitesCheckStarted,
  PrerequisitesMissing,
} from './events/run.ts';
import { order } from './ids.ts';
import { awaitsPerson, type RunPhase } from './state.ts';

type PrerequisiteEvent = PrerequisiteChecked | PrerequisitesMissing | PrerequisitesCheckStarted;

/** Folds what became of prerequisites into the phase of a run that has not begun to work. */
export function evolvePrerequisites(draft: Draft, event: PrerequisiteEvent): void {
  const { phase } = draft;
  switch (event.type) {
    case 'prerequisite-checked': {
      if (phase.at !== 'checking') return;
      const { name, passed, evidence } = event;
      const says = passed ? '' : evidence.map((each) => each.says).join(' ');
      draft.phase = { ...phase, checked: [...phase.checked, { name, passed, says }] };
      return;
    }
    case 'prerequisites-missing': {
      if (phase.at !== 'checking') return;
      draft.inFlight--;
      draft.needPerson++;
      draft.phase = { at: 'lacking', since: event.at, checked: phase.checked };
      return;
    }
    case 'prerequisites-check-started': {
      if (phase.at !== 'lacking') return;
      restartIdle(draft, event.at);
      draft.needPerson--;
      draft.inFlight++;
      draft.phase = { at: 'checking', order: order(event.seq), checked: [] };
    }
  }
}

/** Nobody could work in these, so that their time counts as a pause where it ends. */
export const isIdle = (phase: RunPhase): boolean => phase.at === 'finished' || awaitsPerson(phase);

/**
 * Counts the time since prerequisites were found missing, or a delivery failed, as a pause, once: where
 * a person had also paused the run, that pause counts from here on alone.
 */
export function restartIdle(draft: Draft, at: number): void {
  const { phase, pausedAt } = draft;
  if (!awaitsPerson(phase)) return;
  draft.pausedMs += at - Math.min(phase.since, pausedAt ?? at);
  draft.phase = { ...phase, since: at };
  if (pausedAt !== null) draft.pausedAt = at;
}
