import { describe, expect, it } from 'vitest';
import { designDocument, readDesign } from '../../../src/engine/architect/design-document.ts';
import { designHeadings, designParts, type Design } from '../../../src/engine/architect/design.ts';

const designOf = (text: string): Design =>
  Object.fromEntries(designParts.map((part) => [part, text])) as Design;

const headings = (text: string): string[] => text.match(/^#{1,6} .*$/gm) ?? [];
const all = Object.values(designHeadings).map((heading) => `## ${heading}`);

describe('a design', () => {
  it('has exactly eight headings, in their order', () => {
    expect(headings(designDocument(['About it.'], designOf('Words.')))).toEqual(all);
  });

  it.each([
    ['headings of its own', '# One\n\n###### Six ##\n\ntext'],
    ['headings by underlining', 'One\n===\n\nTwo\n---\n\ntext'],
    ['a fence that is never closed', 'text\n\n```sh\n# a comment'],
    ['a longer fence inside', '````md\n```\n# still inside\n````'],
    ['HTML', 'a <h1>b</h1>'],
  ])('cannot be given more by %s', (_, text) => {
    const written = designDocument([], designOf(text));
    const read = readDesign(written);
    expect(read).toHaveProperty('design');
    // Outside of fences nothing makes a heading but ours.
    const outside = written.replaceAll(/^(`{3,})[^]*?^\1$/gm, '');
    expect(headings(outside)).toEqual(all);
    expect(outside).not.toMatch(/^.+\n(=+|-+)$/m);
    expect(outside).not.toMatch(/<h\d/);
  });

  it('is read back as it was written', () => {
    const design = designOf('Some words.\n\n- a list\n- of two\n\n```sh\n# code\n```');
    const read = readDesign(designDocument(['About it.'], design));
    expect(read).toEqual({ design });
  });

  it('says where a heading is not what it should be', () => {
    const text = designDocument([], designOf('Words.'));
    expect(readDesign(text.replace('## Phases', '## Faces'))).toEqual({
      line: 13,
      message: 'the heading Phases belongs here, not Faces',
    });
    expect(readDesign(`${text}\n## More`)).toMatchObject({
      message: 'no further heading belongs here, not More',
    });
    expect(readDesign('')).toEqual({ line: 1, message: 'the heading Artifact profile is missing' });
  });
});
