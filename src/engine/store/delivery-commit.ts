import type { ModuleId, RunId } from '../../core/ids.ts';
import { quietText } from '../../core/projections/forge-text.ts';

/** What a delivered commit says of itself in its last paragraph; nobody else writes there. */
export interface DeliveryTrailers {
  readonly run: RunId;
  /** Null for the commit that holds what the run started from. */
  readonly module: ModuleId | null;
  /** The sealed tree that the commit lays down. */
  readonly tree: string;
}

const maxTitle = 100;
const maxSummary = 4_000;

/**
 * The message of a delivered commit. Title and summary are an agent's: they are cut, and no forge that it is
 * pushed to closes an issue or tells anybody of it.
 */
export function formatMessage(title: string, summary: string, trailers: DeliveryTrailers): string {
  const plain = (text: string) => quietText(text.replace(/[^\P{Cc}\n]/gu, ' ')).trim();
  const paragraphs = [
    plain(title).replace(/\s+/g, ' ').slice(0, maxTitle) || 'A sealed module',
    plain(summary).slice(0, maxSummary).trim(),
    [
      `Ashlar-Run: ${trailers.run}`,
      `Ashlar-Module: ${trailers.module ?? '-'}`,
      `Ashlar-Tree: ${trailers.tree}`,
    ].join('\n'),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

/** Reads them back from a message; null where the commit is not one of ours. */
export function readTrailers(
  message: string,
): { readonly run: string; readonly module: string; readonly tree: string } | null {
  const last = message.trim().split('\n\n').at(-1) ?? '';
  const fit = /^Ashlar-Run: (\S+)\nAshlar-Module: (\S+)\nAshlar-Tree: ([0-9a-f]+)$/.exec(last);
  if (fit === null) return null;
  const [, run = '', module = '', tree = ''] = fit;
  return { run, module, tree };
}
