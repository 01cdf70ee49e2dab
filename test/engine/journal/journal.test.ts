import { describe, expect, it } from 'vitest';
import { beginning } from '../../../src/engine/journal/codec.ts';
import { Journal } from '../../../src/engine/journal/journal.ts';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { decision, planDigest, type TestEvent } from '../../support/journal-lines.ts';
import { failure, MemoryFiles } from '../../support/memory-files.ts';

const ours = { stillOurs: () => true };

async function journalOn(files: MemoryFiles, fence = ours): Promise<Journal<TestEvent>> {
  return new Journal<TestEvent>(await files.open(), fence, beginning(planDigest));
}

const seqsOf = (bytes: Buffer) =>
  readJournal<TestEvent>(bytes, { planDigest }).events.map(({ seq }) => seq);

describe('a flush', () => {
  it('makes all that was enqueued durable with one write and one sync', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    for (let seq = 1; seq <= 100; seq += 1) journal.enqueue(decision(seq));
    expect(disk.writes).toBe(0);
    expect(await journal.flush()).toEqual({ ok: true, head: journal.head });
    expect([disk.writes, disk.syncs, journal.syncs]).toEqual([1, 1, 1]);
    expect(journal.bytes).toBe(disk.durable.length);
    expect(seqsOf(disk.durable)).toHaveLength(100);
  });

  it('is shared by those who come while another is under way', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    let open = (): void => undefined;
    disk.gate = new Promise((resolve) => (open = resolve));
    const first = journal.append(decision(1));
    await Promise.resolve();
    const later = [2, 3, 4, 5].map((seq) => journal.append(decision(seq)));
    open();
    expect((await first).ok).toBe(true);
    const heads = await Promise.all(later);
    expect(heads.map((result) => result.ok && result.head.seq)).toEqual([5, 5, 5, 5]);
    expect(disk.syncs).toBe(2);
  });

  it('answers only when everything enqueued before it is durable', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    const flushes: Promise<void>[] = [];
    for (let seq = 1; seq <= 50; seq += 1) {
      journal.enqueue(decision(seq));
      const check = async (): Promise<void> => {
        await journal.flush();
        expect(journal.durable.seq).toBeGreaterThanOrEqual(seq);
        expect(seqsOf(disk.durable).at(-1)).toBe(journal.durable.seq);
      };
      flushes.push(check());
      if (seq % 7 === 0) await Promise.resolve();
    }
    await Promise.all(flushes);
    expect(disk.syncs).toBeLessThan(50);
  });

  it('with nothing to write does not sync', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    await journal.flush();
    expect([disk.writes, disk.syncs]).toEqual([0, 0]);
  });
});

describe('a full disk', () => {
  it('leaves whole decisions only, and loses nothing once there is space', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    await journal.append(decision(1));
    disk.freeBytes = 100;
    expect(await journal.append(decision(2), decision(3))).toMatchObject({
      ok: false,
      code: 'no-space',
      retryable: true,
    });
    expect([seqsOf(disk.content), journal.durable.seq]).toEqual([[1], 1]);
    disk.freeBytes = Infinity;
    expect((await journal.append(decision(4))).ok).toBe(true);
    expect(seqsOf(disk.durable)).toEqual([1, 2, 3, 4]);
  });

  it('noticed only at the sync is the same', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    disk.syncError = failure('ENOSPC');
    expect(await journal.append(decision(1))).toMatchObject({ code: 'no-space' });
    expect(disk.content).toHaveLength(0);
    expect((await journal.flush()).ok).toBe(true);
    expect(seqsOf(disk.durable)).toEqual([1]);
  });

  it('that cannot be put right either ends the writing', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    disk.freeBytes = 10;
    disk.truncateError = failure('EIO');
    expect(await journal.append(decision(1))).toMatchObject({ code: 'write-failed' });
    disk.freeBytes = Infinity;
    expect(await journal.flush()).toMatchObject({ code: 'write-failed', retryable: false });
    expect(readJournal(disk.content, { planDigest }).problems).toEqual([]);
  });
});

describe('a driver must stop', () => {
  it('when the lock is no longer its own', async () => {
    const disk = new MemoryFiles();
    let held = true;
    const journal = await journalOn(disk, { stillOurs: () => held });
    await journal.append(decision(1));
    held = false;
    expect(await journal.append(decision(2))).toMatchObject({ code: 'fenced', retryable: false });
    held = true; // once fenced, for ever fenced
    expect(await journal.append(decision(3))).toMatchObject({ code: 'fenced' });
    expect(seqsOf(disk.content)).toEqual([1]);
  });

  it('when another driver has written', async () => {
    const disk = new MemoryFiles();
    const [mine, theirs] = [await journalOn(disk), await journalOn(disk)];
    expect((await theirs.append(decision(1))).ok).toBe(true);
    expect(await mine.append(decision(1))).toMatchObject({ code: 'fenced' });
    expect(seqsOf(disk.content)).toEqual([1]);
  });

  it('when the journal is gone', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    disk.linked = false;
    expect(await journal.append(decision(1))).toMatchObject({ code: 'journal-gone' });
  });

  it('when a disk fails for another reason than space', async () => {
    const disk = new MemoryFiles();
    const journal = await journalOn(disk);
    disk.syncError = failure('EIO');
    expect(await journal.append(decision(1))).toMatchObject({
      code: 'write-failed',
      retryable: false,
    });
    expect(disk.content).toHaveLength(0);
  });
});
