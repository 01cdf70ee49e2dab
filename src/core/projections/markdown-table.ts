/** A Markdown table; cells are escaped already. Numbers stand to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const rule = header.map((_, column) =>
    rows.length > 0 && rows.every((row) => typeof row[column] === 'number') ? '---:' : '---',
  );
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(rule), ...rows.map(line)];
}
