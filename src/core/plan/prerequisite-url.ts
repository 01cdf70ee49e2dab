/** Names of what a query may not hold; a URL is recorded with the plan, and shown. */
const secretName =
  /(^|[-_.])(key|api-?key|token|secret|pass(word|wd|phrase)?|pwd|auth|authorization|credentials?|sig|signature|jwt)$/i;
/** `accessToken`, `apiKey`: where words begin. */
const camelCase = /([a-z0-9])([A-Z])/g;

/** Whether what a prerequisite asks for is a URL of http or https. */
export const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/** Why a URL may not stand in a plan; null where it may. Nothing that is said holds the secret. */
export function urlFault(url: string): string | null {
  const match = /^https?:\/\/([^\s/?#\\]+)(\S*)$/i.exec(url);
  const [, host = '', rest = ''] = match ?? [];
  if (match === null) return 'is no URL of http or https';
  if (host.includes('@')) return 'holds a name or a password';
  const names = rest.split(/[?#&;]/).flatMap((each) => {
    const [name = '', value = ''] = each.split('=');
    return value === '' ? [] : [name];
  });
  const secret = names.find((name) => secretName.test(name.replace(camelCase, '$1_$2')));
  return secret === undefined ? null : `holds a secret in its query ("${secret.slice(0, 40)}")`;
}
