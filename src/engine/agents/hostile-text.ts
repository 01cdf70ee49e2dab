/** Escape sequences of terminals: taken out whole, so that no `[31m` stays behind. */
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g;
/** Controls but tab and line feed, marks that turn the direction of writing, halves of characters. */
const unsafe = /(?![\t\n])[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** One page, as much as anything an agent says may take. */
export const pageChars = 4_000;
const lineChars = 200;
/** No text is looked at beyond this: cleaning costs time too. */
const lookedAtChars = 64_000;

/** A text of several lines, at most a page, without what could disturb a terminal or a reader. */
export function boundPage(text: string): string {
  const clean = cleaned(text).trim();
  return clean.length <= pageChars ? clean : `${whole(clean.slice(0, pageChars - 1))}…`;
}

/** The same in one line. */
export function boundLine(text: string): string {
  const clean = cleaned(text).replace(/\s+/g, ' ').trim();
  return clean.length <= lineChars ? clean : `${whole(clean.slice(0, lineChars - 1))}…`;
}

function cleaned(text: string): string {
  return text.slice(0, lookedAtChars).replace(/\r\n?/g, '\n').replace(ansi, '').replace(unsafe, '');
}

/** Without the half of a character that a cut may leave at the end. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '');
}
