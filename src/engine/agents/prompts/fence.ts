import { createHash } from 'node:crypto';

/**
 * Puts what others wrote between two lines that nobody can forge: they carry a number made of the
 * text itself, so the text would have to hold its own digest. The same text gets the same fence, so
 * that a prompt which repeats it is read from a cache.
 */
export function fenced(label: string, text: string): string {
  let mark = markOf(text, 0);
  for (let salt = 1; text.includes(mark); salt++) mark = markOf(text, salt);
  return `<<<data ${mark}: ${label}>>>\n${text}\n<<<end of data ${mark}>>>`;
}

const markOf = (text: string, salt: number): string =>
  createHash('sha256').update(`${salt}:${text}`).digest('hex').slice(0, 16);
