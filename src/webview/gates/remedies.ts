import { t } from '../../core/language.ts';
import { nodeRef } from '../../core/ids.ts';
import type { PoolKind } from '../../core/plan/plan.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import type { Action } from '../../protocol/board.ts';

/** A thing that a person can do about what is stuck, the most useful one first. */
export interface Remedy {
  readonly label: string;
  readonly icon: string;
  readonly action: Action;
  /** It only shows something, so it is possible in a restricted workspace too. */
  readonly looks: boolean;
}

const does = (label: string, icon: string, action: Action): Remedy => ({
  ...{ label, icon, action },
  looks: action.do === 'show',
});

const showGraph = (): Remedy =>
  does(t('Show the graph'), 'type-hierarchy', { do: 'show', show: { view: 'graph' } });
const cancel = (): Remedy => does(t('Cancel run…'), 'debug-stop', { do: 'cancel' });

export function remedies(need: NeedsYou): Remedy[] {
  switch (need.kind) {
    case 'approval':
      return [];
    case 'refused': {
      const { gate, subject: submission } = need;
      const action: Action = { do: 'approve', gate, submission, note: '' };
      return [showGraph(), does(t('Approve after all'), 'check', action), cancel()];
    }
    case 'escalated': {
      const { module, sealed } = need;
      const show = does(t('Show module'), 'target', {
        do: 'show',
        show: { view: 'module', module },
      });
      const scope = nodeRef('module', module);
      const raise = does(t('Raise budget…'), 'arrow-up', { do: 'raise-budget', scope });
      // That its contract is at fault is one of the ways to decide a dispute.
      if (need.dispute !== null) {
        return [does(t('Decide…'), 'law', { do: 'decide-dispute', module }), show];
      }
      return [
        ...(need.exhausted === null ? [] : [raise]),
        sealed
          ? does(t('Reopen…'), 'issue-reopened', { do: 'reopen', module })
          : does(t('Amend contract…'), 'edit', { do: 'amend', module }),
        show,
      ];
    }
    case 'blocked':
      return [showGraph(), cancel()];
    case 'prerequisites':
      return [does(t('Check again'), 'debug-restart', { do: 'resume' }), cancel()];
    case 'undelivered':
      return [does(t('Resume'), 'debug-restart', { do: 'resume' })];
    case 'budget':
      return [
        does(t('Raise budget…'), 'arrow-up', { do: 'raise-budget', scope: need.scope }),
        cancel(),
      ];
    case 'provider': {
      const { provider, pools, code } = need;
      const again = does(t('Try again'), 'debug-restart', { do: 'retry-provider', provider });
      const others = pools.map((pool) =>
        does(switchWords(pool), 'arrow-swap', { do: 'switch-agents', pool }),
      );
      // A model that it has not is as little there the next time.
      return code === 'no-model' ? [...others, again] : [again, ...others];
    }
    case 'paused':
      return [does(t('Resume'), 'debug-continue', { do: 'resume' })];
  }
}

function switchWords(pool: PoolKind): string {
  switch (pool) {
    case 'planners':
      return t('Switch planners…');
    case 'builders':
      return t('Switch builders…');
    case 'reviewers':
      return t('Switch reviewers…');
  }
}
