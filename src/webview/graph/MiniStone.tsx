import type { MiniMapNodeProps } from '@xyflow/react';
import { gateCard } from '../../core/projections/gate-card.ts';
import { parseNodeRef, type ModuleId, type NodeRef } from '../../core/ids.ts';
import { nodeOfRef } from '../../core/projections/node-words.ts';
import { useBoard } from '../store.ts';
import { cardAt } from './card-at.ts';

const strokes: Readonly<Record<string, string>> = {
  building: 'var(--run)',
  revising: 'var(--run)',
  review: 'var(--review)',
  failed: 'var(--fail)',
  blocked: 'var(--fail)',
  'needs-revision': 'var(--revise)',
};

/** A module or gate on the map: what is sealed is filled, what needs a person stands out. */
export function MiniStone({ id, x, y, width, height }: MiniMapNodeProps) {
  const course = id.startsWith('course:');
  const module = id.startsWith('module:');
  const shape = useBoard(({ chronicle }) => {
    if (chronicle === null || course) return 'waiting';
    const { graph } = chronicle.state;
    if (!module) {
      const gate = nodeOfRef(graph, id as NodeRef);
      return gate === null ? 'waiting' : gateCard(chronicle, gate).shape;
    }
    const node = graph.moduleIndex.get(parseNodeRef(id as NodeRef).id as ModuleId);
    if (node === undefined) return 'waiting';
    const { needsYou, shape: own } = cardAt(chronicle, node);
    return needsYou === null ? own : 'needs-you';
  });
  const asks = shape === 'needs-you';
  const stroke = asks ? 'var(--you-line)' : (strokes[shape] ?? 'var(--outline)');
  if (!module && !course) {
    const [r, cy] = [30, y + height / 2];
    const fill = asks ? 'var(--you-line)' : 'none';
    const d = `M${x + 22} ${cy - r}l${r} ${r}-${r} ${r}-${r}-${r}z`;
    return <path {...{ d, fill, stroke, strokeWidth: 8 }} />;
  }
  const set = shape === 'sealed' || shape === 'stale';
  const fill = set ? 'var(--outline)' : 'var(--bg)';
  return <rect {...{ x, y, width, height, rx: 6, fill, stroke, strokeWidth: 10 }} />;
}
