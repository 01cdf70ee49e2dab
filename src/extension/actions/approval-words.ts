import { plural, t } from '../../core/language.ts';
import { nodeRef } from '../../core/ids.ts';
import { gateStatuses } from '../../core/projections/gate-status.ts';
import type { RunState } from '../../core/state.ts';
import type { OpenGate } from './open-gates.ts';

/** What a person is told before approving: exactly what, and where it will land. */
export function approvalDetail(state: RunState, { gate, submission }: OpenGate): string {
  const own = nodeRef('gate', gate);
  const others = gateStatuses(state).filter(({ ref, kind }) => ref !== own && kind !== 'passed');
  const { repository } = state.base;
  const folder = `.ce-workspace/runs/${state.run}/result`;
  const branch = `ashlar/${state.run}`;
  const isLast = others.length === 0;
  return [
    t('Submission {0}', submission),
    plural(
      state.modules.length,
      'Sealed: {1} of {0} module.',
      'Sealed: {1} of {0} modules.',
      state.sealed,
    ),
    repository === 'none' ? inFolder(folder, isLast) : onBranch(branch, isLast),
    t('Your own branch, index and files are left alone.'),
  ].join('\n\n');
}

const inFolder = (folder: string, isLast: boolean): string =>
  isLast
    ? t('The result then lands in {0} of this folder, which is no repository.', folder)
    : t(
        'Once the rest has passed as well, the result lands in {0} of this folder, which is no repository.',
        folder,
      );

const onBranch = (branch: string, isLast: boolean): string =>
  isLast
    ? t(
        'The result then lands on branch {0} of your repository, one commit for each module.',
        branch,
      )
    : t(
        'Once the rest has passed as well, the result lands on branch {0} of your repository, one commit for each module.',
        branch,
      );
