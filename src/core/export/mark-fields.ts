import { exportFormat, type ExportMark } from './export-file.ts';
import { exactly, flag, Misfit, number, objectOf, told, word } from './field.ts';
import { count, run } from './id-fields.ts';
import { openOutlet } from './outlets.ts';

const mark = objectOf<ExportMark>({
  ashlarExport: exactly(exportFormat),
  run,
  madeAt: number,
  product: told,
  inProgress: flag,
  driven: flag,
  leftOut: word({ texts: true, 'texts-but-evidence': true }),
  events: count,
  encoding: word({ json: true, gzip: true }),
});

export type MarkRead =
  | { readonly ok: true; readonly mark: ExportMark }
  | { readonly ok: false; readonly newer: number | null; readonly what: string };

/** Reads what an exported page says of itself, which may be any page's. */
export function readMark(value: unknown): MarkRead {
  const format =
    typeof value === 'object' && value !== null && 'ashlarExport' in value
      ? value.ashlarExport
      : null;
  if (typeof format === 'number' && format > exportFormat) {
    return { ok: false, newer: format, what: '' };
  }
  try {
    return { ok: true, mark: mark(value, openOutlet) };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, newer: null, what: error.message };
  }
}
