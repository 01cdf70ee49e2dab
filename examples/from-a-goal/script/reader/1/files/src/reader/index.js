const columns = ['date', 'category', 'amount', 'note'];

/** Rows of CSV text, each with the line on which it begins. */
export function readRows(text) {
  const [header, ...rows] = records(text);
  if (header === undefined || header.values.join() !== columns.join()) {
    throw new Error(`line 1: the header is not ${columns.join()}`);
  }
  return rows.map(({ line, values }) => {
    if (values.length !== columns.length) {
      throw new Error(`line ${line}: there are ${values.length} values, not ${columns.length}`);
    }
    return { line, ...Object.fromEntries(columns.map((name, at) => [name, values[at]])) };
  });
}

function records(text) {
  const found = [];
  let record = { line: 1, values: [] };
  let value = '';
  let line = 1;
  let quoted = false;
  const end = () => {
    record.values.push(value);
    value = '';
  };
  const next = () => {
    end();
    if (record.values.join('') !== '' || record.values.length > 1) found.push(record);
    record = { line, values: [] };
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') value += char;
      else if (text[at + 1] === '"') value += text[++at];
      else quoted = false;
    } else if (char === '"' && value === '') quoted = true;
    else if (char === ',') end();
    else if (char === '\n') next();
    else if (char !== '\r') value += char;
  }
  if (quoted) throw new Error(`line ${record.line}: a quote is never closed`);
  next();
  return found;
}
