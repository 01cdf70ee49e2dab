import type { Deciding } from './deciding.ts';
import type { Evidence } from './verdict.ts';

/** A planner came back with nothing that can be used. */
export function failAmendment(
  deciding: Deciding,
  node: number,
  code: string,
  message: string,
  retryable: boolean,
  evidence: readonly Evidence[] = [],
  unserved = false,
): void {
  const { id } = deciding.state.modules.get(node);
  const failed = { module: id, code, message, retryable };
  const known = evidence.length === 0 ? {} : { evidence };
  const why = unserved ? ({ unserved } as const) : {};
  deciding.emit({ type: 'amendment-failed', ...failed, ...known, ...why });
}
