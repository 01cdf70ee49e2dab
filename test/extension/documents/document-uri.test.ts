import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runId, treeId } from '../../../src/core/ids.ts';
import { documentUri, readDocumentUri } from '../../../src/extension/documents/document-uri.ts';
import { shownBytes } from '../../../src/extension/documents/shown-bytes.ts';

const run = runId('20260301-1200-7f3a');
const tree = treeId('a'.repeat(40));
const folder = 'file:///home/me/a%20project';

describe('document URIs', () => {
  it('give back what they were made of, and show the path', () => {
    const file = { kind: 'file', folder, run, tree, path: 'tests/lexer/a b#?.test.js' } as const;
    const postmortem = { kind: 'postmortem', folder, run } as const;
    expect(readDocumentUri(documentUri(file))).toEqual(file);
    expect(documentUri(file).path).toBe('/aaaaaaa/tests/lexer/a b#?.test.js');
    expect(readDocumentUri(documentUri(postmortem))).toEqual(postmortem);
    const name = 'module.lexer.2.evaluator.57-1.md';
    const transcript = { kind: 'transcript', folder, run, file: name } as const;
    expect(readDocumentUri(documentUri(transcript))).toEqual(transcript);
  });

  const query = `${run}:${tree}:${folder}`;

  it.each([
    ['/aaaaaaa/../x', query],
    ['/aaaaaaa/.git/config', query],
    ['/aaaaaaa/', query],
    ['/bbbbbbb/a.js', query],
    ['//aaaaaaa/a.js', query],
    ['/aaaaaaa/a.js', `../x:${tree}:${folder}`],
    ['/main/a.js', `${run}:main:${folder}`],
    [`/${run}/other.md`, `${run}:report:${folder}`],
    [`/${run}/../../journal.jsonl`, `${run}:transcript:${folder}`],
    [`/${run}/a/b.md`, `${run}:transcript:${folder}`],
    ['', ''],
  ])('refuse %s?%s', (path, of) => {
    expect(readDocumentUri({ path, query: of })).toBeNull();
  });

  it('never throw, whatever they hold', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (path, of) => {
        expect(readDocumentUri({ path, query: of })).toBeNull();
        const place = readDocumentUri({ path: `/aaaaaaa/${path}`, query });
        if (place?.kind === 'file') expect(place.path).toBe(path);
      }),
    );
  });
});

describe('shownBytes', () => {
  const text = (content: Uint8Array | null, isLink = false): string =>
    Buffer.from(shownBytes(content, isLink)).toString();

  it('shows text as it is', () => {
    expect(text(Buffer.from('a\r\n\tö'))).toBe('a\r\n\tö');
  });

  it('says so where there is nothing, no text, too much text, or a link', () => {
    expect(text(null)).toBe('This file is not there.\n');
    expect(text(Buffer.from([1, 0, 2]))).toBe('A binary file of 3 bytes.\n');
    expect(text(Buffer.alloc(5 * 1024 ** 2, 'x'))).toContain('too large');
    expect(text(Buffer.from('../elsewhere'), true)).toBe('A link to ../elsewhere\n');
  });
});
