import { plural, t } from '../language.ts';
import type { LaneMark, PlainStretch, Stretch, StretchKind } from './lane.ts';
import { listed } from './words.ts';

/** What is told of a stream whose modules are at different things: what a person looks for first. */
const telling: readonly StretchKind[] = ['you', 'working', 'review', 'idle', 'waiting'];

function words(kind: StretchKind): string {
  switch (kind) {
    case 'you':
      return t('waits for you');
    case 'working':
      return t('working');
    case 'review':
      return t('in review');
    case 'idle':
      return t('ready, not begun');
    case 'waiting':
      return t('waiting');
    case 'sealed':
      return t('sealed');
    case 'abandoned':
      return t('abandoned');
  }
}

/** What folded lanes are of. */
export type LaneOf = 'module' | 'lane';

const countOf = (count: number, one: LaneOf): string =>
  one === 'module'
    ? plural(count, '{0} module', '{0} modules')
    : plural(count, '{0} lane', '{0} lanes');

/**
 * The lanes of many as one, in which each moment shows what tells most of it.
 *
 * @param one what each of them is called
 */
export function foldedLane(
  lanes: readonly (readonly PlainStretch[])[],
  one: LaneOf = 'module',
): Stretch[] {
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
  const told = folded.map(({ most, ...stretch }, index) => {
    const { kind, toMs } = stretch;
    const says = `${countOf(most, one)} ${words(kind)}`;
    const lasts = index === folded.length - 1 && lasting.has(kind) && toMs === since;
    const full = most === 1 ? says : t('Up to {0} at once', says);
    return { ...stretch, lasts, label: `${most} ${words(kind)}`, says: full };
  });
  return [...told, ...sealedEnd(lanes, one)];
}

/** Once all are sealed, since the last of them was. */
function sealedEnd(lanes: readonly (readonly PlainStretch[])[], one: LaneOf): Stretch[] {
  const last = lanes.flatMap((lane) => lane.at(-1) ?? []);
  const all = last.length > 0 && last.every(({ kind, lasts }) => kind === 'sealed' && lasts);
  if (!all) return [];
  const fromMs = last.reduce((most, each) => Math.max(most, each.fromMs), 0);
  const toMs = last.reduce((most, each) => Math.max(most, each.toMs), 0);
  const says = `${countOf(last.length, one)} ${words('sealed')}`;
  return [{ kind: 'sealed', fromMs, toMs, lasts: true, label: '', says }];
}

const bare = { lasts: false, label: '', says: '' } as const;

/** The marks of one lane, by the name of what it is about. */
export interface NamedMarks {
  readonly name: string;
  readonly marks: readonly LaneMark[];
}

/** Marks of many lanes on one: those of a kind that would cover each other are one, and say of what. */
export function foldedMarks(lanes: readonly NamedMarks[], nearMs: number): LaneMark[] {
  const all = lanes
    .flatMap(({ name, marks }) => marks.map((mark) => ({ name, mark })))
    .sort((a, b) => a.mark.atMs - b.mark.atMs);
  const last = new Map<LaneMark['kind'], (typeof all)[number][]>();
  const groups: (typeof all)[number][][] = [];
  for (const each of all) {
    const { kind, atMs } = each.mark;
    const before = last.get(kind);
    const [first] = before ?? [];
    if (before !== undefined && first !== undefined && atMs - first.mark.atMs < nearMs) {
      before.push(each);
      continue;
    }
    const group = [each];
    groups.push(group);
    last.set(kind, group);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, atMs, says } = first.mark;
    if (group.length === 1) return [{ kind, atMs, says: `${first.name}: ${says}` }];
    const names = listed([...new Set(group.map(({ name }) => name))]);
    return [{ kind, atMs, says: severalWords(kind, group.length, names) }];
  });
}

function severalWords(kind: LaneMark['kind'], count: number, names: string): string {
  switch (kind) {
    case 'pass':
      return `${count} × PASS: ${names}`;
    case 'fail':
      return `${count} × FAIL: ${names}`;
    case 'revise':
      return `${count} × NEEDS_REVISION: ${names}`;
    case 'amend':
      return plural(count, '{0} amendment: {1}', '{0} amendments: {1}', names);
  }
}
