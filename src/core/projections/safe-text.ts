/** Escape sequences of terminals: taken out whole, so that no `[31m` stays behind. */
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** Controls but tab and line feed, marks that turn the direction of writing, halves of characters. */
const unsafe = /(?![\t\n])[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** What Markdown could take for markup, HTML or a link, wherever it stands. */
const markup = /[\\`*[\]<>|~&@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/)|(?<=www)\./gi;
/** What it takes for a heading, a list or a rule at the beginning of a line. */
const leading = /^([#+=-]|[0-9]+(?=[.)]))/;
/** No text is looked at beyond this: cleaning costs time too. */
const lookedAtChars = 64_000;

/** As much as anything an agent says may take. */
export const pageChars = 4_000;

/** A text of any length without what a terminal would obey; its lines and tabs stay as they are. */
export const withoutControls = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(ansi, '').replace(unsafe, '');

/** At most a page of what an agent wrote, its lines and tabs kept, without what would be obeyed. */
export function onePage(text: string): string {
  return cut(cleaned(text).trim(), pageChars);
}

/** A text that agents, checks or people wrote, in one line, without what a terminal would obey. */
export function oneLine(text: string, maxChars = 200): string {
  const clean = cleaned(text).replace(/\s+/g, ' ').trim();
  return cut(clean, maxChars);
}

/** The same in several lines. */
export function severalLines(text: string, maxLines = 12, maxChars = 1_200): string[] {
  const lines = cut(cleaned(text).replaceAll('\t', '  ').trim(), maxChars).split('\n');
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines), '…'];
}

/** One line in which nothing is markup: what an agent wrote cannot draw in a report. */
export function markdownLine(text: string, maxChars = 200): string {
  return escapedMarkdown(oneLine(text, maxChars));
}

/** A line that is clean already, its spaces kept. */
export const escapedMarkdown = (line: string): string =>
  line
    .replace(markup, '\\$&')
    .replace(leading, (start) => (/[0-9]/.test(start) ? `${start}\\` : `\\${start}`));

/** Lines as they are, behind a fence that they cannot close. */
export function markdownBlock(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.map((line) => (/^\s*(`*)/.exec(line)?.[1] ?? '').length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence];
}

const cleaned = (text: string): string => withoutControls(text.slice(0, lookedAtChars));

function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  // Not through the middle of a character.
  return `${text.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
