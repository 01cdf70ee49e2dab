import { refOf } from '../graph.ts';
import type { Digest, NodeRef } from '../ids.ts';
import type { RunState } from '../state.ts';
import type { GateLife, TierLife } from '../gate-state.ts';
import { t } from '../language.ts';
import { heldWords } from './hold-words.ts';
import { nodeName, waitsFor } from './node-words.ts';
import { oneLine } from './safe-text.ts';
import { listed } from './words.ts';

export type GateKind = 'waiting' | 'ready' | 'judging' | 'passed' | 'needs-you';

/** A tier or gate as the command line, the report and the board all show it. */
export interface GateStatus {
  readonly ref: NodeRef;
  readonly name: string;
  readonly kind: GateKind;
  /** State in words, with what it waits for. */
  readonly text: string;
  readonly waitsFor: readonly string[];
  /** What a person is to decide on; null where nothing waits for one. */
  readonly subject: Digest | null;
}

/** Tiers first, then gates, in the order of the plan. */
export function gateStatuses(state: RunState): GateStatus[] {
  const { tierBase, streamBase } = state.graph;
  const statuses: GateStatus[] = [];
  for (let node = tierBase; node < streamBase; node++) statuses.push(gateStatus(state, node));
  return statuses;
}

/** Of one tier or gate. */
export function gateStatus(state: RunState, node: number): GateStatus {
  const ref = refOf(state.graph, node);
  const basics = { ref, name: nodeName(ref), waitsFor: [], subject: null };
  return { ...basics, ...described(state, node, gateLife(state, node)) };
}

export function gateLife({ graph, tiers, gates }: RunState, node: number): TierLife | GateLife {
  const { tierBase, gateBase } = graph;
  return node < gateBase ? tiers.get(node - tierBase).life : gates.get(node - gateBase).life;
}

function described(
  state: RunState,
  node: number,
  life: TierLife | GateLife,
): Pick<GateStatus, 'kind' | 'text'> & Partial<GateStatus> {
  switch (life.at) {
    case 'waiting': {
      const names = waitsFor(state, node);
      const text =
        state.phase.at === 'finished' ? t('Not reached') : t('Waiting for {0}', listed(names));
      return { kind: 'waiting', text, waitsFor: names };
    }
    case 'ready':
      return { kind: 'ready', text: `${t('Ready')} · ${heldWords(state, 'reviewers', node)}` };
    case 'judging':
      return { kind: 'judging', text: t('Being judged') };
    case 'integrated':
      return { kind: 'passed', text: t('Integrated') };
    case 'passed':
      return { kind: 'passed', text: t('Passed') };
    case 'approved':
      return { kind: 'passed', text: t('Approved by {0}', oneLine(life.by, 60)) };
    case 'asked':
      if (isEnding(state)) return { kind: 'waiting', text: t('Not decided') };
      return { kind: 'needs-you', text: t('Waits for your approval'), subject: life.submission };
    case 'refused':
      return {
        kind: isEnding(state) ? 'waiting' : 'needs-you',
        text: t('Refused by {0}', oneLine(life.by, 60)),
        subject: life.submission,
      };
    case 'blocked':
      return {
        kind: isEnding(state) ? 'waiting' : 'needs-you',
        text: t('Failed with nobody to blame'),
      };
  }
}

/** Nobody is asked for anything any more. */
export const isEnding = ({ phase }: RunState): boolean =>
  phase.at === 'finished' || phase.at === 'cancelling';
