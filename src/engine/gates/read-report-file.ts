import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** A report has a few hundred bytes a test; more than this is no report. */
const maxBytes = 64 * 1024 * 1024;

export type ReportText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * Reads a file that a child may have replaced: by a link (not followed), a pipe (not waited for) or
 * something without end.
 */
export async function readReportFile(path: string): Promise<ReportText> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return { ok: false, reason: 'it was not written' };
  }
  try {
    const found = await file.stat();
    if (!found.isFile()) return { ok: false, reason: 'it is no plain file' };
    if (found.size > maxBytes) return { ok: false, reason: `it is larger than ${maxBytes} bytes` };
    return { ok: true, text: await file.readFile('utf8') };
  } finally {
    await file.close();
  }
}
