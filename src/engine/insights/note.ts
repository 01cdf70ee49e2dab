import { oneLine, withoutControls } from '../../core/projections/safe-text.ts';
import type { Digest } from '../../core/ids.ts';
import { sha256 } from '../canonical-json.ts';

/** A note of the folder of insights, as it lies there; whoever wrote it, every text of it is hostile. */
export interface Note {
  readonly file: string;
  readonly title: string;
  readonly type: string;
  /** `2026-11-20`; '' where it has none. */
  readonly date: string;
  /** What was built when it was learned; '' where it does not say. */
  readonly artifact: string;
  readonly tags: readonly string[];
  /** What stands below the title, without its links to other notes. */
  readonly body: string;
  /** Of all that the file holds. */
  readonly digest: Digest;
}

/** The front matter of our own notes takes a tenth of it. */
const maxFrontChars = 4_000;
const maxTags = 30;
const typeForm = /^[a-z][a-z0-9-]{0,39}$/;
const dateForm = /^\d{4}-\d\d-\d\d$/;
/** What our notes end with: an agent cannot follow it. */
const seeAlso = /^See \[\[.*$/gm;

/** null where it is no note: it has no front matter, or one that does not say of what type it is. */
export function parseNote(file: string, text: string): Note | null {
  const lines = text.replaceAll('\r\n', '\n');
  if (!lines.startsWith('---\n')) return null;
  const end = lines.indexOf('\n---\n', 3);
  if (end < 0 || end > maxFrontChars) return null;
  const front = frontMatter(lines.slice(4, end));
  const type = front.get('type')?.[0] ?? '';
  if (!typeForm.test(type)) return null;
  const below = plainText(withoutControls(lines.slice(end + 5)));
  const heading = /^# +(.+)$/m.exec(below);
  const date = front.get('date')?.[0] ?? '';
  return {
    ...{ file, type, digest: sha256(text) },
    title: oneLine(heading?.[1] ?? '', 200) || file.replace(/\.md$/, ''),
    date: dateForm.test(date) ? date : '',
    artifact: oneLine(front.get('artifact')?.[0] ?? '', 200),
    tags: (front.get('tags') ?? []).slice(0, maxTags).map((tag) => oneLine(tag, 80)),
    body: below
      .replace(heading?.[0] ?? '', '')
      .replace(seeAlso, '')
      .trim(),
  };
}

/** What we escaped so that it draws nothing in a report is plain again for who only reads it. */
const plainText = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/**
 * `name: value` and lists, in a line or below it: as much of YAML as notes need, so that looking through
 * thousands of them costs nothing. What is not understood says nothing.
 */
function frontMatter(text: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  let above: string[] | null = null;
  for (const line of text.split('\n')) {
    const item = /^ *- +(.+)$/.exec(line);
    if (item !== null) {
      above?.push(unquoted(item[1] ?? ''));
      continue;
    }
    const field = /^([a-z]+): *(.*)$/.exec(line);
    if (field === null) continue;
    const [, name = '', said = ''] = field;
    above = valuesOf(said.trim());
    values.set(name, above);
  }
  return values;
}

function valuesOf(said: string): string[] {
  if (said === '') return [];
  if (!said.startsWith('[')) return [unquoted(said)];
  try {
    const list: unknown = JSON.parse(said);
    if (Array.isArray(list)) return list.filter((each) => typeof each === 'string');
  } catch {
    // As people write it: without quotes.
  }
  const items = said.replace(/^\[|\]$/g, '').split(',');
  return items.map((each) => unquoted(each.trim())).filter((each) => each !== '');
}

const unquoted = (said: string): string => /^(["'])(.*)\1$/.exec(said.trim())?.[2] ?? said.trim();
