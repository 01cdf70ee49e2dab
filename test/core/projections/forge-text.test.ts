import { describe, expect, it } from 'vitest';
import { forgeLine, quietText } from '../../../src/core/projections/forge-text.ts';

describe('a line that others see on a forge', () => {
  it.each([
    ['ask @octocat', 'ask `@octocat`'],
    ['@acme/core-team, look', '`@acme/core-team`, look'],
    ['fixes #12', 'fixes `#12`'],
    ['Closes: acme/tiny#7.', 'Closes: `acme/tiny#7`.'],
    ['resolves GH-3', 'resolves `GH-3`'],
    [
      'closes https://github.com/acme/tiny/issues/4 now',
      'closes `https://github.com/acme/tiny/issues/4` now',
    ],
    ['closes github.com/acme/tiny/pull/4', 'closes `github.com/acme/tiny/pull/4`'],
    ['see www.example.com/x', 'see `www.example.com/x`'],
    ['mail sam@example.com', 'mail `sam@example.com`'],
    ['costs $5 and $6', 'costs `$5` and `$6`'],
    ['$$x$$', '`$$x$$`'],
    ['a $\\href{x}{y}$ b', 'a `$`\\\\href{x}{y}`$` b'],
  ])('tells nobody and closes nothing: %s', (text, says) => {
    expect(forgeLine(text)).toBe(says);
  });

  it.each([
    ['<img src=x onerror=y>', '\\<img src=x onerror=y\\>'],
    ['[x](javascript:y) ![z](w)', '\\[x\\](javascript:y) !\\[z\\](w)'],
    ['# heading', '\\# heading'],
    ['a | b', 'a \\| b'],
    ['`@name`', '\\``@name`\\`'],
    ['x\u001b[31my\u202ez', 'xyz'],
    ['two\nlines', 'two lines'],
  ])('is no markup: %j', (text, says) => {
    expect(forgeLine(text)).toBe(says);
  });

  it('has no character that is not seen, and is no longer than asked', () => {
    const said = forgeLine('@ab #1 '.repeat(200), 80);
    expect(said).not.toMatch(/[\u200b-\u200f\u2060]/);
    expect(said.replace(/[`\\]/g, '').length).toBe(80);
  });

  it('leaves no live part outside of code, however parts are put together', () => {
    const pieces = [
      '@',
      '$',
      'a',
      '#',
      '1',
      '`',
      ' ',
      '//',
      'gh-',
      '\\',
      '|',
      '<',
      '*',
      ':',
      '.',
      '\n',
    ];
    let seed = 7;
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: 12 }, () => pieces[next() % pieces.length]).join('');
      // As Markdown reads it: escapes first, then code.
      const outside = forgeLine(text).replace(
        /\\([!-/:-@[-`{-~])|`[^`]*`/g,
        (_, escaped: string | undefined) => escaped ?? '\u0000',
      );
      expect(outside, text).not.toMatch(/\$|@[a-z0-9]|#[0-9]|\bgh-[0-9]|:\/\/[a-z0-9@#]/i);
    }
  });
});

it('sets apart in plain text what would act', () => {
  expect(quietText('fixes #12 and GH-3, says @octocat of https://x.y/a/pull/9')).toBe(
    'fixes # 12 and GH 3, says @ octocat of https: //x.y/a/pull 9',
  );
  expect(quietText('C# 12, a @ b, #tag')).toBe('C# 12, a @ b, #tag');
});
