import { describe, expect, it } from 'vitest';
import { describeName } from '../../../src/extension/plan/describe-name.ts';
import { nameAt, placesOf, planOutline } from '../../../src/extension/plan/plan-outline.ts';
import { goodPlan, spoil } from '../../engine/plan/good-plan.ts';

const text = `streams:
  core: { title: Core }
resources: { gpu: 2 }
modules:
  "lexer":
    stream: core
    resources: [gpu]
  parser:
    stream: 'core'
    resources: { gpu: 1 }
    needs:
      - lexer
      - { module: tier:base, kind: soft }
      - module: lexer2
        kind: feedback
tiers:
  base:
    modules: [lexer]
    checks:
      fit: { run: x, between: [lexer, parser] }
  all: { modules: [parser], includes: [base] }
gates:
  ship: { kind: approval, requires: [tier:all, stream:core], approvers: person }
handoffs:
  - { from: lexer, to: parser, items: [tokens] }
`;
const outline = planOutline(text);
/** The lines on which a name stands, and what stands there. */
const linesOf = (kind: 'module' | 'tier' | 'stream' | 'resource' | 'gate', name: string) =>
  placesOf(outline, { kind, name }).map(({ from, to }) => [
    text.slice(0, from).split('\n').length,
    text.slice(from, to),
  ]);

describe('the names of a plan', () => {
  it('are found where they are given, first, and wherever they are used', () => {
    expect(linesOf('module', 'lexer').map(([line]) => line)).toEqual([5, 12, 18, 20, 25]);
    expect(linesOf('module', 'parser').map(([line]) => line)).toEqual([8, 20, 21, 25]);
    expect(linesOf('tier', 'base')).toEqual([
      [17, 'base'],
      [13, 'base'],
      [21, 'base'],
    ]);
    expect(linesOf('stream', 'core').map(([line]) => line)).toEqual([2, 6, 9, 23]);
    expect(linesOf('resource', 'gpu').map(([line]) => line)).toEqual([3, 7, 10]);
    expect(linesOf('gate', 'ship')).toEqual([[23, 'ship']]);
  });

  it('are found without quotes and prefixes, so that they can be written anew', () => {
    for (const { from, to, name } of [...outline.given, ...outline.used]) {
      expect(text.slice(from, to)).toBe(name);
    }
  });

  it('are found under the cursor, from before their first letter to behind the last', () => {
    const at = text.indexOf('tier:base') + 'tier:'.length;
    expect(nameAt(outline, at)).toMatchObject({ kind: 'tier', name: 'base' });
    expect(nameAt(outline, at + 'base'.length)).toMatchObject({ kind: 'tier', name: 'base' });
    expect(nameAt(outline, text.indexOf('title'))).toBeNull();
  });

  it('are none while the text does not parse', () => {
    expect(planOutline('modules: [')).toEqual({ given: [], used: [] });
    expect(planOutline('')).toEqual({ given: [], used: [] });
  });
});

describe('what is said of a name', () => {
  const said = (of: string, marked: string): string =>
    describeName(of, of.indexOf(marked) + 1)?.about ?? '';

  it('is what a module is for, what it needs and why, who needs it, and how long it takes', () => {
    const server = said(goodPlan, 'server:\n');
    expect(server).toContain('**server**: ');
    expect(server).toContain('Contract `contracts/server.md`');
    expect(server).toMatch(/- Needs store \((soft|hard)\): starts /);
    expect(server).toMatch(/Estimated 20\.5 min to build and 1 min to judge/);
    expect(said(goodPlan, 'store:\n')).toContain('Needed by server, tier core');
  });

  it('is the same where it is used as where it is given', () => {
    const use = goodPlan.indexOf('needs: [') + 'needs: ['.length;
    expect(describeName(goodPlan, use)?.about).toBe(said(goodPlan, 'store:\n'));
  });

  it('draws nothing: what a plan says is text', () => {
    const hostile = spoil('Keeps notes.', '"![x](https://example.org/p.png) **bold** <img src=x>"');
    expect(said(hostile, 'store:\n')).not.toContain('![x](');
    expect(said(hostile, 'store:\n')).toContain('\\<img src=x\\>');
    expect(said(hostile, 'store:\n')).toContain('bold');
  });

  it('is nothing while the graph is not sound', () => {
    expect(said(spoil('needs: [store]', 'needs: [gone]'), 'store:\n')).toBe('');
    expect(describeName(goodPlan, 0)).toBeNull();
  });
});
