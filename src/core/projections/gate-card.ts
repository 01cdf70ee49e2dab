import { kindOf } from '../graph.ts';
import { parseNodeRef, type NodeRef } from '../ids.ts';
import type { GateLife, TierLife } from '../gate-state.ts';
import { t } from '../language.ts';
import type { Chronicle } from './chronicle.ts';
import { gateLife, gateStatus, type GateKind } from './gate-status.ts';
import { kept, type LastByNode } from './kept.ts';
import type { VerdictRow } from './verdict-rows.ts';
import { lowerFirst } from './words.ts';

export type GateShape = 'waiting' | 'judging' | 'passed' | 'failed' | 'needs-you';

/** A tier's gate, an end-to-end gate or an approval as the board draws it: a diamond. */
export interface GateCard {
  readonly ref: NodeRef;
  /** Without its kind. */
  readonly name: string;
  readonly kind: 'tier' | 'end-to-end' | 'approval';
  readonly shape: GateShape;
  /** State in words, with what it waits for. */
  readonly says: string;
  /** Since when it is like this, UTC milliseconds; null where that is not known. */
  readonly since: number | null;
  /** The tree that passed, or the digest that a person is to decide on or has; null before. */
  readonly subject: string | null;
}

/** Of a tier or gate by its node; the same object as long as nothing on it changes. */
export function gateCard(chronicle: Chronicle, node: number): GateCard {
  return kept(lastCards, chronicle.state.graph, node, makeCard(chronicle, node), isSame);
}

const lastCards: LastByNode<GateCard> = new WeakMap();

function makeCard({ state, history }: Chronicle, node: number): GateCard {
  const { graph, plan } = state;
  const { ref, kind, text } = gateStatus(state, node);
  const life = gateLife(state, node);
  const latest = history.latest.get(node);
  const approval = plan.gates[node - graph.gateBase]?.kind === 'approval';
  const failed = latest?.verdict === 'FAIL' && (kind === 'waiting' || kind === 'ready');
  return {
    ref,
    name: parseNodeRef(ref).id,
    kind: kindOf(graph, node) === 'tier' ? 'tier' : approval ? 'approval' : 'end-to-end',
    shape: failed ? 'failed' : shapes[kind],
    says: failed ? `${approval ? t('Refused') : t('Failed')} · ${lowerFirst(text)}` : text,
    since: sinceOf(life, latest),
    subject: subjectOf(life),
  };
}

const shapes: Readonly<Record<GateKind, GateShape>> = {
  waiting: 'waiting',
  ready: 'waiting',
  judging: 'judging',
  passed: 'passed',
  'needs-you': 'needs-you',
};

function sinceOf(life: TierLife | GateLife, latest: VerdictRow | null): number | null {
  if ('since' in life) return life.since;
  return life.at === 'waiting' || life.at === 'ready' ? null : (latest?.at ?? null);
}

function subjectOf(life: TierLife | GateLife): string | null {
  if ('tree' in life) return life.tree;
  return 'submission' in life ? life.submission : null;
}

function isSame(a: GateCard, b: GateCard): boolean {
  const { shape, says, since, subject } = a;
  return shape === b.shape && says === b.says && since === b.since && subject === b.subject;
}
