import type { RunBudget } from './plan.ts';

/** The bounds of a run that says nothing of turns and phases: its pools and modules have their own. */
export const unbounded: Pick<RunBudget, 'turns' | 'phases'> = {
  turns: null,
  phases: { plan: null, build: null, integrate: null, 'end-to-end': null },
};
