import { useMemo } from 'react';
import { t } from '../../core/language.ts';
import { ConflictList } from '../conflicts/ConflictList.tsx';
import { listedConflicts } from '../conflicts/conflict-order.ts';
import { Section } from '../parts/Section.tsx';
import type { ShownModule } from './shown-module.ts';

/** What the module is or was at odds with others about; nothing where it never was. */
export function ConflictsSection({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, id } = shown;
  const { state } = chronicle;
  const conflicts = useMemo(() => listedConflicts(state, id), [state, id]);
  if (conflicts.length === 0) return null;
  const open = conflicts.filter(({ resolved }) => resolved === null).length;
  return (
    <Section title={t('Conflicts')} aside={t('· {0} open, {1} in all', open, conflicts.length)}>
      <div className="drawer-body">
        <ConflictList chronicle={chronicle} conflicts={conflicts} />
      </div>
    </Section>
  );
}
