import { modulePlan } from '../graph.ts';
import type { RunId } from '../ids.ts';
import { t } from '../language.ts';
import type { RunState } from '../state.ts';
import { card, type Card } from './card.ts';
import type { Chronicle } from './chronicle.ts';
import { minutesText } from './figures.ts';

/** No run has this name: those that are run have a time in theirs. */
export const nobodysRun = 'planned' as RunId;

/** True of what `plannedRun` made. */
export const isPlanned = ({ run }: Pick<RunState, 'run'>): boolean => run === nobodysRun;

/** The card of a module that nobody works on: how long it is expected to take. */
export function plannedCard(chronicle: Chronicle, node: number): Card {
  const { estimate, contract } = modulePlan(chronicle.state.plan, node);
  const word = t('Planned · {0} min', minutesText(estimate.minutes + estimate.review));
  const detail = contract.author === 'planner' ? t('contract first') : '';
  return { ...card(chronicle, node), word, detail };
}
