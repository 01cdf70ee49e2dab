import { expect, it } from 'vitest';
import { moduleId, nodeRef, tierId } from '../../../src/core/ids.ts';
import { placeOfRef, refAt } from '../../../src/extension/plan/plan-places.ts';

const text = `artifact: { name: x }
modules:
  lexer:
    purpose: |
      parser: this is no key
    needs: []
  parser: { purpose: y, needs: [lexer] }
tiers:
  all: { modules: [lexer, parser] }
`;
const at = (marked: string): string | null => refAt(text, text.indexOf(marked));

it('says in which module, tier or gate the cursor stands', () => {
  expect(at('lexer:')).toBe('module:lexer');
  expect(at('this is no key')).toBe('module:lexer');
  expect(at('[lexer] }')).toBe('module:parser');
  expect(at('[lexer, parser]')).toBe('tier:all');
  expect(at('name: x')).toBeNull();
  expect(refAt(text, 0)).toBeNull();
});

it('finds it while the text does not parse, and finds no name that no plan can have', () => {
  expect(refAt('modules:\n  lexer:\n    needs: [\n', 30)).toBe('module:lexer');
  expect(refAt('modules:\n  Not A Name:\n    x: 1\n', 30)).toBeNull();
});

it('finds where something is written', () => {
  const place = placeOfRef(text, nodeRef('module', moduleId('parser')));
  expect(text.slice(place?.from, place?.to)).toBe('parser');
  expect(place?.from).toBe(text.indexOf('parser: {'));
  expect(placeOfRef(text, nodeRef('tier', tierId('all')))?.from).toBe(text.indexOf('all:'));
  expect(placeOfRef(text, nodeRef('tier', tierId('lexer')))).toBeNull();
});
