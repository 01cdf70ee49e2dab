import { createHash } from 'node:crypto';

/** The kind of object ids of a repository: 40 or 64 hex digits. */
export type ObjectFormat = 'sha1' | 'sha256';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** The id that git gives an object of this type and content. */
export function objectId(format: ObjectFormat, type: ObjectType, content: Uint8Array): string {
  return createHash(format).update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/** True for a full object id of that format. */
export function isObjectId(format: ObjectFormat, text: string): boolean {
  return /^[0-9a-f]+$/.test(text) && text.length === (format === 'sha1' ? 40 : 64);
}
