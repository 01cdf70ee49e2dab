import { inWriting, phrase, type Phrase } from './phrase.ts';

/**
 * Root-relative paths and the patterns that name them. A pattern is a path whose segments may hold
 * `*` (any characters of one segment) or be `**` (any number of segments, none included). Nothing
 * else is special: no braces, no `!`, no rule for dot files.
 */

const maxSegmentBytes = 255;
const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const keptFolders = new Set(['.git', 'git~1', '.ce-workspace']);
/** Code points that macOS leaves out when it compares names: `.g\u200Cit` opens `.git` there. */
const ignoredByMac = /[\u200C-\u200F\u202A-\u202E\u206A-\u206F\uFEFF]/g;

/**
 * Why a path may not be used, or null where it may. Whatever passes names a file inside the root on
 * every system, and nothing of git's or ours. Patterns may be held against it as well.
 */
export function unsafePath(text: string): string | null {
  const fault = pathFault(text);
  return fault === null ? null : inWriting(fault);
}

/** The same for people: what is to be said of the path. */
export function pathFault(text: string): Phrase | null {
  if (text === '') return phrase('is empty');
  if (text.startsWith('/')) return phrase('is absolute');
  if (/^[a-z]:/i.test(text)) return phrase('starts with a drive letter');
  if (text.includes('\\')) return phrase('holds a backslash; segments are separated by /');
  for (const segment of text.split('/')) {
    const reason = unsafeSegment(segment);
    if (reason !== null) return reason;
  }
  return null;
}

function unsafeSegment(segment: string): Phrase | null {
  if (segment === '') return phrase('holds an empty segment');
  if (segment === '.' || segment === '..') return phrase('holds the segment {0}', segment);
  if (holdsControl(segment)) return phrase('holds a control character');
  if (segment.includes(':'))
    return phrase('holds a colon, which Windows reads as a drive or a stream');
  if (keptFolders.has(segment.replace(ignoredByMac, '').toLowerCase())) {
    return phrase('lies inside {0}', segment);
  }
  if (/[. ]$/.test(segment)) return phrase('holds a segment that ends in a dot or a space');
  if (windowsDevice.test(segment)) return phrase('holds {0}, a device on Windows', segment);
  const bytes = utf8Bytes(segment);
  if (bytes === null) return phrase('is not valid Unicode');
  return bytes > maxSegmentBytes
    ? phrase('holds a segment of over {0} bytes', maxSegmentBytes)
    : null;
}

function holdsControl(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) return true;
  }
  return false;
}

/** Length in UTF-8; null where a surrogate stands alone, which no file system can keep. */
function utf8Bytes(text: string): number | null {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) return null;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** True where one of the patterns matches the whole path. */
export function matchesAny(patterns: readonly string[], path: string): boolean {
  const segments = path.split('/');
  return patterns.some((pattern) => matches(pathItems, pattern.split('/'), segments));
}

/** True where there is a path that both patterns match. Exact, in time `|a| × |b|`. */
export function patternsOverlap(a: string, b: string): boolean {
  return commonPath(a, b) !== null;
}

/** A path that both patterns match, or null where there is none. */
export function commonPath(a: string, b: string): string | null {
  const segments = common(pathItems, a.split('/'), b.split('/'));
  // Patterns of nothing but `**` meet in no segment at all.
  return segments === null ? null : segments.join('/') || 'x';
}

/** The literal folder before the first wildcard, or that a literal path lies in; '' for the root. */
export function patternPrefix(pattern: string): string {
  const segments = pattern.split('/');
  const wild = segments.findIndex((segment) => segment.includes('*'));
  return segments.slice(0, wild === -1 ? -1 : wild).join('/');
}

/** A sequence with wildcards that stand for any run of items: segments of a path, units of a segment. */
interface Items {
  readonly isStar: (item: string) => boolean;
  readonly matches: (pattern: string, item: string) => boolean;
  /** What both items stand for, neither of them a star; null where that is nothing. */
  readonly common: (a: string, b: string) => string | null;
}

const segmentItems: Items = {
  isStar: (unit) => unit === '*',
  matches: (pattern, unit) => pattern === unit,
  common: (a, b) => (a === b ? a : null),
};

const pathItems: Items = {
  isStar: (segment) => segment === '**',
  matches: (pattern, segment) =>
    pattern === segment ||
    (pattern.includes('*') && matches(segmentItems, pattern.split(''), segment.split(''))),
  common: (a, b) => {
    if (!a.includes('*') && !b.includes('*')) return a === b ? a : null;
    const units = common(segmentItems, a.split(''), b.split(''));
    // Two stars meet in the empty text as well, which no segment is.
    return units === null ? null : units.join('') || 'x';
  },
};

/** Greedy: only the latest star is ever widened, so a hostile pattern costs `|pattern| × |text|`. */
function matches(items: Items, pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let read = 0; read < text.length;) {
    const item = pattern[at];
    if (item !== undefined && items.isStar(item)) {
      star = at;
      at += 1;
      resume = read;
    } else if (item !== undefined && items.matches(item, text[read] ?? '')) {
      at += 1;
      read += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      read = resume;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(items.isStar);
}

/**
 * The shortest way through both patterns, or null where they have no text in common.
 * `table[i][j]` says whether what is left of `a` and `b` from `i` and `j` on has one.
 */
function common(items: Items, a: readonly string[], b: readonly string[]): string[] | null {
  const table = overlapTable(items, a, b);
  if (table[0]?.[0] !== true) return null;
  const text: string[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length;) {
    const [left, right] = [a[i], b[j]];
    // A star stands for nothing where that leads on, else it takes what the other side has.
    if (left !== undefined && items.isStar(left) && table[i + 1]?.[j] === true) {
      i += 1;
    } else if (right !== undefined && items.isStar(right) && table[i]?.[j + 1] === true) {
      j += 1;
    } else {
      const [one, other] = [left ?? right ?? '', right ?? left ?? ''];
      const [leftStar, rightStar] = [items.isStar(one), items.isStar(other)];
      text.push(items.common(leftStar ? other : one, rightStar ? one : other) ?? '');
      if (!leftStar) i += 1;
      if (!rightStar) j += 1;
    }
  }
  return text;
}

function overlapTable(items: Items, a: readonly string[], b: readonly string[]): boolean[][] {
  const table: boolean[][] = [];
  for (let i = a.length; i >= 0; i -= 1) {
    const row = new Array<boolean>(b.length + 1).fill(false);
    const below = table[i + 1];
    for (let j = b.length; j >= 0; j -= 1) {
      const [left, right] = [a[i], b[j]];
      if ([left, right].some((item) => item !== undefined && items.isStar(item))) {
        row[j] = below?.[j] === true || row[j + 1] === true;
      } else if (left === undefined || right === undefined) {
        row[j] = left === right;
      } else {
        row[j] = below?.[j + 1] === true && items.common(left, right) !== null;
      }
    }
    table[i] = row;
  }
  return table;
}
