/** What keys of this service look like, whosever they are. */
const anyKey = /\bsk-ant-[\w-]{4,}/g;
const mostChars = 1_000;

/** A message of a service or a library, without the key that it may have been told, and bounded. */
export function redact(text: string, key: string): string {
  const without = key.length < 4 ? text : text.replaceAll(key, '(key)');
  return without.replaceAll(anyKey, '(key)').slice(0, mostChars);
}
