import { modulesAbove } from './consumers.ts';
import type { Deciding } from './deciding.ts';
import { sidesOf } from './feedback.ts';
import type { ModuleId } from './ids.ts';
import type { RunState } from './state.ts';

/**
 * Modules that a person was asked about, and that only another contract than their own can help: of
 * a partner with which a feedback pair did not come to an end, or of something below on which what
 * passed on a stub does not pass. To be asked before the amendment, which ends what was said.
 */
export function waitingForContract(state: RunState, node: number): ModuleId[] {
  const escalated = (each: number, reason: 'feedback' | 'confirmation'): boolean => {
    const { life } = state.modules.get(each);
    return life.at === 'escalated' && life.reason === reason;
  };
  const partners = sidesOf(state, node).filter(
    ({ partner, heard }) => heard.unconverged && escalated(partner, 'feedback'),
  );
  const above = modulesAbove(state.graph, node).filter((each) => escalated(each, 'confirmation'));
  const nodes = new Set([...partners.map(({ partner }) => partner), ...above]);
  return [...nodes].map((each) => state.modules.get(each).id);
}

/** The contract that they waited for was amended: a builder takes them up again. */
export function resumeWaiting(
  deciding: Deciding,
  waiting: readonly ModuleId[],
  after: ModuleId,
  by: string,
): void {
  for (const module of waiting) deciding.emit({ type: 'module-resumed', module, by, after });
}
