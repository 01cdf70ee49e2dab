import { age } from '../../core/projections/figures.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import type { Action } from '../../protocol/board.ts';
import { needSays } from '../gates/need-words.ts';
import { remedies } from '../gates/remedies.ts';
import { host } from '../host.ts';
import { useNow } from '../clock.ts';
import { NeedsYouChip } from '../parts/Chip.tsx';
import { TextLink } from '../parts/controls.tsx';
import { useStandstill } from '../standstill.ts';
import { useBoard } from '../store.ts';
import type { ShownModule } from './shown-module.ts';

/** What only a person can move in this module, and the way out. */
export function NeedsRow({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, id } = shown;
  const now = useNow();
  const mayAct = useStandstill() === null;
  const amend = useBoard((state) => state.amend);
  if (shown.module.life.at !== 'escalated') return null;
  const need = needsYou(chronicle.state).find(
    (each) => each.kind === 'escalated' && each.module === id,
  );
  if (need?.kind !== 'escalated') return null;
  const says = needSays(need);
  const ways = mayAct ? remedies(need).filter(({ looks }) => !looks) : [];
  const act = (action: Action): void => {
    host.act(action);
    if (action.do === 'reopen' || action.do === 'amend') amend(id);
  };
  return (
    <div className="drawer-need">
      <div className="row gap-6">
        <NeedsYouChip age={need.since === null ? undefined : age(now - need.since)} />
        <span>{says}</span>
      </div>
      {need.detail !== '' && <p className="muted small">{need.detail}</p>}
      {ways.length > 0 && (
        <p className="row gap-12">
          {ways.map(({ label, action }) => (
            <TextLink key={label} onClick={() => act(action)}>
              {label}
            </TextLink>
          ))}
        </p>
      )}
    </div>
  );
}
