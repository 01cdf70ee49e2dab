/** By name: no plan that can be read as a file has more of it, and nothing slower than linear is done with more. */
const most = {
  ...{ modules: 10_000, tiers: 10_000, gates: 10_000, streams: 10_000 },
  ...{ resources: 10_000, handoffs: 10_000, prerequisites: 1_000, models: 1_000 },
} as const;

/** Of all its needs, uses of resources and parts of tiers and gates together. */
const mostLinks = 200_000;

/**
 * What a plan from elsewhere has too much of; null where it is of a size that people are shown. It is asked
 * before anything else is done with the plan, whose form is not known then.
 */
export function planExcess(plan: unknown): string | null {
  for (const [name, bound] of Object.entries(most)) {
    if (listAt(plan, name).length > bound) return `its plan has over ${bound} ${name}`;
  }
  let links = 0;
  for (const { of, lists } of linked) {
    for (const each of listAt(plan, of)) {
      for (const name of lists) links += listAt(each, name).length;
      if (links > mostLinks) return `its plan has over ${mostLinks} dependencies`;
    }
  }
  return null;
}

/** What leads from one thing of a plan to others. */
const linked = [
  { of: 'modules', lists: ['needs', 'resources', 'checks', 'onExhausted'] },
  { of: 'tiers', lists: ['includes', 'modules', 'resources', 'checks'] },
  { of: 'gates', lists: ['requires', 'checks'] },
  { of: 'handoffs', lists: ['items'] },
] as const;

function listAt(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  const list = (value as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(list) ? list : [];
}
