import type { ModuleId, NodeRef } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { Evidence } from '../../core/verdict.ts';
import { host } from '../host.ts';

/** Evidence of a module lies in its contract's tests or in what it handed in last. */
export function openingOf(
  { state, history }: Chronicle,
  module: ModuleId,
): (evidence: Evidence) => void {
  const node = state.graph.moduleIndex.get(module);
  const tree = node === undefined ? null : (history.submissions.get(node).at(-1)?.tree ?? null);
  return ({ file, line }) => {
    if (file !== null) host.act({ do: 'open-evidence', module, tree, file, line });
  };
}

/** Evidence of a tier or a gate lies in the base, or in what it stands on. */
export function openingOfGate(gate: NodeRef): (evidence: Evidence) => void {
  return ({ file, line }) => {
    if (file !== null) host.act({ do: 'open-gate-evidence', gate, file, line });
  };
}
