import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commonPath,
  matchesAny,
  patternPrefix,
  patternsOverlap,
  unsafePath,
} from '../../src/core/paths.ts';

describe('a path is unsafe', () => {
  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'starts with a drive letter'],
    ['c:x', 'starts with a drive letter'],
    ['src\\x', 'holds a backslash; segments are separated by /'],
    ['src/../x', 'holds the segment ..'],
    ['./src', 'holds the segment .'],
    ['src//x', 'holds an empty segment'],
    ['src/', 'holds an empty segment'],
    ['src/a\0b', 'holds a control character'],
    ['src/a\nb', 'holds a control character'],
    ['src/a\u0085b', 'holds a control character'],
    ['src/a:b', 'holds a colon, which Windows reads as a drive or a stream'],
    ['.git/hooks/x', 'lies inside .git'],
    ['src/.GIT/x', 'lies inside .GIT'],
    ['.g\u200Cit/x', 'lies inside .g\u200Cit'],
    ['GIT~1/x', 'lies inside GIT~1'],
    ['.CE-Workspace', 'lies inside .CE-Workspace'],
    ['src/x.', 'holds a segment that ends in a dot or a space'],
    ['src/x /y', 'holds a segment that ends in a dot or a space'],
    ['src/NUL.txt', 'holds NUL.txt, a device on Windows'],
    ['com1', 'holds com1, a device on Windows'],
    ['src/\ud800', 'is not valid Unicode'],
    ['a'.repeat(256), 'holds a segment of over 255 bytes'],
    ['ä'.repeat(128), 'holds a segment of over 255 bytes'],
  ])('%j: %s', (path, reason) => {
    expect(unsafePath(path)).toBe(reason);
  });

  it.each([
    'src/lexer/index.js',
    'src/**',
    '.gitignore',
    '.github/workflows/ci.yml',
    'nullable/console.js',
    'ä/日本語/ 😀.txt',
    `${'ä'.repeat(127)}a`,
  ])('not: %j', (path) => {
    expect(unsafePath(path)).toBeNull();
  });
});

describe('a pattern matches the whole path', () => {
  it.each([
    ['src/lexer', 'src/lexer', true],
    ['src/lexer', 'src/lexer/index.js', false],
    ['src/*.js', 'src/a.js', true],
    ['src/*.js', 'src/a/b.js', false],
    ['src/*', 'src/.hidden', true],
    ['src/a*b*c', 'src/a-b-b-c', true],
    ['src/a*b*c', 'src/a-c', false],
    ['src/**', 'src/a/b/c', true],
    ['src/**', 'src', true],
    ['src/**/x', 'src/x', true],
    ['src/**/x/*.js', 'src/x/y/x/z.js', true],
    ['src/**/x/*.js', 'src/x/y/z.js', false],
    ['**', 'any/where', true],
    ['{a,b}', 'a', false],
    ['!a', 'b', false],
    ['a?', 'ab', false],
    ['[ab]', 'a', false],
  ])('%s against %s: %s', (pattern, path, expected) => {
    expect(matchesAny([pattern], path)).toBe(expected);
  });

  it('one of several is enough; none matches nothing', () => {
    expect(matchesAny(['a', 'b'], 'b')).toBe(true);
    expect(matchesAny([], 'b')).toBe(false);
  });

  it('a hostile pattern takes no time', () => {
    const pattern = `${'*a'.repeat(2000)}/${'**/a/'.repeat(2000)}b`;
    expect(matchesAny([pattern], `${'a'.repeat(4000)}/${'a/'.repeat(4000)}c`)).toBe(false);
  });
});

describe('patterns overlap where both match some path', () => {
  it.each([
    ['src/a/**', 'src/b/**', false],
    ['src/**', 'src/b/**', true],
    ['src/*', 'src/a/b', false],
    ['src/*.js', 'src/*.ts', false],
    ['src/*.js', 'src/index.*', true],
    ['src/a*', 'src/*b', true],
    ['src/*', 'src/b/**', true],
    ['**/x', 'y/**', true],
    ['**/x/**', '**/y/**', true],
    ['*/a', '**/b', false],
    ['a', 'a', true],
    ['a', 'A', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(patternsOverlap(a, b)).toBe(expected);
  });

  // Over a small alphabet, so that chance meets every case; all short paths are the witnesses.
  const segment = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 3 });
  const pattern = fc
    .array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 3 })
    .map((segments) => segments.join('/'));
  const names = ['a', 'b'].flatMap((x) => [x, ...['a', 'b'].map((y) => x + y)]);
  const longer = names.flatMap((x) => [x, `${x}a`, `${x}b`, `${x}ab`, `${x}ba`]);
  const path = fc
    .array(fc.constantFrom(...longer), { minLength: 1, maxLength: 5 })
    .map((segments) => segments.join('/'));

  it('whatever path both match, they overlap', () => {
    fc.assert(
      fc.property(pattern, pattern, path, (a, b, witness) => {
        fc.pre(matchesAny([a], witness) && matchesAny([b], witness));
        expect(patternsOverlap(a, b)).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('where they overlap, there is a short path that both match', () => {
    const units = ['a', 'b'];
    const words = (length: number): string[] =>
      length === 0 ? [''] : words(length - 1).flatMap((word) => units.map((unit) => word + unit));
    const all = [1, 2, 3, 4, 5].flatMap(words);
    /** Segments are independent, so a common path is sought one segment at a time. */
    const common = (a: readonly string[], b: readonly string[]): boolean => {
      const [x, ...as] = a;
      const [y, ...bs] = b;
      if (x === undefined && y === undefined) return true;
      if (x === '**') return common(as, b) || (y !== undefined && common(a, bs));
      if (y === '**') return common(a, bs) || (x !== undefined && common(as, b));
      if (x === undefined || y === undefined) return false;
      return all.some((w) => matchesAny([x], w) && matchesAny([y], w)) && common(as, bs);
    };
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        expect(patternsOverlap(a, b)).toBe(common(a.split('/'), b.split('/')));
        expect(patternsOverlap(b, a)).toBe(patternsOverlap(a, b));
        const witness = commonPath(a, b);
        if (witness !== null) {
          expect([matchesAny([a], witness), matchesAny([b], witness)]).toEqual([true, true]);
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

describe('the prefix of a pattern is the literal folder before its first wildcard', () => {
  it.each([
    ['stubs/lexer/**', 'stubs/lexer'],
    ['src/a*/b/**', 'src'],
    ['src/lexer/index.js', 'src/lexer'],
    ['**', ''],
    ['README.md', ''],
  ])('%s: %j', (pattern, expected) => {
    expect(patternPrefix(pattern)).toBe(expected);
  });
});
