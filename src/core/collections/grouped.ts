/** What belongs to each key, in the order in which it came. */
export function grouped<K, V>(all: Iterable<V>, keyOf: (each: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
