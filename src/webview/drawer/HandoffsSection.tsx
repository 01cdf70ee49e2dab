import { useMemo, useState } from 'react';
import { handoffWords, isPending, moduleHandoffs } from '../../core/projections/handoffs.ts';
import type { HandoffRow } from '../../core/projections/handoffs.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { duration } from '../../core/projections/words.ts';
import { Section } from '../parts/Section.tsx';
import { useNow } from '../clock.ts';
import { ShowAll } from './ShowAll.tsx';
import type { ShownModule } from './shown-module.ts';

const SHOWN_FIRST = 5;

/** What the module gives and gets, the latest first, with state and age. */
export function HandoffsSection({ shown }: { readonly shown: ShownModule }) {
  const now = useNow();
  const { state } = shown.chronicle;
  const [all, setAll] = useState(false);
  const rows = useMemo(
    () => moduleHandoffs(state, shown.node, now).reverse(),
    [state, shown.node, now],
  );
  const listed = all ? rows : rows.slice(0, SHOWN_FIRST);
  const open = rows.filter(isPending).length;
  const aside = rows.length === 0 ? '· none yet' : `· ${open} on the way, ${rows.length} in all`;
  return (
    <Section title="Handoffs" aside={aside}>
      <ul className="drawer-body handoff-list">
        {listed.map((row) => (
          <HandoffItem key={row.id} row={row} of={shown.id} />
        ))}
      </ul>
      <ShowAll listed={listed.length} of={rows.length} onClick={() => setAll(true)} />
    </Section>
  );
}

function HandoffItem({ row, of }: { readonly row: HandoffRow; readonly of: string }) {
  const { from, to, items, waitedMs } = row;
  const waited = waitedMs === 0 ? '' : ` · waited ${duration(waitedMs)}`;
  return (
    <li>
      <div>
        {from === of ? `To ${to}` : `From ${from}`}: {oneLine(items.join(', '), 200)}
      </div>
      <div className="muted small">
        {handoffWords(row)}
        {waited}
      </div>
    </li>
  );
}
