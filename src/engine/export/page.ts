import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RunEvent } from '../../core/events.ts';
import { eventsId, markId, type ExportMark } from '../../core/export/export-file.ts';
import type { PageParts } from './page-parts.ts';

/** Larger runs are packed; a smaller one can be read in the file by whoever wants to know what is in it. */
const mostPlainBytes = 256 * 1024;

/**
 * One page that holds the run, the board and nothing that leads outside: the policy lets no address be
 * asked, and no script run but the one whose hash it names. What is data is in elements that nothing
 * executes. React Flow places its nodes by `style` attributes, which is why those are allowed.
 */
export function exportPage(
  mark: Omit<ExportMark, 'encoding' | 'events'>,
  artifact: string,
  events: readonly RunEvent[],
  parts: PageParts,
): string {
  const json = inert(JSON.stringify(events));
  const packed = Buffer.byteLength(json) > mostPlainBytes;
  const whole: ExportMark = {
    ...mark,
    ...{ events: events.length, encoding: packed ? 'gzip' : 'json' },
  };
  const data = packed ? gzipSync(json, { level: 9 }).toString('base64') : json;
  const script = withoutMarkup(parts.script.trim());
  const style = parts.style.trim().replace(/<\/style/gi, '<\\/style');
  const policy = [
    `default-src 'none'`,
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    `style-src 'unsafe-inline'`,
    'font-src data:',
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${escaped(mark.product)}">
<title>${escaped(`${artifact}: run ${mark.run}`)}</title>
<style>${style}</style>
</head>
<body>
<div id="root" data-surface="board"></div>
<noscript>This page shows a run of Ashlar, and needs JavaScript to draw it. Nothing is loaded from elsewhere.</noscript>
<script type="application/json" id="${markId}">${inert(JSON.stringify(whole))}</script>
<script type="application/json" id="${eventsId}">${data}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** JSON in which no tag can begin or end, and which old scripts would read as the same. */
const inert = (json: string): string =>
  json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** In our script these can only stand in texts and patterns, where the escape means the same. */
const withoutMarkup = (script: string): string => script.replace(/<(?=!--|\/?script)/gi, '\\x3c');

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (each) => entities[each] ?? each);
