import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { RunState } from '../../core/state.ts';

/** Where the result of a run will lie once it is delivered, and what stays as it is. */
export interface Landing {
  readonly kind: 'branch' | 'folder';
  readonly name: string;
  /** What of the user's own the delivery leaves alone. */
  readonly own: string;
  readonly untouched: string;
}

/** Said before a person approves anything. */
export function landing({ base, run }: RunState): Landing {
  if (base.repository === 'none') {
    return {
      ...{ kind: 'folder', name: `.ce-workspace/runs/${run}/result` },
      ...{ own: t('Your files'), untouched: t('are not touched') },
    };
  }
  const name = `ashlar/${run}`;
  if (base.branch !== null) {
    const untouched = t('{0} is not touched', oneLine(base.branch, 80));
    return { kind: 'branch', name, own: t('Your branch'), untouched };
  }
  const untouched =
    base.head === null ? t('is not touched') : t('is not touched at {0}', base.head.slice(0, 7));
  return { kind: 'branch', name, own: t('Your checkout'), untouched };
}
