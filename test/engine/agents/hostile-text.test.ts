import { describe, expect, it } from 'vitest';
import { boundLine, boundPage, pageChars } from '../../../src/engine/agents/hostile-text.ts';

describe('what an agent says', () => {
  it('keeps its lines and tabs', () => {
    expect(boundPage('one\n\ttwo\r\nthree\rfour')).toBe('one\n\ttwo\nthree\nfour');
  });

  it('loses whole terminal sequences, not only their first character', () => {
    expect(boundPage('\u001b[31mred\u001b[0m \u001b]8;;http://a\u0007link')).toBe('red link');
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['a backspace', 'a\u0008b'],
    ['a C1 control', 'a\u009bb'],
    ['a turn of the writing direction', 'a\u202eb'],
    ['half a character', 'a\ud83db'],
    ['a byte order mark', '\ufeffab'],
  ])('loses %s', (_what, text) => {
    expect(boundPage(text)).toBe('ab');
  });

  it('is cut at a page, at a whole character', () => {
    const page = boundPage('🧱'.repeat(5_000));
    expect(page.length).toBeLessThanOrEqual(pageChars);
    expect(page).toMatch(/🧱…$/u);
  });

  it('fits on one line where one line is wanted', () => {
    expect(boundLine(' one\n\n  two\t three ')).toBe('one two three');
    expect(boundLine('x'.repeat(1_000))).toHaveLength(200);
  });

  it('costs little however long it is', () => {
    expect(boundPage('\u001b]'.repeat(10_000_000)).length).toBeLessThanOrEqual(pageChars);
  });
});
