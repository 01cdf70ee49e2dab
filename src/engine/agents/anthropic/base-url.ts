/** Hosts that no wire leads to: a key that is sent to them in the clear stays on this machine. */
const here = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** An address as a person may see it again; null where it is none, or holds what nobody should see. */
export function shownBaseURL(text: string): string | null {
  if (!URL.canParse(text) || text.length > 300) return null;
  const { username, password, search, hash } = new URL(text);
  return `${username}${password}${search}${hash}` === '' ? text.trim() : null;
}

/** Why a key may not be sent to this address; null where it may. What, where, and what to do. */
export function baseURLFault(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'it is no address; write it as https://host/path';
  }
  if (url.username !== '' || url.password !== '') {
    return 'it holds a name or a password, which would be recorded; leave them out';
  }
  if (url.search !== '' || url.hash !== '') return 'it goes on behind its path; leave that out';
  if (/\/v1\/messages\/*$/.test(url.pathname)) {
    return '/v1/messages is added to it; leave that out';
  }
  if (url.protocol === 'https:') return null;
  if (url.protocol === 'http:' && here.test(url.hostname)) return null;
  return 'the key would cross the network in the clear; use https, http only for this machine';
}
