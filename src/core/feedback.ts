import { partnerOf } from './graph.ts';
import type { ModuleId } from './ids.ts';
import type { Channel, RunState } from './state.ts';
import { offerOf, type ModuleLife, type Passed } from './module-state.ts';

/** A feedback pair from one of its sides. */
export interface Side {
  readonly pair: number;
  readonly partner: number;
  readonly rounds: number;
  /** What this side told the partner, and the partner this side. */
  readonly said: Channel;
  readonly heard: Channel;
}

export function sidesOf(state: RunState, node: number): Side[] {
  const { graph } = state;
  return (graph.feedbackOf[node] ?? []).map((pair) => {
    const { fromA, fromB } = state.feedback.get(pair);
    const isA = graph.feedback[pair]?.a === node;
    return {
      pair,
      partner: partnerOf(graph.feedback, pair, node),
      rounds: graph.feedback[pair]?.rounds ?? 0,
      said: isA ? fromA : fromB,
      heard: isA ? fromB : fromA,
    };
  });
}

/** Whether a module has passed and is not being judged at this moment: findings may put it back to work. */
export const hasPassed = (
  life: ModuleLife,
): life is Passed | Extract<ModuleLife, { at: 'submitted' }> =>
  life.at === 'passed' || (life.at === 'submitted' && life.submission.confirms);

/** Findings that a module's next turn is to have. */
export const untaken = (state: RunState, node: number): Side[] =>
  sidesOf(state, node).filter(({ heard }) => heard.given > heard.taken);

/** Whether every partner has spoken, or passed without a word, and all that it said was taken. */
export const isHeard = (state: RunState, node: number): boolean =>
  sidesOf(state, node).every(
    ({ partner, heard }) =>
      heard.given === heard.taken && (heard.spoke || offerOf(state.modules.get(partner)) !== null),
  );

/** A partner for which there still were findings after the last round; null where there is none. */
export function unconverged(
  state: RunState,
  node: number,
): { readonly partner: ModuleId; readonly rounds: number } | null {
  const side = sidesOf(state, node).find(({ said }) => said.unconverged);
  if (side === undefined) return null;
  return { partner: state.modules.get(side.partner).id, rounds: side.rounds };
}
