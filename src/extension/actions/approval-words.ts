import { nodeRef } from '../../core/ids.ts';
import { gateStatuses } from '../../core/projections/gate-status.ts';
import { counted } from '../../core/projections/words.ts';
import type { RunState } from '../../core/state.ts';
import type { OpenGate } from './open-gates.ts';

/** What a person is told before approving: exactly what, and where it will land. */
export function approvalDetail(state: RunState, { gate, submission }: OpenGate): string {
  const own = nodeRef('gate', gate);
  const others = gateStatuses(state).filter(({ ref, kind }) => ref !== own && kind !== 'passed');
  const { repository } = state.base;
  const where =
    repository === 'none'
      ? `in .ce-workspace/runs/${state.run}/result of this folder, which is no repository`
      : `on branch ashlar/${state.run} of your repository, one commit for each module`;
  return [
    `Submission ${submission}`,
    `Sealed: ${state.sealed} of ${counted(state.modules.length, 'module')}.`,
    others.length === 0
      ? `The result then lands ${where}.`
      : `Once the rest has passed as well, the result lands ${where}.`,
    'Your own branch, index and files are left alone.',
  ].join('\n\n');
}
