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
  if (text === '') return 'is empty';
  if (text.startsWith('/')) return 'is absolute';
  if (/^[a-z]:/i.test(text)) return 'starts with a drive letter';
  if (text.includes('\\')) return 'holds a backslash; segments are separated by /';
  for (const segment of text.split('/')) {
    const reason = unsafeSegment(segment);
    if (reason !== null) return reason;
  }
  return null;
}

function unsafeSegment(segment: string): string | null {
  if (segment === '') return 'holds an empty segment';
  if (segment === '.' || segment === '..') return `holds the segment ${segment}`;
  if (holdsControl(segment)) return 'holds a control character';
  if (segment.includes(':')) return 'holds a colon, which Windows reads as a drive or a stream';
  if (keptFolders.has(segment.replace(ignoredByMac, '').toLowerCase())) {
    return `lies inside ${segment}`;
  }
  if (/[. ]$/.test(segment)) return 'holds a segment that ends in a dot or a space';
  if (windowsDevice.test(segment)) return `holds ${segment}, a device on Windows`;
  const bytes = utf8Bytes(segment);
  if (bytes === null) return 'is not valid Unicode';
  return bytes > maxSegmentBytes ? `holds a segment of over ${maxSegmentBytes} bytes` : null;
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
  return overlap(pathItems, a.split('/'), b.split('/'));
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
  readonly overlap: (a: string, b: string) => boolean;
}

const segmentItems: Items = {
  isStar: (unit) => unit === '*',
  matches: (pattern, unit) => pattern === unit,
  overlap: (a, b) => a === b,
};

const pathItems: Items = {
  isStar: (segment) => segment === '**',
  matches: (pattern, segment) =>
    pattern === segment ||
    (pattern.includes('*') && matches(segmentItems, pattern.split(''), segment.split(''))),
  overlap: (a, b) =>
    a === b ||
    ((a.includes('*') || b.includes('*')) && overlap(segmentItems, a.split(''), b.split(''))),
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

/** `row[j]` says whether what is left of `a` and `b` from `i` and `j` on has a common text. */
function overlap(items: Items, a: readonly string[], b: readonly string[]): boolean {
  let below: boolean[] = [];
  for (let i = a.length; i >= 0; i -= 1) {
    const row = new Array<boolean>(b.length + 1).fill(false);
    for (let j = b.length; j >= 0; j -= 1) {
      const left = a[i];
      const right = b[j];
      if ([left, right].some((item) => item !== undefined && items.isStar(item))) {
        // The star stands for nothing, or takes one item of the other side and stays.
        row[j] = below[j] === true || row[j + 1] === true;
      } else if (left === undefined || right === undefined) {
        row[j] = left === right;
      } else {
        row[j] = below[j + 1] === true && items.overlap(left, right);
      }
    }
    below = row;
  }
  return below[0] === true;
}
