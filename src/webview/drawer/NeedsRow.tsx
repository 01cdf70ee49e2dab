import { age } from '../../core/projections/figures.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import { host } from '../host.ts';
import { useNow } from '../clock.ts';
import { NeedsYouChip } from '../parts/Chip.tsx';
import { TextLink } from '../parts/controls.tsx';
import { useBoard } from '../store.ts';
import type { ShownModule } from './shown-module.ts';

/** What only a person can move in this module, and the way out. */
export function NeedsRow({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, id } = shown;
  const now = useNow();
  const trusted = useBoard((state) => state.desk?.trusted !== false);
  const amend = useBoard((state) => state.amend);
  if (shown.module.life.at !== 'escalated') return null;
  const need = needsYou(chronicle.state).find(
    (each) => each.kind === 'escalated' && each.module === id,
  );
  if (need?.kind !== 'escalated') return null;
  const way = need.sealed ? 'reopen' : 'amend';
  const says = need.says.replace(`${id}: `, '');
  return (
    <div className="drawer-need">
      <div className="row gap-6">
        <NeedsYouChip age={need.since === null ? undefined : age(now - need.since)} />
        <span className="ellipsis" title={says}>
          {says}
        </span>
        <span className="spacer" />
        {trusted && need.dispute !== null && (
          <TextLink
            className="fixed"
            onClick={() => host.act({ do: 'decide-dispute', module: id })}
          >
            Decide…
          </TextLink>
        )}
        {trusted && (
          <TextLink
            className="fixed"
            onClick={() => {
              host.act({ do: way, module: id });
              amend(id);
            }}
          >
            {way === 'reopen' ? 'Reopen…' : 'Amend contract…'}
          </TextLink>
        )}
      </div>
      {need.detail !== '' && <p className="muted small">{need.detail}</p>}
    </div>
  );
}
