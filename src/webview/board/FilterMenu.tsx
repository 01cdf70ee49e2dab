import { memo, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { plural, t } from '../../core/language.ts';
import { cardAt } from '../graph/card-at.ts';
import { TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { Unhurried } from './Unhurried.tsx';
import './FilterMenu.css';
import { groupOf, groupWords, isShown, stateGroups, type StateGroup } from './state-group.ts';

/** Which modules graph and table show, by state; both share it. */
export const FilterMenu = memo(function FilterMenu(): ReactElement {
  const filter = useBoard((board) => board.filter);
  const showOnly = useBoard((board) => board.showOnly);
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  const label =
    filter.length === 0
      ? t('Filter by state')
      : t(
          'Filter by state: {0}',
          filter.map((group) => groupWords()[group].toLowerCase()).join(', '),
        );
  return (
    <div
      ref={box}
      className="filter"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        box.current?.querySelector('button')?.focus();
        event.stopPropagation();
      }}
    >
      {filter.length > 0 && <HowMany filter={filter} />}
      <button
        {...{ type: 'button', className: 'icon-button', title: label, 'aria-label': label }}
        {...{ 'aria-expanded': open, 'aria-haspopup': 'true' }}
        onClick={() => setOpen(!open)}
      >
        <Icon name={filter.length === 0 ? 'filter' : 'filter-filled'} />
      </button>
      {open && <Groups {...{ filter, showOnly }} />}
    </div>
  );
});

/** How many modules the filter shows: without it a wall on which nothing matches only looks pale. */
function HowMany({ filter }: { readonly filter: readonly StateGroup[] }): ReactElement | null {
  const chronicle = useBoard((board) => board.chronicle);
  if (chronicle === null) return null;
  return (
    <Unhurried value={chronicle} state={chronicle.state}>
      {(at) => {
        const all = at.state.graph.modules;
        let shown = 0;
        for (let node = 0; node < all; node++) if (isShown(filter, cardAt(at, node))) shown++;
        const says = t('The filter shows {0} of {1} modules', shown, all);
        return (
          <span className="filter-count small muted num" title={says}>
            <span aria-hidden="true">{`${shown}/${all}`}</span>
            <span className="unseen">{says}</span>
          </span>
        );
      }}
    </Unhurried>
  );
}

interface GroupsProps {
  readonly filter: readonly StateGroup[];
  readonly showOnly: (filter: readonly StateGroup[]) => void;
}

function Groups({ filter, showOnly }: GroupsProps): ReactElement {
  const chronicle = useBoard((board) => board.chronicle);
  const counts = useMemo(() => {
    const byGroup = new Map<StateGroup, number>();
    for (let node = 0; chronicle !== null && node < chronicle.state.graph.modules; node++) {
      const group = groupOf(cardAt(chronicle, node));
      byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
    }
    return byGroup;
  }, [chronicle]);
  return (
    <div className="filter-menu" role="group" aria-label={t('Show modules that are')}>
      {stateGroups.map((group) => {
        const count = counts.get(group) ?? 0;
        return (
          <label key={group} className="filter-group">
            <input
              type="checkbox"
              checked={filter.includes(group)}
              aria-label={`${groupWords()[group]}, ${plural(count, '{0} module', '{0} modules')}`}
              onChange={(event) => {
                const others = filter.filter((each) => each !== group);
                showOnly(event.currentTarget.checked ? [...others, group] : others);
              }}
            />
            {groupWords()[group]}
            <span className="spacer" />
            <span className="num muted">{count}</span>
          </label>
        );
      })}
      <div className="filter-foot">
        {filter.length === 0 ? (
          <span className="muted small">{t('All modules are shown.')}</span>
        ) : (
          <TextLink className="small" onClick={() => showOnly([])}>
            {t('Show all')}
          </TextLink>
        )}
      </div>
    </div>
  );
}
