import type { CompositionEvent } from './events/composition.ts';
import {
  gateId,
  order,
  parseNodeRef,
  tierId,
  type NodeRef,
  type Order,
  type TreeId,
} from './ids.ts';
import { gateNode, tierNode } from './lookup.ts';
import type { Draft } from './draft.ts';
import { conflictOfBlock } from './evolve-conflict.ts';
import { putGate, putTier } from './settle.ts';
import type { GateLife, GateState, TierLife, TierState } from './gate-state.ts';

/** Folds an event that concerns a tier, an end-to-end gate or an approval. */
export function evolveGate(draft: Draft, event: CompositionEvent): void {
  switch (event.type) {
    case 'integration-started':
      changeTier(draft, tierNode(draft, event.tier), (tier) => ({
        ...tier,
        judged: tier.judged + 1,
        life: judging(order(event.seq), event.at),
      }));
      break;
    case 'gate-started':
      changeGate(draft, gateNode(draft, event.gate), (gate) => ({
        ...gate,
        judged: gate.judged + 1,
        life: judging(order(event.seq), event.at),
      }));
      break;
    case 'tier-integrated':
      tierLife(draft, tierNode(draft, event.tier), { at: 'integrated', tree: event.tree });
      break;
    case 'gate-passed':
      gateLife(draft, gateNode(draft, event.gate), passed(event.tree));
      break;
    case 'integration-ended':
      rejudge(draft, event.gate, null);
      break;
    case 'integration-failed':
      // The blamed module's amendment, in the same decision, is what makes it wait.
      rejudge(draft, event.gate, null);
      break;
    case 'gate-blocked':
      rejudge(draft, event.gate, { at: 'blocked', message: event.message, since: event.at });
      break;
    case 'approval-requested':
      gateLife(draft, gateNode(draft, event.gate), {
        at: 'asked',
        submission: event.submission,
        since: event.at,
      });
      break;
    case 'approval-given': {
      const { submission, by } = event;
      gateLife(draft, gateNode(draft, event.gate), { at: 'approved', submission, by });
      break;
    }
    case 'approval-refused': {
      const { submission, by, note, at } = event;
      const refused: GateLife = { at: 'refused', submission, by, note, since: at };
      gateLife(draft, gateNode(draft, event.gate), refused);
      break;
    }
  }
}

const passed = (tree: TreeId): GateLife => ({ at: 'passed', tree });

const judging = (by: Order, since: number) =>
  ({ at: 'judging', order: by, since, outdated: false }) as const;

/** After a judging without result: ready or waiting, whatever the needs say by now. */
function rejudge(
  draft: Draft,
  ref: NodeRef,
  blocked: Extract<TierLife, { at: 'blocked' }> | null,
): void {
  const { kind, id } = parseNodeRef(ref);
  const node = kind === 'tier' ? tierNode(draft, tierId(id)) : gateNode(draft, gateId(id));
  const open =
    draft.unmet.get(node) === 0 ? ({ at: 'ready' } as const) : ({ at: 'waiting' } as const);
  const life = open.at === 'ready' ? (blocked ?? open) : open;
  const conflict = blocked === null ? null : conflictOfBlock(draft, ref);
  if (kind === 'tier') changeTier(draft, node, (tier) => ({ ...tier, conflict, life }));
  else changeGate(draft, node, (gate) => ({ ...gate, conflict, life }));
}

function tierLife(draft: Draft, node: number, life: TierLife): void {
  changeTier(draft, node, (tier) => ({ ...tier, life }));
}

function gateLife(draft: Draft, node: number, life: GateLife): void {
  changeGate(draft, node, (gate) => ({ ...gate, life }));
}

function changeTier(draft: Draft, node: number, change: (tier: TierState) => TierState): void {
  putTier(draft, node, change(draft.tiers.get(node - draft.graph.tierBase)));
}

function changeGate(draft: Draft, node: number, change: (gate: GateState) => GateState): void {
  putGate(draft, node, change(draft.gates.get(node - draft.graph.gateBase)));
}
