import { t } from '../../core/language.ts';

const maxBytes = 4 * 1024 ** 2;
/** As git and editors tell text from the rest. */
const sniffedBytes = 8_000;

/** What a document shows of a file: its bytes, or a line that says why it does not. */
export function shownBytes(content: Uint8Array | null, isLink: boolean): Uint8Array {
  if (content === null) return line(t('This file is not there.'));
  if (isLink) return line(t('A link to {0}', Buffer.from(content).toString('utf8')));
  if (content.subarray(0, sniffedBytes).includes(0)) {
    return line(t('A binary file of {0} bytes.', content.length));
  }
  if (content.length > maxBytes) {
    return line(t('A file of {0} bytes, which is too large to be shown.', content.length));
  }
  return content;
}

const line = (text: string): Uint8Array => Buffer.from(`${text}\n`);
