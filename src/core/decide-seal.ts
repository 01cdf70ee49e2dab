import { takeFeedback } from './decide-feedback.ts';
import type { Deciding } from './deciding.ts';
import { sealedWith } from './graph.ts';
import type { Digest } from './ids.ts';
import { isHeard, unconverged } from './feedback.ts';

/** After so many failed confirmations of one version a person must look. */
export const maxConfirmations = 3;

/**
 * A submission passed its gate. It is sealed where it was judged against all that it stands on, and
 * so was everything that is sealed with it; else it has passed, and waits.
 */
export function accept(deciding: Deciding, node: number, written: Digest | null): void {
  const { graph, modules } = deciding.state;
  const { id, life, contract, ...its } = modules.get(node);
  if (life.at !== 'evaluating') throw new Error(`${id} is not being judged`);
  const { attempt, epoch } = life.submission.rejudged ?? its;
  const { version } = contract;
  const { tree } = life.submission;
  const of = { module: id, attempt, epoch, version };
  const seal = life.final ? written : null;
  if (life.final && seal === null) throw new Error(`${id} passed without a seal in the store`);
  if (seal !== null && graph.componentOf[node] === -1) {
    deciding.emit({ type: 'module-sealed', ...of, seal, tree });
    return;
  }
  deciding.emit({ type: 'module-passed', ...of, tree, seal });
  const unheard = unconverged(deciding.state, node);
  if (unheard !== null) {
    const rounds = `${unheard.rounds} ${unheard.rounds === 1 ? 'round' : 'rounds'}`;
    deciding.emit({
      type: 'module-escalated',
      module: id,
      reason: 'feedback',
      message: `it still finds fault with ${unheard.partner} after ${rounds} of feedback; amend one of the two contracts, and it goes on`,
      evidence: [],
    });
    return;
  }
  // What a partner found meanwhile goes into another turn first.
  if (!takeFeedback(deciding, node)) sealSet(deciding, node);
}

/** Seals a module and all that are sealed with it, in one decision, where each is confirmed. */
function sealSet(deciding: Deciding, node: number): void {
  const { state } = deciding;
  const set = sealedWith(state.graph, node);
  const seals = set.map((member) => {
    const { life } = state.modules.get(member);
    return life.at === 'passed' && isHeard(state, member) ? life.seal : null;
  });
  if (seals.includes(null)) return;
  set.forEach((member, index) => {
    const { id, contract, life, ...its } = deciding.state.modules.get(member);
    const seal = seals[index];
    if (life.at !== 'passed' || seal === null || seal === undefined) return;
    const { tree, rejudged } = life.submission;
    const { attempt, epoch } = rejudged ?? its;
    const { version } = contract;
    deciding.emit({ type: 'module-sealed', module: id, attempt, epoch, version, seal, tree });
  });
}
