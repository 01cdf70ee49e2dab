import { phrase, type Phrase } from '../phrase.ts';
import { isSecretWord, wordsOfName } from '../secret-words.ts';

/** Whether what a prerequisite asks for is a URL of http or https. */
export const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/** Why a URL may not stand in a plan; null where it may. Nothing that is said holds the secret. */
export function urlFault(url: string): Phrase | null {
  const match = /^https?:\/\/([^\s/?#\\]+)(\S*)$/i.exec(url);
  const [, host = '', rest = ''] = match ?? [];
  if (match === null) return phrase('is no URL of http or https');
  if (host.includes('@')) return phrase('holds a name or a password');
  const names = rest.split(/[?#&;]/).flatMap((each) => {
    const [name = '', value = ''] = each.split('=');
    return value === '' ? [] : [name];
  });
  // A URL is recorded with the plan, and shown.
  const secret = names.find((name) => isSecretWord(wordsOfName(name).at(-1) ?? ''));
  return secret === undefined
    ? null
    : phrase('holds a secret in its query ("{0}")', secret.slice(0, 40));
}
