import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { t } from '../../core/language.ts';
import { gateCard, type GateCard } from '../../core/projections/gate-card.ts';
import { waitsFor } from '../../core/projections/node-words.ts';
import { Diamond } from '../parts/Diamond.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { Waiting } from './ModuleCard.tsx';
import type { GateNodeType } from './nodes.ts';
import { isStill } from './card-at.ts';
import { isOffTrace } from './traced.ts';
import './GateNode.css';

const kinds = (): Readonly<Record<GateCard['kind'], string>> => ({
  tier: t('tier gate'),
  'end-to-end': t('end-to-end gate'),
  approval: t('approval · you'),
});

/** A tier's gate, an end-to-end gate or an approval: opens its details, or the gates where it asks a person. */
export const GateNode = memo(function GateNode({ data: { node } }: NodeProps<GateNodeType>) {
  const gate = useBoard(({ chronicle }) =>
    isStill(chronicle, node, ['tier', 'gate']) ? gateCard(chronicle, node) : null,
  );
  const awaited = useBoard(({ chronicle }) =>
    isStill(chronicle, node, ['tier', 'gate']) ? waitsFor(chronicle.state, node).length : 0,
  );
  const dim = useBoard((state) => isOffTrace(state, node));
  const open = useBoard((state) => state.open);
  const select = useBoard((state) => state.selectGate);
  const selected = useBoard((state) => gate !== null && state.gate === gate.ref);
  if (gate === null) return null;
  // There is room for one name; all of them are in the tooltip, which is read aloud too.
  const says = gate.shape === 'waiting' && awaited > 1 ? t('Waiting for {0}', awaited) : gate.says;
  const asks = gate.shape === 'needs-you';
  return (
    <div
      {...{
        className: dim ? 'gate gate-dim' : 'gate',
        role: 'button',
        tabIndex: 0,
        'data-node': node,
      }}
      {...{ title: gate.says, 'aria-pressed': selected }}
      onClick={() => (asks ? open('gates') : select(gate.ref))}
    >
      <Diamond shape={gate.shape} />
      <div className="gate-text">
        <b className="ellipsis">{gate.name}</b>
        <div className="gate-kind small muted">{kinds()[gate.kind]}</div>
        {asks ? (
          <Waiting since={gate.since} />
        ) : (
          <div className="gate-says small">
            {gate.shape === 'waiting' && <Icon name="clockface" tone="muted" size={12} />}
            <span>{says}</span>
          </div>
        )}
      </div>
    </div>
  );
});
