import type { Piece } from './assessment.ts';
import { reservedForScripts } from './reserved-names.ts';

/** What keeps pieces from being scheduled, each with the place of the piece that it is about. */
export function pieceFaults(
  pieces: readonly Pick<Piece, 'id' | 'needs'>[],
): { readonly index: number; readonly message: string }[] {
  const places = new Map<string, number>();
  const faults: { index: number; message: string }[] = [];
  pieces.forEach(({ id }, index) => {
    if (reservedForScripts.has(id)) {
      faults.push({ index, message: `${id} is a name of ours; give the piece another` });
    }
    if (places.has(id)) faults.push({ index, message: `there is another piece named ${id}` });
    else places.set(id, index);
  });
  pieces.forEach(({ id, needs }, index) => {
    for (const { on } of needs) {
      if (on === id) faults.push({ index, message: `${id} needs itself` });
      else if (!places.has(on)) faults.push({ index, message: `there is no piece ${on} to need` });
    }
  });
  if (faults.length > 0) return faults;
  const stuck = waitingForever(pieces);
  const [first] = stuck;
  if (first === undefined) return [];
  const names = stuck.slice(0, 10).map((index) => pieces[index]?.id ?? '');
  return [
    { index: first, message: `none of ${names.join(', ')} can ever begin: they wait in a circle` },
  ];
}

/** Hard needs alone: what waits softly begins on a stand-in. */
function waitingForever(pieces: readonly Pick<Piece, 'id' | 'needs'>[]): number[] {
  const left = new Map(
    pieces.map(({ id, needs }) => [
      id,
      new Set(needs.filter(({ kind }) => kind === 'hard').map(({ on }) => on)),
    ]),
  );
  for (let moved = true; moved;) {
    moved = false;
    for (const [id, waits] of left) {
      if ([...waits].some((on) => left.has(on))) continue;
      left.delete(id);
      moved = true;
    }
  }
  return pieces.flatMap(({ id }, index) => (left.has(id) ? [index] : []));
}
