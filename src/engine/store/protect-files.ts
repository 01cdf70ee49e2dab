import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Takes the right to write from every file below a folder of our own making; links stay as they are. */
export function protectFiles(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) protectFiles(path);
    else if (entry.isFile()) chmodSync(path, 0o444);
  }
}
