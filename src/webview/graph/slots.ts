/**
 * Stands items in a row, in their order, each as near as it can be to where it is pulled: the
 * columns with the least sum of distances. An item that nothing pulls costs nothing anywhere.
 * There are at least as many columns as items.
 */
export function slots(pulls: readonly (number | null)[], columns: number): number[] {
  const items = pulls.length;
  // cost[i][c]: the least for the items from i on, with the first of them in column c or later.
  const cost: number[][] = Array.from({ length: items + 1 }, () => []);
  cost[items] = new Array<number>(columns + 1).fill(0);
  for (let i = items - 1; i >= 0; i--) {
    const here: number[] = new Array<number>(columns + 1).fill(Infinity);
    for (let column = columns - 1; column >= i; column--) {
      const stay = distance(pulls[i], column) + (cost[i + 1]?.[column + 1] ?? Infinity);
      here[column] = Math.min(stay, here[column + 1] ?? Infinity);
    }
    cost[i] = here;
  }
  const chosen: number[] = [];
  let column = 0;
  for (let i = 0; i < items; i++) {
    column = Math.max(column, i);
    // The leftmost of equally good columns.
    while ((cost[i]?.[column + 1] ?? Infinity) <= (cost[i]?.[column] ?? Infinity)) {
      const stay = distance(pulls[i], column) + (cost[i + 1]?.[column + 1] ?? Infinity);
      if (stay <= (cost[i]?.[column] ?? Infinity)) break;
      column++;
    }
    chosen.push(column++);
  }
  return chosen;
}

const distance = (pull: number | null | undefined, column: number): number =>
  pull === null || pull === undefined ? 0 : Math.abs(pull - column);
