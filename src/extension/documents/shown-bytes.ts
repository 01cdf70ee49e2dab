const maxBytes = 4 * 1024 ** 2;
/** As git and editors tell text from the rest. */
const sniffedBytes = 8_000;

/** What a document shows of a file: its bytes, or a line that says why it does not. */
export function shownBytes(content: Uint8Array | null, isLink: boolean): Uint8Array {
  if (content === null) return Buffer.from('This file is not there.\n');
  if (isLink) return Buffer.from(`A link to ${Buffer.from(content).toString('utf8')}\n`);
  if (content.subarray(0, sniffedBytes).includes(0)) {
    return Buffer.from(`A binary file of ${content.length} bytes.\n`);
  }
  if (content.length > maxBytes) {
    return Buffer.from(`A file of ${content.length} bytes, which is too large to be shown.\n`);
  }
  return content;
}
