import { sha256 } from '../../src/engine/canonical-json.ts';
import {
  beginning,
  encodeDecision,
  type Decision,
  type JournalEvent,
} from '../../src/engine/journal/codec.ts';

export interface TestEvent extends JournalEvent {
  readonly says: string;
}

export const planDigest = sha256('{"ashlar":1}');

/** A decision of `count` events; the first has number `seq`. */
export function decision(seq: number, count = 1, says = 'something'): Decision<TestEvent> {
  return {
    events: Array.from({ length: count }, (_, index) => ({
      seq: seq + index,
      at: 1_000 + seq + index,
      type: 'noted',
      says: `${says} ${seq + index}`,
    })),
  };
}

/** The bytes of a journal with decisions of these sizes. */
export function journalOf(...sizes: readonly number[]): Buffer {
  const chunks: Buffer[] = [];
  let head = beginning(planDigest);
  for (const size of sizes) {
    const encoded = encodeDecision(decision(head.seq + 1, size), head);
    chunks.push(encoded.bytes);
    head = encoded.head;
  }
  return Buffer.concat(chunks);
}
