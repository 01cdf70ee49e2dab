/** East Asian wide and fullwidth letters and most emoji take two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Accents and joiners stand on the letter before them. */
const narrow = /\p{Mn}|\p{Me}|\u200d|\ufe0f|\u200b/u;

function columnsOf(character: string): number {
  if (character < '\u0300') return 1;
  if (narrow.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** At most `columns` wide, with an ellipsis where something was cut off. */
export function fitText(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (textWidth(text) <= columns) return text;
  let [kept, width] = ['', 0];
  for (const character of text) {
    const next = columnsOf(character);
    if (width + next > columns - 1) break;
    kept += character;
    width += next;
  }
  return `${kept}…`;
}

/** Padded on the right to `columns`. */
export function padText(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** Parts in as many lines as they need, broken between them; a part that is too wide is cut. */
export function wrapParts(parts: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const joined = line === '' ? part : `${line}${separator}${part}`;
    if (line !== '' && textWidth(joined) > columns) {
      lines.push(line);
      line = part;
    } else line = joined;
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => fitText(each, columns));
}

/** A command over several lines, so that it can still be copied to a shell as it is. */
export function wrapCommand(command: string, indent: string, columns: number): string[] {
  const room = Math.max(20, columns - indent.length - 2);
  const lines: string[] = [];
  let line = '';
  for (const word of command.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(joined) > room) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = joined;
  }
  return [...lines, line].map((each) => indent + each);
}
