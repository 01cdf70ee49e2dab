import { useMemo, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { listed } from '../../core/projections/words.ts';
import { listedConflicts } from '../conflicts/conflict-order.ts';
import { host } from '../host.ts';
import { TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';

/** More open ones than these are looked at on the board. */
const shownConflicts = 8;

/** Open conflicts and whom they wait for; what is decided stands on the board. */
export function ConflictsSection({ chronicle }: { chronicle: Chronicle }): ReactElement | null {
  const { state } = chronicle;
  const all = useMemo(() => listedConflicts(state), [state]);
  if (all.length === 0) return null;
  const open = all.filter(({ resolved }) => resolved === null);
  const show = (): void => host.act({ do: 'show', show: { view: 'gates' } });
  return (
    <Section
      {...{ title: t('Conflicts'), onTitle: show, open: open.length > 0 }}
      action={<span className="small muted num nowrap">{rich('{0} open', open.length)}</span>}
    >
      <ul className="sidebar-list">
        {open.slice(0, shownConflicts).map(({ id, title, parties, text, yours }) => (
          <li key={id} className="sidebar-row">
            <Icon name="law" tone={yours ? 'you' : 'review'} size={14} />
            <span className="sidebar-wraps">{title}</span>
            <span />
            <span className="sidebar-second sidebar-wraps">
              {listed(parties, 4)}: {text.replace(/^open: /, '')}
            </span>
          </li>
        ))}
      </ul>
      <p className="sidebar-pad small">
        <TextLink onClick={show}>
          {all.length > open.length ? t('Show all {0}', all.length) : t('Show the evidence')}
        </TextLink>
      </p>
    </Section>
  );
}
