import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { gateCard, type GateCard } from '../../core/projections/gate-card.ts';
import { waitsFor } from '../../core/projections/node-words.ts';
import { Diamond } from '../parts/Diamond.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { Waiting } from './ModuleCard.tsx';
import type { GateNodeType } from './nodes.ts';
import { isOffTrace } from './traced.ts';
import './GateNode.css';

const kinds: Readonly<Record<GateCard['kind'], string>> = {
  tier: 'tier gate',
  'end-to-end': 'end-to-end gate',
  approval: 'approval · you',
};

/** A tier's gate, an end-to-end gate or an approval; it leads to the list of gates. */
export const GateNode = memo(function GateNode({ data: { node } }: NodeProps<GateNodeType>) {
  const gate = useBoard((state) =>
    state.chronicle === null ? null : gateCard(state.chronicle, node),
  );
  const awaited = useBoard(({ chronicle }) =>
    chronicle === null ? 0 : waitsFor(chronicle.state, node).length,
  );
  const dim = useBoard((state) => isOffTrace(state, node));
  const open = useBoard((state) => state.open);
  if (gate === null) return null;
  // There is room for one name; all of them are in the tooltip and read aloud.
  const says = gate.shape === 'waiting' && awaited > 1 ? `Waiting for ${awaited}` : gate.says;
  const asks = gate.shape === 'needs-you';
  const label = `${gate.name}, ${kinds[gate.kind]}, ${asks ? 'needs you, ' : ''}${gate.says}`;
  return (
    <div
      {...{
        className: dim ? 'gate gate-dim' : 'gate',
        role: 'button',
        tabIndex: 0,
        'data-node': node,
      }}
      {...{ 'aria-label': label, title: gate.says, onClick: () => open('gates') }}
    >
      <Diamond shape={gate.shape} />
      <div className="gate-text">
        <b className="ellipsis">{gate.name}</b>
        <div className="gate-kind small muted">{kinds[gate.kind]}</div>
        {asks ? (
          <Waiting since={gate.since} />
        ) : (
          <div className="gate-says small">
            {gate.shape === 'waiting' && <Icon name="clockface" tone="muted" size={12} />}
            <span className="ellipsis">{says}</span>
          </div>
        )}
      </div>
    </div>
  );
});
