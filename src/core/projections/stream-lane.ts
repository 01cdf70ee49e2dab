import type { Stretch, StretchKind } from './lane.ts';
import { counted } from './words.ts';

/** What is told of a stream whose modules are at different things: what a person looks for first. */
const telling: readonly StretchKind[] = ['you', 'working', 'review', 'idle', 'waiting'];

const words: Readonly<Record<StretchKind, string>> = {
  you: 'waits for you',
  working: 'working',
  review: 'in review',
  idle: 'ready, not begun',
  waiting: 'waiting',
  sealed: 'sealed',
  abandoned: 'abandoned',
};

/** The lanes of many as one, in which each moment shows what tells most of it. */
export function foldedLane(lanes: readonly (readonly Stretch[])[]): Stretch[] {
  const changes = lanes.flat().flatMap(({ kind, fromMs, toMs }) => [
    { atMs: fromMs, kind, by: 1 },
    { atMs: toMs, kind, by: -1 },
  ]);
  changes.sort((a, b) => a.atMs - b.atMs);
  const open = new Map<StretchKind, number>();
  const folded: (Stretch & { most: number })[] = [];
  let since = 0;
  for (const { atMs, kind, by } of changes) {
    const told = telling.find((each) => (open.get(each) ?? 0) > 0);
    if (atMs > since && told !== undefined) {
      const most = open.get(told) ?? 0;
      const last = folded.at(-1);
      if (last?.kind === told && last.toMs === since) {
        folded[folded.length - 1] = { ...last, toMs: atMs, most: Math.max(last.most, most) };
      } else {
        folded.push({ ...bare, kind: told, fromMs: since, toMs: atMs, most });
      }
    }
    since = atMs;
    open.set(kind, (open.get(kind) ?? 0) + by);
  }
  const lasting = new Set(lanes.flatMap((lane) => lane.flatMap((s) => (s.lasts ? [s.kind] : []))));
  return folded.map(({ most, ...stretch }, index) => {
    const says = `${counted(most, 'module')} ${words[stretch.kind]}`;
    const lasts =
      index === folded.length - 1 && lasting.has(stretch.kind) && stretch.toMs === since;
    return { ...stretch, lasts, label: says, says: most === 1 ? says : `Up to ${says} at once` };
  });
}

const bare = { lasts: false, label: '', says: '' } as const;
