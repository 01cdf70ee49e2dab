/** Months with their sums in whole cents. */
export function byMonth(rows) {
  const months = new Map();
  for (const { line, date, category, amount } of rows) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error(`line ${line}: ${date} is no date`);
    if (category === '') throw new Error(`line ${line}: there is no category`);
    if (!/^-?\d+\.\d{2}$/.test(amount)) throw new Error(`line ${line}: ${amount} is no amount`);
    const month = date.slice(0, 7);
    const sums = months.get(month) ?? new Map();
    sums.set(category, (sums.get(category) ?? 0) + Number(amount.replace('.', '')));
    months.set(month, sums);
  }
  return [...months].sort(byName).map(([month, sums]) => {
    const categories = [...sums].sort(byName).map(([name, cents]) => ({ name, cents }));
    return { month, total: categories.reduce((sum, { cents }) => sum + cents, 0), categories };
  });
}

const byName = ([a], [b]) => (a < b ? -1 : 1);
