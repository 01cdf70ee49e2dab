import { escapedMarkdown, oneLine } from './safe-text.ts';

/**
 * What GitHub and its like act on wherever it stands, escaped or not: names that are told of it, numbers of
 * issues (a word such as "fixes" before one closes it), addresses, and the signs that formulas begin and end
 * with. In code they are left alone.
 */
const live = [
  /(?:[a-z][a-z0-9+.-]*:)?\/\/[^\s`|<>]+/,
  /www\.[^\s`|<>]+/,
  /[^\s`|<>]*\/(?:issues|pull|discussions)\/[0-9][^\s`|<>]*/,
  /[\w./-]*#[0-9][\w-]*/,
  /\bgh-[0-9]+/,
  /[\w.+-]*@[a-z0-9][\w./-]*/,
  /\$[\w.$]*/,
]
  .map(({ source }) => source)
  .join('|');

/**
 * One line of what agents, checks or people wrote, as Markdown that others will see on a forge: nothing in it
 * is markup, tells anybody of anything, or refers to an issue.
 */
export function forgeLine(text: string, maxChars = 200): string {
  const parts = oneLine(text, maxChars).split(new RegExp(`((?:${live})+)`, 'gi'));
  return parts.map((part, at) => (at % 2 === 0 ? escapedMarkdown(part) : `\`${part}\``)).join('');
}

/** The same where there is no markup, as in a title or the message of a commit: what would act is set apart. */
export function quietText(text: string): string {
  return text
    .replace(/@(?=[a-z0-9])/gi, '@ ')
    .replace(/#(?=[0-9])/g, '# ')
    .replace(/\b(gh)-(?=[0-9])/gi, '$1 ')
    .replace(/:\/\//g, ': //')
    .replace(/\/(issues|pull|discussions)\/(?=[0-9])/gi, '/$1 ');
}
