import type { AmendmentSource } from './events/contract.ts';
import type { ContractState } from './module-state.ts';

/** How many drafts of one version a planner may hand in before a person is asked. */
export const maxDrafts = 3;

/** The version that a planner writes next: a draft that was refused leaves its number free. */
export function plannersVersion({ version, refusals }: ContractState): number {
  return refusals > 0 ? version : version + 1;
}

/** The source of the present version where a planner wrote it; null where somebody else did. */
export function plannersSource({ history }: ContractState): AmendmentSource | null {
  const source = history.at(-1)?.source;
  switch (source) {
    case 'missing':
    case 'integration':
    case 'exhaustion':
    case 'dispute':
      return source;
    // A part is not split again: its contract is to be written anew.
    case 'split':
      return 'missing';
    case 'plan':
    case 'person':
    case 'earlier-run':
    case undefined:
      return null;
  }
}
