const width = 24;

/** Months as a table of text. */
export const reportOf = (months) =>
  months
    .map(({ month, total, categories }) =>
      [line(month, total), ...categories.map(({ name, cents }) => line(`  ${name}`, cents))].join(
        '',
      ),
    )
    .join('\n');

function line(label, cents) {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const amount = `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return `${label} ${amount.padStart(width - label.length - 1)}\n`;
}
