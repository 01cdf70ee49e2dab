import { readFile } from 'node:fs/promises';

/** The board as one script and one style sheet. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** `dist/export`, as it lies from `dist/cli` and `dist/engine`, from their chunks, and from the source. */
const places = ['../export/', '../../export/', '../../../dist/export/'];

/** Reads what the build made for exported pages; null where it was not built. */
export async function pageParts(): Promise<PageParts | null> {
  for (const place of places) {
    const folder = new URL(place, import.meta.url);
    const read = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');
    try {
      const [script, style] = await Promise.all([read('export.js'), read('export.css')]);
      return { script, style };
    } catch {
      continue;
    }
  }
  return null;
}
