/** At most `maxChars` of a text, never through the middle of a character; what was cut is told. */
export function bounded(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const kept = text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '');
  return `${kept}\n[cut here: ${text.length - kept.length} more characters]`;
}

/** The same of one line, with what was cut told within it. */
export function boundedLine(line: string, maxChars: number): string {
  if (line.length <= maxChars) return line;
  const kept = line.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '');
  return `${kept} [cut: ${line.length - kept.length} more characters]`;
}
