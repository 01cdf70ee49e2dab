import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { codes } from '../../../src/core/plan/codes.ts';
import { planDocuments } from '../../../src/engine/plan/reference.ts';

const documents = planDocuments();

describe('the generated documents', () => {
  it.each([...documents])('%s is what `npm run docs` writes', async (path, text) => {
    const expected = await format(text, { ...(await resolveConfig(path)), filepath: path });
    expect(readFileSync(path, 'utf8')).toBe(expected);
  });

  it('name every code', () => {
    const reference = documents.get('docs/plan.md');
    const missing = Object.keys(codes).filter(
      (code) => reference?.includes(`| \`${code}\` |`) !== true,
    );
    expect(missing).toEqual([]);
  });

  it('describe every field', () => {
    const undescribed = (documents.get('docs/plan.md') ?? '')
      .split('\n')
      .filter((line) => /\|\s*\|$/.test(line));
    expect(undescribed).toEqual([]);
  });

  it('carry no marks of ours into the editors’ schema', () => {
    const schema = documents.get('docs/plan.schema.json') ?? '';
    expect(schema).not.toMatch(/"(wanted|defaultText)"/);
    expect(JSON.parse(schema)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
    });
  });
});
