import type { ObjectFormat } from './object-id.ts';
import { StoreError } from './store-error.ts';
import type { EntryMode } from './tree-entry.ts';

/** One line of a git tree object: the name is a single segment. */
export interface TreeLine {
  readonly name: string;
  readonly mode: EntryMode | '40000';
  readonly oid: string;
}

/** Modes that old gits and other tools have written; read as what they mean. */
const oldModes: Readonly<Record<string, EntryMode>> = { '100664': '100644', '100600': '100644' };
const modes: readonly string[] = ['100644', '100755', '120000', '160000', '40000'];

/** Reads the content of a tree object. Names that are not UTF-8 are refused: nobody could write them back. */
export function parseTree(content: Buffer, format: ObjectFormat): TreeLine[] {
  const idBytes = format === 'sha1' ? 20 : 32;
  const lines: TreeLine[] = [];
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(32, at);
    const zero = content.indexOf(0, space);
    if (space === -1 || zero === -1 || zero + 1 + idBytes > content.length) {
      throw new StoreError('object-broken', 'a tree object ends in the middle of an entry');
    }
    const mode = content.toString('latin1', at, space).replace(/^0+/, '');
    const name = content.toString('utf8', space + 1, zero);
    if (name.includes('\ufffd') && !content.subarray(space + 1, zero).equals(Buffer.from(name))) {
      throw new StoreError('object-broken', `a tree holds a name that is not UTF-8: ${name}`);
    }
    at = zero + 1 + idBytes;
    lines.push({ name, mode: toMode(mode), oid: content.toString('hex', zero + 1, at) });
  }
  return lines;
}

function toMode(text: string): TreeLine['mode'] {
  const mode = oldModes[text] ?? text;
  if (!modes.includes(mode)) throw new StoreError('object-broken', `a tree holds mode ${text}`);
  return mode as TreeLine['mode'];
}

/** Writes the content of a tree object, in git's order: a folder sorts as if its name ended in `/`. */
export function formatTree(lines: readonly TreeLine[]): Buffer {
  const keyed = lines.map((line) => ({
    line,
    key: Buffer.from(line.mode === '40000' ? `${line.name}/` : line.name),
  }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(
    keyed.flatMap(({ line }) => [
      Buffer.from(`${line.mode} ${line.name}\0`),
      Buffer.from(line.oid, 'hex'),
    ]),
  );
}
