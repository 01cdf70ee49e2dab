import { describe, expect, it } from 'vitest';
import {
  markdownBlock,
  markdownLine,
  oneLine,
  onePage,
  pageChars,
} from '../../../src/core/projections/safe-text.ts';

describe('what an agent says', () => {
  it('keeps its lines and tabs', () => {
    expect(onePage('one\n\ttwo\r\nthree\rfour')).toBe('one\n\ttwo\nthree\nfour');
  });

  it('loses whole terminal sequences, not only their first character', () => {
    expect(onePage('\u001b[31mred\u001b[0m \u001b]8;;http://a\u0007link')).toBe('red link');
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['a backspace', 'a\u0008b'],
    ['a C1 control', 'a\u009bb'],
    ['a turn of the writing direction', 'a\u202eb'],
    ['half a character', 'a\ud83db'],
    ['a byte order mark', '\ufeffab'],
  ])('loses %s', (_what, text) => {
    expect(onePage(text)).toBe('ab');
  });

  it('is cut at a page, at a whole character', () => {
    const page = onePage('🧱'.repeat(5_000));
    expect(page.length).toBeLessThanOrEqual(pageChars);
    expect(page).toMatch(/🧱…$/u);
  });

  it('fits on one line where one line is wanted', () => {
    expect(oneLine(' one\n\n  two\t three ')).toBe('one two three');
    expect(oneLine('x'.repeat(1_000))).toHaveLength(200);
  });

  it('costs little however long it is', () => {
    expect(onePage('\u001b]'.repeat(10_000_000)).length).toBeLessThanOrEqual(pageChars);
  });
});

describe('what agents wrote, where people read it', () => {
  it('moves no cursor, rings no bell and turns no writing', () => {
    expect(oneLine('a\u001b[2J\u001b]0;title\u0007b\u0007\r\nc\u202ed\u0000')).toBe('ab cd');
  });

  it('is bounded, and not cut through a character', () => {
    expect(oneLine(`${'a'.repeat(8)}😀`, 10)).toBe('aaaaaaaa😀');
    expect(oneLine(`${'a'.repeat(8)}😀bcd`, 10)).toBe('aaaaaaaa…');
  });

  it('draws nothing into Markdown', () => {
    expect(markdownLine('# <img src=x> [a](http://evil) `b` *c* _d_ a_b')).toBe(
      '\\# \\<img src=x\\> \\[a\\](http\\://evil) \\`b\\` \\*c\\* \\_d\\_ a_b',
    );
    expect(markdownLine('1. one')).toBe('1\\. one');
    expect(markdownLine('a | b &amp; www.evil.com')).toBe('a \\| b \\&amp; www\\.evil.com');
  });

  it('cannot close the fence it stands behind', () => {
    const block = markdownBlock(['```', '  ````js', 'x']);
    expect(block[0]).toBe('`````text');
    expect(block.at(-1)).toBe('`````');
  });
});
