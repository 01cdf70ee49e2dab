import type { Digest, GateId } from '../../core/ids.ts';
import type { RunState } from '../../core/state.ts';

/** A gate that a person may decide now, and what exactly about. */
export interface OpenGate {
  readonly gate: GateId;
  readonly submission: Digest;
  /** A person refused it before; that may be taken back. */
  readonly refused: boolean;
}

export function openGates({ gates }: RunState): OpenGate[] {
  const open: OpenGate[] = [];
  for (const { id, life } of gates) {
    if (life.at !== 'asked' && life.at !== 'refused') continue;
    open.push({ gate: id, submission: life.submission, refused: life.at === 'refused' });
  }
  return open;
}
