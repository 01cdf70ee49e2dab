import { describe, expect, it } from 'vitest';
import { closest } from '../../../src/core/plan/closest.ts';

describe('the closest name', () => {
  it.each([
    ['lexr', 'lexer'],
    ['elxer', 'lexer'],
    ['Lexer', 'lexer'],
    ['parsre', 'parser'],
    ['tier:fronted', 'tier:frontend'],
    ['vm', null],
    ['database', null],
    ['a', null],
    ['', null],
  ])('to %j is %j', (name, expected) => {
    expect(closest(name, ['lexer', 'parser', 'b', 'tier:frontend'])).toBe(expected);
  });

  it('is the first of equals', () => {
    expect(closest('cat', ['bat', 'hat'])).toBe('bat');
  });
});
