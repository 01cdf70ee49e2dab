import type { RunId } from '../ids.ts';

/** What an exported page says of itself, beside the events. */
export interface ExportMark {
  readonly ashlarExport: typeof exportFormat;
  readonly run: RunId;
  /** UTC milliseconds. */
  readonly madeAt: number;
  /** What wrote it: `Ashlar 0.1.0`. */
  readonly product: string;
  /** Not over when it was exported: the page shows the run as it was then. */
  readonly inProgress: boolean;
  /** Whether somebody drove it then. */
  readonly driven: boolean;
  readonly leftOut: 'texts' | 'texts-but-evidence';
  readonly events: number;
  /** `json`: a list of events, its `<` escaped; `gzip`: the same, compressed, in base64. */
  readonly encoding: 'json' | 'gzip';
}

/** Raised when readers of before would take a page for something else than it is. */
export const exportFormat = 1;

/** The elements of the page that hold both; what reads an export finds them by these. */
export const markId = 'ashlar-export';
export const eventsId = 'ashlar-events';
