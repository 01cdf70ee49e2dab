import { useMemo, useRef, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { ConflictList } from '../conflicts/ConflictList.tsx';
import { listedConflicts } from '../conflicts/conflict-order.ts';
import { Count } from '../parts/Chip.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { ApprovalNeed } from './ApprovalNeed.tsx';
import './Gates.css';
import { needHeading } from './need-words.ts';
import { StuckNeed } from './StuckNeed.tsx';
import { useNeedKeys } from './use-need-keys.ts';
import { Verdicts } from './Verdicts.tsx';

/** What a person must decide, with what speaks for it, and then every verdict of the run. */
export function Gates(): ReactElement | null {
  const chronicle = useBoard((state) => state.chronicle);
  if (chronicle === null) return null;
  return (
    <main className="gates scrolls" aria-label={t('Gates')} tabIndex={-1}>
      <Needs chronicle={chronicle} />
      <Conflicts chronicle={chronicle} />
      <Verdicts chronicle={chronicle} />
    </main>
  );
}

function Needs({ chronicle }: { chronicle: Chronicle }): ReactElement {
  const { state } = chronicle;
  const needs = useMemo(() => needsYou(state), [state]);
  const section = useRef<HTMLElement>(null);
  useNeedKeys(section);
  if (needs.length === 0) {
    return (
      <p className="gates-empty muted">
        <Icon name="check" size={14} />
        {t('Nothing needs you.')}
      </p>
    );
  }
  return (
    <section ref={section} aria-label={t('Needs you')}>
      <h2>
        <Icon name="bell-dot" tone="you" />
        {t('Needs you')}
        <Count
          {...{ count: needs.length, needsYou: true }}
          label={t('{0} to decide', plural(needs.length, '{0} thing', '{0} things'))}
        />
        <span className="gates-aside muted small">
          {t('oldest first · nothing is decided by time-out')}
        </span>
      </h2>
      {needs.map((need, index) => {
        const { key } = needHeading(need);
        const of = { chronicle, first: index === 0 };
        if (need.kind !== 'approval') return <StuckNeed key={key} need={need} {...of} />;
        // Another submission is another question: a note written for the last one is not sent with it.
        return <ApprovalNeed key={`${key} ${need.subject}`} need={need} {...of} />;
      })}
    </section>
  );
}

/** What parties were at odds about; nothing where there was no conflict. */
function Conflicts({ chronicle }: { chronicle: Chronicle }): ReactElement | null {
  const { state } = chronicle;
  const conflicts = useMemo(() => listedConflicts(state), [state]);
  if (conflicts.length === 0) return null;
  const open = conflicts.filter(({ resolved }) => resolved === null).length;
  return (
    <section className="gates-conflicts" aria-label={t('Conflicts')}>
      <h2>
        {t('Conflicts')}
        <span className="gates-aside muted small num">
          {rich('open ones first · {0} open, {1} decided', open, conflicts.length - open)}
        </span>
      </h2>
      <ConflictList {...{ chronicle, conflicts }} />
    </section>
  );
}
