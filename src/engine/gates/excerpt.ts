/** Escape sequences of terminals: taken out whole, so that no `[31m` stays behind. */
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** Controls but tab and line feed, marks that turn the direction of writing, halves of characters. */
const unsafe = /(?![\t\n])[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Longest text of one piece of evidence. */
const maxEvidenceChars = 4_000;
/** No text is looked at beyond this at either end: cleaning costs time too. */
const lookedAtChars = 32_000;

/** What a command printed, as a person may read it: plain text of bounded length, cut in the middle. */
export function excerpt(text: string, maxChars = maxEvidenceChars): string {
  const looked =
    text.length <= 2 * lookedAtChars
      ? text
      : `${text.slice(0, lookedAtChars)}\n…\n${text.slice(-lookedAtChars)}`;
  const clean = looked
    .replace(/\r\n?/g, '\n')
    .replace(ansi, '')
    .replace(unsafe, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cutMiddle(clean, maxChars);
}

/** One line of it. */
export function excerptLine(text: string, maxChars = 300): string {
  return excerpt(text, maxChars).replace(/\s+/g, ' ');
}

function cutMiddle(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const mark = '\n… cut …\n';
  const head = Math.ceil((maxChars - mark.length) * 0.6);
  const tail = maxChars - mark.length - head;
  const left = text.slice(0, head).replace(/[\ud800-\udbff]$/, '');
  const right = text.slice(-tail).replace(/^[\udc00-\udfff]/, '');
  return left + mark + right;
}

/** Says paths as the plan does: relative to the root of the tree, wherever that lay on this machine. */
export function withoutFolder(text: string, folder: string): string {
  return text
    .replaceAll(`file://${folder}/`, '')
    .replaceAll(`${folder}/`, '')
    .replaceAll(folder, '.');
}
