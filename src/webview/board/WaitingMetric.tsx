import { useMemo } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { RunState } from '../../core/state.ts';
import { Icon } from '../parts/Icon.tsx';
import { TextLink } from '../parts/controls.tsx';
import { useBoard } from '../store.ts';
import { waiting } from './figures.ts';
import { Metric } from './Metric.tsx';

/** How many modules wait, and for what: always by name, and one click away. */
export function WaitingMetric({ state }: { readonly state: RunState }) {
  const found = useMemo(() => waiting(state), [state]);
  const select = useBoard((board) => board.select);
  const focus = useBoard((board) => board.focusModule);
  const open = useBoard((board) => board.open);
  if (found === null)
    return (
      <Metric label={t('Waiting')} leaves="seventh">
        {t('nothing')}
      </Metric>
    );
  const { count, on, module, others, title } = found;
  const follow = (): void => {
    open(module === null ? 'gates' : 'graph');
    if (module === null) return;
    select(module);
    focus(module);
  };
  return (
    <Metric label={t('Waiting')} leaves="seventh" title={title}>
      <Icon name="clockface" tone="muted" size={12} />
      <span>{rich('{0} blocked on', count)}</span>{' '}
      <TextLink className="waiting-on" onClick={follow}>
        {on}
      </TextLink>
      {others > 0 && <small className="waiting-others">+{others}</small>}
    </Metric>
  );
}
