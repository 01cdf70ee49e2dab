import { useMemo, useState } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { handoffWords, isPending, moduleHandoffs } from '../../core/projections/handoffs.ts';
import type { HandoffRow } from '../../core/projections/handoffs.ts';
import { age } from '../../core/projections/figures.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { duration, listed } from '../../core/projections/words.ts';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { useNow } from '../clock.ts';
import { ShowAll } from './ShowAll.tsx';
import type { ShownModule } from './shown-module.ts';

const SHOWN_FIRST = 5;

/** What the module gives and gets, the latest first, with life and age. */
export function HandoffsSection({ shown }: { readonly shown: ShownModule }) {
  const now = useNow();
  const { state } = shown.chronicle;
  const [all, setAll] = useState(false);
  const rows = useMemo(
    () => moduleHandoffs(state, shown.node, now).reverse(),
    [state, shown.node, now],
  );
  const shownRows = all ? rows : rows.slice(0, SHOWN_FIRST);
  const open = rows.filter(isPending).length;
  const aside =
    rows.length === 0 ? t('· none yet') : t('· {0} on the way, {1} in all', open, rows.length);
  return (
    <Section title={t('Handoffs')} aside={aside}>
      <ul className="drawer-body handoff-list">
        {shownRows.map((row) => (
          <HandoffItem key={row.id} row={row} of={shown.id} />
        ))}
      </ul>
      <ShowAll listed={shownRows.length} of={rows.length} onClick={() => setAll(true)} />
    </Section>
  );
}

function HandoffItem({ row, of }: { readonly row: HandoffRow; readonly of: string }) {
  const { from, to, items, waitedMs, ageMs, meanwhile, planned } = row;
  const gives = from === of;
  const words = [
    ...(planned ? [t('planned')] : []),
    handoffWords(row),
    ...(waitedMs === 0 ? [] : [t('waited {0}', duration(waitedMs))]),
  ];
  const isOver = row.status === 'received' || row.status === 'withdrawn';
  return (
    <li>
      <div className="row gap-6">
        <Icon name={gives ? 'arrow-right' : 'arrow-left'} tone="muted" size={14} />
        <span className="ellipsis" title={oneLine(items.join(', '), 400)}>
          {gives ? t('To {0}', to) : t('From {0}', from)}: {oneLine(items.join(', '), 200)}
        </span>
        <span className="spacer" />
        <span className="small muted num nowrap">
          {isOver ? t('took {0}', age(ageMs)) : age(ageMs)}
        </span>
      </div>
      <Life row={row} />
      <div className="muted small handoff-words">
        {words.join(' · ')}
        {meanwhile.length > 0 && <div>{rich('goes on with {0} meanwhile', listed(meanwhile))}</div>}
      </div>
    </li>
  );
}

const steps = ['requested', 'accepted', 'delivered', 'received'] as const;

function stepWord(step: (typeof steps)[number]): string {
  switch (step) {
    case 'requested':
      return t('requested');
    case 'accepted':
      return t('accepted');
    case 'delivered':
      return t('delivered');
    case 'received':
      return t('received');
  }
}

/** The steps of its life: those behind it are filled, and the one it is at is named. */
function Life({ row: { status } }: { readonly row: HandoffRow }) {
  if (status === 'withdrawn') return null;
  const at = status === 'partial' ? 1 : steps.indexOf(status);
  return (
    <ol
      className="handoff-life"
      aria-label={t(
        'Life: {0}',
        steps
          .slice(0, at + 1)
          .map(stepWord)
          .join(', '),
      )}
    >
      {steps.map((step, index) => (
        <li key={step} className={index <= at ? 'handoff-done' : ''}>
          <span className={index === at ? 'small' : 'small muted'}>{stepWord(step)}</span>
        </li>
      ))}
    </ol>
  );
}
