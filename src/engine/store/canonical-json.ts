import { createHash } from 'node:crypto';
import { digest, type Digest } from '../../core/ids.ts';

/**
 * The one spelling of a JSON value: keys sorted by code point, no white space, members that are
 * undefined left out. Throws a `TypeError` for what JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON cannot hold a ${typeof value}`);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const texts = members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${texts.join(',')}}`;
}

/** SHA-256 of the bytes, whatever the store's own ids are. */
export function sha256(bytes: Uint8Array): Digest {
  return digest(createHash('sha256').update(bytes).digest('hex'));
}
