import type { Findings } from './commands.ts';
import type { Deciding } from './deciding.ts';
import { sidesOf, untaken } from './feedback.ts';
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
    const over = found.length > 0 && said.given >= rounds;
    const round = Math.min(rounds, said.given + (found.length > 0 ? 1 : 0));
    deciding.emit({ type: 'feedback-given', from, to, round, findings: found, over });
    const { life, seal } = deciding.state.modules.get(partner);
    const passed = life.at === 'passed' || (life.at === 'submitted' && life.submission.confirms);
    if (seal !== null || passed) takeFeedback(deciding, partner);
  }
}

/** Puts what partners found into a module's next turn; true where there was something. */
export function takeFeedback(deciding: Deciding, node: number): boolean {
  const sides = untaken(deciding.state, node);
  const { id: module } = deciding.state.modules.get(node);
  for (const { partner, heard } of sides) {
    const { id: from } = deciding.state.modules.get(partner);
    const evidence = heard.findings.map((says): Evidence => {
      const at = { check: null, test: null, file: null, line: null } as const;
      return { kind: 'feedback', ...at, says: `${from}: ${says}` };
    });
    deciding.emit({ type: 'feedback-taken', module, from, evidence });
  }
  return sides.length > 0;
}
