import { expect, it } from 'vitest';
import { checkPreviewMessage, keptPlan } from '../../../src/extension/plan/preview-check.ts';

it('lets the messages of a preview through, and nothing that they bring along', () => {
  expect(checkPreviewMessage({ type: 'ready', more: 1 })).toEqual({ type: 'ready' });
  expect(
    checkPreviewMessage({ type: 'preview-reveal', ref: 'module:lexer', command: 'rm' }),
  ).toEqual({ type: 'preview-reveal', ref: 'module:lexer' });
  expect(checkPreviewMessage({ type: 'preview-reveal', ref: 'gate:ship' })).not.toBeNull();
  expect(checkPreviewMessage({ type: 'preview-reveal-line', line: 12 })).toEqual({
    ...{ type: 'preview-reveal-line', line: 12 },
  });
});

it.each([
  ...[null, undefined, 7, 'ready', [], ['ready'], {}, { type: 7 }, { type: 'act' }],
  Object.create({ type: 'ready' }),
  { type: 'preview-reveal' },
  { type: 'preview-reveal', ref: 7 },
  { type: 'preview-reveal', ref: 'lexer' },
  { type: 'preview-reveal', ref: 'module:Lexer' },
  { type: 'preview-reveal', ref: 'module:a:b' },
  { type: 'preview-reveal', ref: 'file:a' },
  { type: 'preview-reveal', ref: `module:${'a'.repeat(200)}` },
  { type: 'preview-reveal', ref: 'module:__proto__' },
  { type: 'preview-reveal-line', line: 0 },
  { type: 'preview-reveal-line', line: 1.5 },
  { type: 'preview-reveal-line', line: '3' },
  { type: 'preview-reveal-line', line: Infinity },
  { type: 'preview-reveal-line', line: 10_000_001 },
])('turns down %j', (value) => {
  expect(checkPreviewMessage(value)).toBeNull();
});

it('takes of what a page kept the plan alone, and only a text of some length', () => {
  expect(keptPlan({ plan: 'file:///a/b.plan.yaml', builders: 3 })).toBe('file:///a/b.plan.yaml');
  for (const kept of [null, 'x', {}, { plan: '' }, { plan: 7 }, { plan: 'a'.repeat(5_000) }]) {
    expect(keptPlan(kept)).toBeNull();
  }
});
