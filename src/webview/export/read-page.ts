import type { RunEvent } from '../../core/events.ts';
import { eventsId, markId, type ExportMark } from '../../core/export/export-file.ts';

/** What an exported page holds. */
export interface ExportedPage {
  readonly mark: ExportMark;
  readonly events: readonly RunEvent[];
}

/** Reads what was written into the page beside its code. Throws, in words for people, where it cannot. */
export async function readPage(page: Document): Promise<ExportedPage> {
  const mark = JSON.parse(textOf(page, markId)) as ExportMark;
  const text = textOf(page, eventsId);
  const json = mark.encoding === 'gzip' ? await inflated(text) : text;
  return { mark, events: JSON.parse(json) as readonly RunEvent[] };
}

function textOf(page: Document, id: string): string {
  const text = page.getElementById(id)?.textContent;
  if (text === undefined) {
    throw new Error('This page is not whole: the run is missing in it. Export the run again.');
  }
  return text;
}

async function inflated(base64: string): Promise<string> {
  if (!('DecompressionStream' in globalThis)) {
    throw new Error('This browser is too old to unpack the run in this page. Take a newer one.');
  }
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream).text();
}
