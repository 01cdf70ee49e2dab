import { designHeadings, designParts, type Design, type DesignPart } from './design.ts';

/** A design as a document of exactly eight headings, below a few lines about where it is from. */
export function designDocument(intro: readonly string[], design: Design): string {
  const parts = designParts.map(
    (part) =>
      `## ${designHeadings[part]}\n\n${withoutHeadings(design[part]).trim() || '(nothing)'}\n`,
  );
  return [...intro.map((paragraph) => `${paragraph}\n`), ...parts].join('\n');
}

/** Reads such a document back; what stands before the first heading is not part of the design. */
export function readDesign(
  text: string,
): { readonly design: Design } | { readonly line: number; readonly message: string } {
  const sections: { readonly part: DesignPart; readonly lines: string[] }[] = [];
  const fence = new Fence();
  for (const [index, line] of text.replaceAll('\r\n', '\n').split('\n').entries()) {
    const heading = fence.passes(line) ? /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1] : undefined;
    if (heading === undefined) {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    const part = designParts[sections.length];
    if (part === undefined || designHeadings[part].toLowerCase() !== heading.toLowerCase()) {
      const wanted =
        part === undefined ? 'no further heading' : `the heading ${designHeadings[part]}`;
      return { line: index + 1, message: `${wanted} belongs here, not ${heading.slice(0, 80)}` };
    }
    sections.push({ part, lines: [] });
  }
  const missing = designParts[sections.length];
  if (missing !== undefined) {
    return { line: 1, message: `the heading ${designHeadings[missing]} is missing` };
  }
  const texts = sections.map(({ part, lines }): [string, string] => [
    part,
    lines.join('\n').trim(),
  ]);
  return { design: Object.fromEntries(texts) as Design };
}

/** What an agent wrote cannot add a heading, nor swallow those that follow in a fence. */
function withoutHeadings(text: string): string {
  const fence = new Fence();
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (!fence.passes(line)) lines.push(line);
    else if (/^\s{0,3}(=+|-+)\s*$/.test(line)) {
      // Below a line of text this would make a heading of it.
      if ((lines.at(-1) ?? '').trim() === '' && !line.includes('=')) lines.push(line);
      else lines.push('');
    } else {
      const heading = /^\s{0,3}#{1,6}(?:\s+(.*?)\s*#*\s*)?$/.exec(line);
      const plain = heading === null ? line : bold(heading[1] ?? '');
      lines.push(plain.replaceAll(/<(?=\/?h[1-6]\b)/gi, '&lt;'));
    }
  }
  if (fence.closing !== null) lines.push(fence.closing);
  return lines.join('\n');
}

const bold = (text: string): string => (text === '' ? '' : `**${text.replaceAll('*', '')}**`);

/** Follows the fences of code from line to line. */
class Fence {
  /** What would close the fence that is open; null where none is. */
  closing: string | null = null;

  /** True where the line is neither inside a fence nor one itself. */
  passes(line: string): boolean {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (this.closing === null) {
      if (mark === undefined) return true;
      this.closing = mark;
    } else if (mark?.startsWith(this.closing) === true && line.trim() === mark) this.closing = null;
    return false;
  }
}
