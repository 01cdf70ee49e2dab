import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All plain files in a folder and below. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
