/** What a reader of XML sees, one after another. */
export type XmlToken =
  | {
      readonly type: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** `<a/>`: no close follows. */
      readonly empty: boolean;
    }
  | { readonly type: 'close'; readonly name: string }
  | { readonly type: 'text'; readonly text: string };

/** Thrown for what is no XML, or more of it than a report needs; {@link readJunit} makes it data. */
export class XmlError extends Error {}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * A small reader for machine-written XML. Document types are refused, so there are no entities but
 * the five that XML itself has, and nothing is ever fetched or expanded.
 */
export function* xmlTokens(source: string): Generator<XmlToken> {
  let at = 0;
  const until = (end: string, from: number, what: string): number => {
    const found = source.indexOf(end, from);
    if (found === -1) throw new XmlError(`${what} does not end`);
    return found;
  };
  while (at < source.length) {
    if (source[at] !== '<') {
      const next = source.indexOf('<', at);
      const end = next === -1 ? source.length : next;
      yield { type: 'text', text: unescapeXml(source.slice(at, end)) };
      at = end;
    } else if (source.startsWith('<!--', at)) {
      at = until('-->', at + 4, 'a comment') + 3;
    } else if (source.startsWith('<![CDATA[', at)) {
      const end = until(']]>', at + 9, 'a CDATA section');
      yield { type: 'text', text: source.slice(at + 9, end) };
      at = end + 3;
    } else if (source.startsWith('<?', at)) {
      at = until('?>', at + 2, 'an instruction') + 2;
    } else if (source.startsWith('<!', at)) {
      throw new XmlError('document types are not read');
    } else if (source.startsWith('</', at)) {
      const end = until('>', at + 2, 'a tag');
      yield { type: 'close', name: source.slice(at + 2, end).trim() };
      at = end + 1;
    } else {
      const tag = openTag(source, at);
      yield tag.token;
      at = tag.end;
    }
  }
}

function openTag(source: string, start: number): { token: XmlToken; end: number } {
  const nameAt = /[^\s/>=<"']+/y;
  nameAt.lastIndex = start + 1;
  const name = nameAt.exec(source)?.[0];
  if (name === undefined) throw new XmlError('a tag has no name');
  const attributes = new Map<string, string>();
  const attribute = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  const end = /\s*(\/?)>/y;
  for (let at = nameAt.lastIndex; ;) {
    end.lastIndex = at;
    const closing = end.exec(source);
    if (closing !== null) {
      const empty = closing[1] === '/';
      return { token: { type: 'open', name, attributes, empty }, end: end.lastIndex };
    }
    attribute.lastIndex = at;
    const match = attribute.exec(source);
    if (match?.[1] === undefined) throw new XmlError(`<${name.slice(0, 40)}> is not well formed`);
    attributes.set(match[1], unescapeXml(match[2] ?? match[3] ?? ''));
    at = attribute.lastIndex;
  }
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,10});/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity] ?? whole;
    const hex = entity[1] === 'x' || entity[1] === 'X';
    const point = hex ? parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
