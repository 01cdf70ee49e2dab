import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { RunEvent } from '../../core/events.ts';
import { eventsId, markId, type ExportMark } from '../../core/export/export-file.ts';
import { readMark } from '../../core/export/mark-fields.ts';
import { upcastEvent } from '../../core/upcast.ts';
import { errorCode } from '../journal/durable.ts';
import { countJson } from './count-json.ts';

export type PageRead =
  | { readonly ok: true; readonly mark: ExportMark; readonly events: readonly RunEvent[] }
  /** The message goes on where the file's name ends. */
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Real events take far more than eight bytes a value: nothing that fits the bound of bytes has more. */
const mostValues = 8_000_000;

const no = (code: string, message: string): PageRead => ({ ok: false, code, message });

/** Finds the run in an exported page. Nothing of the page is executed; its data may be anything. */
export async function readPage(
  page: string,
  mostBytes: number,
  mostEvents: number,
): Promise<PageRead> {
  const told = dataOf(page, markId);
  const data = dataOf(page, eventsId);
  if (told === null || data === null) {
    return no(
      'no-export',
      'is no page that Ashlar has exported; open such a page, or a journal.jsonl',
    );
  }
  const read = readMark(jsonOf(told));
  if (!read.ok) {
    return read.newer === null
      ? no(
          'mark-unfit',
          `was changed after it was exported (${read.what}); ask for the export again`,
        )
      : no(
          'newer',
          `has format ${read.newer}, which is newer than this version of Ashlar; update Ashlar, or open the page in a browser`,
        );
  }
  const json = read.mark.encoding === 'gzip' ? await unpacked(data, mostBytes) : data;
  if (json === tooLarge || (json !== null && json.length > mostBytes)) {
    return no(
      'too-large',
      `holds more than can be shown here (${mostBytes / 1024 ** 2} MB); open it in a browser`,
    );
  }
  // Counted in the text: a small page may hold more empty objects than the memory does.
  const counts = countJson(json ?? '', mostValues);
  if (counts.items > mostEvents)
    return no('too-many', `holds over ${mostEvents} events; open it in a browser`);
  if (counts.values > mostValues) {
    return no(
      'too-many',
      `holds over ${mostValues} values, which no run does; ask for the export again`,
    );
  }
  const events = json === null ? null : jsonOf(json);
  if (!Array.isArray(events) || !events.every(isEvent)) {
    return no('events-unfit', 'was cut or changed after it was exported; ask for the export again');
  }
  return { ok: true, mark: read.mark, events: events.map((event) => upcastEvent(event)) };
}

function dataOf(page: string, id: string): string | null {
  const opening = `<script type="application/json" id="${id}">`;
  const from = page.indexOf(opening);
  const to = page.indexOf('</script>', from);
  return from === -1 || to === -1 ? null : page.slice(from + opening.length, to);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const tooLarge = Symbol('larger than what can be held');

/** null where it is not packed. */
async function unpacked(
  base64: string,
  maxOutputLength: number,
): Promise<string | typeof tooLarge | null> {
  try {
    const bytes = await promisify(gunzip)(Buffer.from(base64, 'base64'), { maxOutputLength });
    return bytes.toString('utf8');
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : null;
  }
}

const isEvent = (value: unknown): value is RunEvent =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
