import type { Findings } from './commands/builder-result.ts';
import { exhaustedBy } from './allowance.ts';
import { unitWords } from './budget.ts';
import type { Deciding } from './deciding.ts';
import { hasPassed, sidesOf, untaken } from './feedback.ts';
import { modulePlan } from './graph.ts';
import type { RunState } from './state.ts';
import type { Evidence } from './verdict.ts';

/** Of one submission, for one partner. */
const maxFindings = 20;

/**
 * A module handed in: what its builder found goes to the other side of each pair, for a bounded
 * number of rounds. A side without findings has spoken all the same.
 */
export function giveFeedback(
  deciding: Deciding,
  node: number,
  findings: readonly Findings[],
): void {
  const { id: from } = deciding.state.modules.get(node);
  for (const { partner, rounds, said } of sidesOf(deciding.state, node)) {
    const { id: to } = deciding.state.modules.get(partner);
    const found = findings
      .filter((each) => each.to === to)
      .flatMap(({ items }) => items)
      .slice(0, maxFindings);
    const { life, seal } = deciding.state.modules.get(partner);
    if (seal !== null) {
      // It is not written again for that: nothing is taken up, and no round is used.
      const noted = { round: 0, findings: found, over: false } as const;
      deciding.emit({ type: 'feedback-given', from, to, ...noted });
      continue;
    }
    const over = found.length > 0 && said.given >= rounds;
    const round = Math.min(rounds, said.given + (found.length > 0 ? 1 : 0));
    deciding.emit({ type: 'feedback-given', from, to, round, findings: found, over });
    if (hasPassed(life)) takeFeedback(deciding, partner);
  }
}

/**
 * Puts what partners found into a module's next turn; true where that is why it gets one. What has
 * passed and has no budget for another turn keeps its pass: the findings end with that reason.
 */
export function takeFeedback(deciding: Deciding, node: number): boolean {
  const sides = untaken(deciding.state, node);
  const { id: module } = deciding.state.modules.get(node);
  const unanswered = whyNoTurn(deciding.state, node);
  for (const { partner, heard } of sides) {
    const { id: from } = deciding.state.modules.get(partner);
    const evidence = heard.findings.map((says): Evidence => {
      const at = { check: null, test: null, file: null, line: null } as const;
      return { kind: 'feedback', ...at, says: `${from}: ${says}` };
    });
    const kept = unanswered === null ? {} : { unanswered };
    deciding.emit({ type: 'feedback-taken', module, from, evidence, ...kept });
  }
  return sides.length > 0 && unanswered === null;
}

/** Why what has passed cannot be written once more; null where it can, or has not passed. */
function whyNoTurn(state: RunState, node: number): string | null {
  const module = state.modules.get(node);
  if (!hasPassed(module.life)) return null;
  const what = exhaustedBy(module, modulePlan(state.plan, node).budget);
  return what === null ? null : `its budget of ${unitWords[what]} is used up`;
}
