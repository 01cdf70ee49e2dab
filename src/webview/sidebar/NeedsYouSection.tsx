import type { ReactElement } from 'react';
import { plural, t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { needHeading } from '../gates/need-words.ts';
import { Count } from '../parts/Chip.tsx';
import { Section } from '../parts/Section.tsx';
import { ApprovalCard } from './ApprovalCard.tsx';
import { NeedyRun } from './RunList.tsx';
import { StuckCard } from './StuckCard.tsx';

/** What only a person can move: of the current run in full, of others by their count. */
export function NeedsYouSection(props: {
  chronicle: Chronicle | null;
  needs: readonly NeedsYou[];
  others: readonly DeskRun[];
  total: number;
}): ReactElement {
  const { chronicle, needs, others, total } = props;
  const count = (
    <Count
      count={total}
      needsYou
      label={t('{0} to decide', plural(total, '{0} thing', '{0} things'))}
    />
  );
  return (
    <Section title={t('Needs you')} action={count}>
      {chronicle !== null &&
        needs.map((need, index) => {
          const { key } = needHeading(need);
          const first = index === 0;
          if (need.kind !== 'approval') {
            return <StuckCard key={key} {...{ chronicle, need, first }} />;
          }
          // Another submission is another question: nothing written for the last one goes with it.
          const of = { chronicle, need, first };
          return <ApprovalCard key={`${key} ${need.subject}`} {...of} />;
        })}
      {others.length > 0 && (
        <ul className="sidebar-list">
          {others.map((run) => (
            <NeedyRun key={`${run.key.folder} ${run.key.run}`} run={run} />
          ))}
        </ul>
      )}
    </Section>
  );
}
