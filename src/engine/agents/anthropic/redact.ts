/** What keys of this service look like, whosever they are. */
const anyKey = /\bsk-ant-[\w-]{4,}/g;
const mostChars = 1_000;

/** A text of any length without the key that it may have been told. Before anything is cut off it. */
export function withoutKey(text: string, key: string): string {
  const without = key.length < 4 ? text : text.replaceAll(key, '(key)');
  return without.replaceAll(anyKey, '(key)');
}

/** A message of a service or a library, without the key that it may have been told, and bounded. */
export const redact = (text: string, key: string): string =>
  withoutKey(text, key).slice(0, mostChars);
