import type { Digest, GateId } from '../../core/ids.ts';
import { useBoard } from '../store.ts';

/**
 * What a person has written so far about exactly this submission. It outlives the page: a board that is
 * hidden is taken down. Another submission is another question, with a note of its own.
 */
export function useNote(
  gate: GateId,
  submission: Digest,
): readonly [note: string, write: (note: string) => void] {
  const about = `${gate} ${submission}`;
  const note = useBoard((state) => state.notes.get(about) ?? '');
  const writeNote = useBoard((state) => state.writeNote);
  return [note, (text) => writeNote(about, text)];
}
