import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { HeadTailBuffer, headTailText } from '../../../src/engine/gates/head-tail.ts';

it('keeps a short output whole', () => {
  const buffer = new HeadTailBuffer(10);
  buffer.push(Buffer.from('hello'));
  buffer.push(Buffer.from('world'));
  expect(buffer.end()).toEqual({ head: 'helloworld', tail: '', droppedBytes: 0 });
});

it('keeps both ends of a long one, and says what lies between', () => {
  const buffer = new HeadTailBuffer(8);
  for (const chunk of ['abc', 'def', 'ghi', 'jkl']) buffer.push(Buffer.from(chunk));
  expect(buffer.end()).toEqual({ head: 'abcd', tail: 'ijkl', droppedBytes: 4 });
  expect(headTailText(buffer.end())).toBe('abcd\n… 4 bytes left out …\nijkl');
});

it('loses and invents nothing, however the output is cut into chunks', () => {
  const chunks = fc.array(fc.stringMatching(/^[a-z]{0,9}$/), { maxLength: 600 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 2, max: 40 }), (parts, limit) => {
      const buffer = new HeadTailBuffer(limit);
      for (const part of parts) buffer.push(Buffer.from(part));
      const { head, tail, droppedBytes } = buffer.end();
      const all = parts.join('');
      expect(head.length + tail.length + droppedBytes).toBe(all.length);
      expect(head.length + tail.length).toBeLessThanOrEqual(limit);
      expect(all.startsWith(head) && all.endsWith(tail)).toBe(true);
    }),
  );
});
