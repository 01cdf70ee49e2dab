import { expect, it } from 'vitest';
import { sha256 } from '../../../src/engine/canonical-json.ts';
import type { JournalHead } from '../../../src/engine/journal/codec.ts';
import { CoalescedAnchor } from '../../../src/engine/journal/head.ts';
import { settled, VirtualClock } from '../../support/virtual-clock.ts';

const headAt = (seq: number): JournalHead => ({ seq, digest: sha256(`${seq}`) });

function anchorOf() {
  const written: number[] = [];
  const errors: unknown[] = [];
  const failing = { times: 0 };
  const clock = new VirtualClock();
  const port = {
    read: async () => null,
    write: async ({ seq }: JournalHead) => {
      if (failing.times-- > 0) throw new Error('no store');
      written.push(seq);
    },
  };
  const anchor = new CoalescedAnchor(port, clock, (error) => errors.push(error));
  return { anchor, written, errors, failing, clock };
}

it('the newest head is anchored once a second', async () => {
  const { anchor, written, clock } = anchorOf();
  for (let seq = 1; seq <= 30; seq += 1) {
    anchor.offer(headAt(seq));
    clock.advance(100);
    await settled();
  }
  expect(written).toEqual([10, 20, 30]);
});

it('closing anchors what is left, and a quiet run is not written again', async () => {
  const { anchor, written, clock } = anchorOf();
  anchor.offer(headAt(1));
  await anchor.flush();
  clock.advance(5_000);
  anchor.offer(headAt(2));
  await anchor[Symbol.asyncDispose]();
  clock.advance(5_000);
  await settled();
  expect(written).toEqual([1, 2]);
});

it('a store that fails is reported, and the next write makes it good', async () => {
  const { anchor, written, errors, failing } = anchorOf();
  failing.times = 1;
  anchor.offer(headAt(1));
  await anchor.flush();
  expect([written, errors]).toEqual([[], [new Error('no store')]]);
  await anchor[Symbol.asyncDispose]();
  expect(written).toEqual([1]);
});
