import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../src/engine/canonical-json.ts';
import {
  beginning,
  encodeDecision,
  longestLineBytes,
  type JournalHead,
} from '../../../src/engine/journal/codec.ts';
import { readJournal, readOn } from '../../../src/engine/journal/read-journal.ts';
import { decision, journalOf, planDigest, type TestEvent } from '../../support/journal-lines.ts';

const read = (bytes: Buffer) => readJournal<TestEvent>(bytes, { planDigest });
const codes = (bytes: Buffer) => read(bytes).problems.map(({ code, line }) => `${code} ${line}`);

function edited(bytes: Buffer, edit: (lines: string[]) => void): Buffer {
  const lines = bytes.toString().split('\n');
  edit(lines);
  return Buffer.from(lines.join('\n'));
}

describe('what was written', () => {
  it('reads back as it was, without what the journal added', () => {
    const first = encodeDecision({ ...decision(1, 3), command: 'c-1' }, beginning(planDigest));
    const second = encodeDecision(decision(4), first.head);
    const back = read(Buffer.concat([first.bytes, second.bytes]));
    expect(back.events).toEqual([...decision(1, 3).events, ...decision(4).events]);
    expect(back.head).toEqual(second.head);
    expect(back.commands).toEqual(new Map([['c-1', 3]]));
    expect([back.dropped, back.problems]).toEqual([null, []]);
  });

  it('has one JSON object a line, chained by digests, the end of a decision marked', () => {
    const lines = journalOf(2).toString().trimEnd().split('\n');
    expect(Object.keys(JSON.parse(lines[0]!) as object)).toEqual(
      ['v', 'seq', 'at', 'prev', 'decision', 'type', 'says'], // prettier-ignore
    );
    expect(JSON.parse(lines[1]!)).toMatchObject({
      v: 1,
      seq: 2,
      prev: sha256(lines[0]!),
      end: true,
    });
  });

  it('is refused before it is written where it does not continue', () => {
    const start = beginning(planDigest);
    const [event] = decision(1).events;
    const encode = (change: object) =>
      encodeDecision({ events: [{ ...event!, ...change }] }, { ...start, at: 500 });
    expect(() => encodeDecision({ events: [] }, start)).toThrow();
    for (const change of [{ seq: 2 }, { at: 499 }, { at: 500.5 }, { end: true }, { prev: 'x' }]) {
      expect(() => encode(change)).toThrow();
    }
    expect(() => encode({ says: 'x'.repeat(longestLineBytes) })).toThrow();
    expect(() => encode({})).not.toThrow();
  });
});

describe('a torn tail', () => {
  it('is dropped at whatever byte the journal is cut', () => {
    const whole = journalOf(1, 3, 1, 2);
    const ends = [0, 1, 4, 5, 7].map((seq) => endOf(whole, seq));
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const back = read(whole.subarray(0, cut));
      const end = ends.findLast((at) => at <= cut)!;
      expect(back.problems).toEqual([]);
      expect(back.head!.end).toBe(end);
      expect(back.dropped?.bytes ?? 0).toBe(cut - end);
      expect(back.dropped === null).toBe(cut === end);
      expect(back.events).toEqual(read(whole).events.slice(0, back.head!.seq));
    }
  });

  it('says what was dropped', () => {
    const whole = journalOf(1, 3);
    const cut = endOf(whole, 3) + 5;
    const bytes = cut - endOf(whole, 1);
    expect(read(whole.subarray(0, cut)).dropped).toEqual({ decision: 2, lines: 3, bytes });
  });

  it('may be blocks of zeros, as a power failure leaves them', () => {
    const whole = journalOf(1, 1);
    const back = read(Buffer.concat([whole, Buffer.alloc(5_000)]));
    expect([back.problems, back.dropped]).toEqual([[], { decision: 3, lines: 1, bytes: 5_000 }]);
  });
});

describe('an edit', () => {
  it('of any one byte is a problem, a torn tail or another head', () => {
    const whole = journalOf(2, 1, 2);
    const { head } = read(whole);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const flipped = Buffer.from(whole);
        flipped[at] = flipped[at]! ^ mask;
        const back = read(flipped);
        const noticed = back.problems.length > 0 || back.dropped !== null;
        expect(noticed || back.head!.digest !== head!.digest).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is one problem, at the line that shows it', () => {
    const whole = journalOf(1, 1, 1, 2);
    const says = (line: number, change: (text: string) => string) =>
      codes(edited(whole, (lines) => (lines[line - 1] = change(lines[line - 1]!))));
    expect(says(2, (text) => text.replace('something', 'otherwise'))).toEqual(['chain-broken 3']);
    expect(says(2, (text) => text.slice(1))).toEqual(['line-unreadable 2']);
    expect(says(2, (text) => text.replace('"v":1', '"v":2'))).toEqual(['version-unknown 2']);
    expect(says(2, (text) => text.replace('"seq":2', '"seq":1'))).toContain('line-repeated 2');
    expect(says(3, (text) => text.replace('"at":1003', '"at":3'))).toEqual(['time-runs-back 3']);
    expect(says(4, (text) => text.replace('"decision":4', '"decision":9'))).toEqual([
      'decision-broken 4',
      'decision-broken 5',
    ]);
    expect(says(3, () => 'null')).toEqual(['line-unreadable 3']);
    expect(says(3, () => '')).toEqual(['line-unreadable 3']);
  });

  it('that takes lines out, doubles or exchanges them is noticed', () => {
    const whole = journalOf(1, 1, 1, 1);
    expect(codes(edited(whole, (lines) => lines.splice(1, 2)))).toEqual(['lines-missing 2']);
    expect(codes(edited(whole, (lines) => lines.splice(0, 1)))).toEqual(['lines-missing 1']);
    expect(codes(edited(whole, (lines) => lines.splice(1, 0, lines[0]!)))[0]).toBe(
      'line-repeated 2',
    );
    expect(codes(edited(whole, (lines) => lines.splice(1, 2, lines[2]!, lines[1]!)))[0]).toBe(
      'lines-missing 2',
    );
  });

  it('leaves what is before it readable', () => {
    const whole = journalOf(1, 2, 1, 1);
    const back = read(edited(whole, (lines) => (lines[3] = 'nothing')));
    expect(back.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(back.head).toMatchObject({ seq: 3, decision: 2 });
  });

  it('of every line is reported within limits', () => {
    const lines = 'x\n'.repeat(100_000);
    expect(read(Buffer.from(lines)).problems).toHaveLength(100);
  });
});

describe('the first line', () => {
  const started = (plan: unknown, prev = sha256(canonicalJson(plan))) =>
    encodeDecision(
      { events: [{ seq: 1, at: 1, type: 'run-started', plan } as never] },
      beginning(prev),
    ).bytes;

  it('is chained to the plan that it carries', () => {
    expect(readJournal(started({ b: 1, a: 2 })).problems).toEqual([]);
    expect(readJournal(started({ b: 1 }, planDigest)).problems[0]?.code).toBe('plan-mismatch');
  });

  it('must carry the plan that the caller knows', () => {
    const back = readJournal(started({ b: 1 }), { planDigest });
    expect(back.problems[0]?.code).toBe('plan-mismatch');
    expect(readJournal(journalOf(1)).problems[0]?.code).toBe('plan-mismatch');
  });
});

describe('hostile content', () => {
  it('never makes the reader throw', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const bytes = Buffer.concat(
          lines.flatMap((text) => [Buffer.from(text), Buffer.from('\n')]),
        );
        expect(read(bytes).events).toEqual([]);
      }),
    );
  });

  it('is bounded in depth and length', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    const plan = `{"v":1,"seq":1,"at":1,"prev":"${planDigest}","decision":1,"end":true,"type":"run-started","plan":${deep}}\n`;
    expect(codes(Buffer.from(plan))).toEqual(['plan-mismatch 1']);
    expect(codes(Buffer.from(`"${'x'.repeat(longestLineBytes)}"\n`))).toEqual(['line-too-long 1']);
  });
});

describe('an anchored head', () => {
  const whole = journalOf(1, 2, 1);
  const { head } = read(whole);
  const against = (bytes: Buffer, anchor: JournalHead) =>
    readJournal<TestEvent>(bytes, { planDigest, anchor }).problems.map(({ code, line }) => [
      code,
      line,
    ]);

  it('shows a cut at every byte that takes the anchored event away', () => {
    for (let cut = 0; cut < whole.length; cut += 1) {
      expect(against(whole.subarray(0, cut), head!)[0]![0]).toBe('tail-missing');
    }
    expect(against(whole, head!)).toEqual([]);
  });

  it('may lag behind the journal', () => {
    const earlier = read(whole.subarray(0, endOf(whole, 3))).head!;
    expect(against(whole, earlier)).toEqual([]);
    expect(against(whole.subarray(0, endOf(whole, 3)), earlier)).toEqual([]);
  });

  it('shows a last line that was edited, and a history that was written anew', () => {
    expect(
      against(
        edited(whole, (lines) => (lines[3] = `${lines[3]!} `)),
        head!,
      ),
    ).toEqual([['head-mismatch', 4]]);
    const other = encodeDecision(decision(1, 4, 'else'), beginning(planDigest)).bytes;
    expect(against(other, head!)).toEqual([['head-mismatch', 4]]);
  });
});

it('reading on from a position gives the rest', () => {
  const whole = journalOf(2, 1, 3);
  const { head } = read(whole.subarray(0, endOf(whole, 2)));
  const rest = readOn<TestEvent>(whole.subarray(head!.end), head!);
  expect(rest.events.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
  expect(rest.head).toEqual(read(whole).head);
});

/** Bytes up to the end of line `seq`. */
function endOf(bytes: Buffer, seq: number): number {
  let end = 0;
  for (let line = 0; line < seq; line += 1) end = bytes.indexOf(0x0a, end) + 1;
  return end;
}
