import { modulesBelow, refOf } from '../graph.ts';
import { parseNodeRef, type StreamId } from '../ids.ts';
import { isEnglish, t } from '../language.ts';
import { card, type Card } from './card.ts';
import type { CardShape } from './card-shape.ts';
import type { Chronicle } from './chronicle.ts';
import { doingOf } from './doing.ts';
import { leftByWord } from './left-minutes.ts';
import { listed, lowerFirst } from './words.ts';

/** A lane of work that people follow, in one line. */
export interface StreamStatus {
  readonly id: StreamId;
  readonly title: string;
  /** 0 … 100 of its modules' estimates. */
  readonly percent: number;
  readonly shape: CardShape | 'needs-you' | 'idle';
  /** What it does now, or what it waits for. */
  readonly says: string;
}

/** In the order of the plan; looks at every module. */
export function streamStatuses(chronicle: Chronicle): StreamStatus[] {
  const { plan } = chronicle.state;
  const members = new Map<StreamId, number[]>(plan.streams.map(({ id }) => [id, []]));
  plan.modules.forEach(({ stream }, node) => members.get(stream)?.push(node));
  const asked = askedOf(chronicle);
  return plan.streams.map(({ id, title }) => {
    const nodes = members.get(id) ?? [];
    const cards = nodes.map((node) => card(chronicle, node));
    const stuck = cards.filter(({ needsYou }) => needsYou !== null).map(({ id: module }) => module);
    const names = [...(asked.get(id) ?? []), ...stuck];
    const percent = percentOf(chronicle, nodes);
    if (names.length > 0) {
      return { id, title, percent, shape: 'needs-you', says: t('Needs you: {0}', listed(names)) };
    }
    return { id, title, percent, ...leading(cards) };
  });
}

/** Tiers and gates that wait for a person, at the stream whose modules alone they are about. */
function askedOf({ state }: Chronicle): Map<StreamId, string[]> {
  const asked = new Map<StreamId, string[]>();
  if (state.needPerson === 0) return asked;
  const { graph, plan } = state;
  for (let node = graph.tierBase; node < graph.streamBase; node++) {
    if (doingOf(state, node) !== 'person') continue;
    const streams = new Set(modulesBelow(graph, node).map((below) => plan.modules[below]?.stream));
    const [only] = streams;
    if (streams.size !== 1 || only === undefined) continue;
    asked.set(only, [...(asked.get(only) ?? []), parseNodeRef(refOf(graph, node)).id]);
  }
  return asked;
}

function percentOf({ state }: Chronicle, nodes: readonly number[]): number {
  let [left, all] = [0, 0];
  for (const node of nodes) {
    const { minutes, review } = state.plan.modules[node]?.estimate ?? { minutes: 0, review: 0 };
    all += minutes + review;
    left += leftByWord(state, node);
  }
  return all === 0 ? 0 : Math.floor((100 * (all - left)) / all);
}

/** What is told of a stream is the state of those of its modules that are furthest from rest. */
const order: readonly CardShape[] = [
  ...(['revising', 'building', 'review', 'failed', 'needs-revision', 'reopened'] as const),
  ...([
    'planned',
    'ready',
    'stale',
    'passed',
    'waiting',
    'blocked',
    'abandoned',
    'sealed',
  ] as const),
];

function leading(cards: readonly Card[]): Pick<StreamStatus, 'shape' | 'says'> {
  for (const shape of order) {
    const same = cards.filter((each) => each.shape === shape);
    const [first] = same;
    if (first !== undefined) return { shape, says: saysOf(shape, first, same, cards) };
  }
  return { shape: 'idle', says: t('Nothing to do') };
}

function saysOf(
  shape: CardShape,
  first: Card,
  same: readonly Card[],
  all: readonly Card[],
): string {
  const names = listed(
    same.filter(({ word }) => word === first.word).map(({ id }) => id as string),
  );
  switch (shape) {
    case 'building':
    case 'revising':
      return `${first.word} ${names}`;
    case 'waiting':
    case 'passed':
    case 'stale':
      return waitingWords(same, all);
    case 'sealed':
      return t('Sealed');
    case 'planned':
      return `${names}: ${lowerFirst(first.word)}`;
    case 'ready':
    case 'review':
    case 'needs-revision':
    case 'failed':
    case 'blocked':
    case 'reopened':
    case 'abandoned':
      return isEnglish() ? `${names} ${lowerFirst(first.word)}` : `${names}: ${first.word}`;
  }
}

/** Names what others must do first; only where nothing else holds it, what it must do itself. */
function waitingWords(waiting: readonly Card[], all: readonly Card[]): string {
  const own = new Set<string>(all.map(({ id }) => id));
  const names = [...new Set(waiting.flatMap(({ waitsFor }) => waitsFor))];
  const others = names.filter((name) => !own.has(name));
  const told = others.length > 0 ? others : names;
  return told.length === 0 ? (waiting[0]?.word ?? '') : t('Waiting for {0}', listed(told));
}
