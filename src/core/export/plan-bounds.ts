/** By name: no plan that can be read as a file has more of it, and nothing slower than linear is done with more. */
const most = {
  ...{ modules: 10_000, tiers: 10_000, gates: 10_000, streams: 10_000 },
  ...{ resources: 10_000, handoffs: 10_000, prerequisites: 1_000, models: 1_000 },
} as const;

/** Of all its needs, uses of resources and parts of tiers and gates together. */
const mostLinks = 200_000;

/** Of what is as many as the product of two of these: a plan of few bytes could ask for years of work. */
const mostPairs = 1_000_000;

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
  const users = ['modules', 'tiers', 'gates'].map((name) => listAt(plan, name).length);
  const all = users.reduce((sum, count) => sum + count, 0);
  if (all * listAt(plan, 'resources').length > mostPairs) {
    return `its plan has over ${mostPairs} pairs of a module, tier or gate and a resource`;
  }
  if (holdsMoreThan(plan, mostPairs)) {
    return `its plan has over ${mostPairs} dependencies, counted by the modules in what is depended on`;
  }
  return null;
}

/** Whether modules need more than so many, where a stream, tier or gate is each that it holds. */
function holdsMoreThan(plan: unknown, most: number): boolean {
  const members = membersOf(plan);
  const sizes = new Map<string, number>();
  let count = 0;
  for (const module of listAt(plan, 'modules')) {
    for (const need of listAt(module, 'needs')) {
      const on = textAt(need, 'on');
      let size = sizes.get(on);
      if (size === undefined) {
        const seen = new Set([on]);
        for (const ref of seen) {
          const below = members.get(ref) ?? [];
          // Finding them is work, too, also where they are the same.
          count += below.length;
          if (count > most) return true;
          for (const each of below) seen.add(each);
        }
        size = seen.size;
        sizes.set(on, size);
      }
      count += size;
      if (count > most) return true;
    }
  }
  return false;
}

/** What streams, tiers and gates are made of, by reference. */
function membersOf(plan: unknown): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  const add = (to: string, refs: readonly string[]): void => {
    const known = members.get(to);
    if (known === undefined) members.set(to, [...refs]);
    else for (const ref of refs) known.push(ref);
  };
  for (const tier of listAt(plan, 'tiers')) {
    add(`tier:${textAt(tier, 'id')}`, [
      ...textsAt(tier, 'modules').map((id) => `module:${id}`),
      ...textsAt(tier, 'includes').map((id) => `tier:${id}`),
    ]);
  }
  for (const gate of listAt(plan, 'gates')) {
    add(`gate:${textAt(gate, 'id')}`, textsAt(gate, 'requires'));
  }
  for (const module of listAt(plan, 'modules')) {
    add(`stream:${textAt(module, 'stream')}`, [`module:${textAt(module, 'id')}`]);
  }
  return members;
}

/** What leads from one thing of a plan to others. */
const linked = [
  { of: 'modules', lists: ['needs', 'resources', 'checks', 'onExhausted'] },
  { of: 'tiers', lists: ['includes', 'modules', 'resources', 'checks'] },
  { of: 'gates', lists: ['requires', 'checks'] },
  { of: 'handoffs', lists: ['items'] },
] as const;

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = fieldAt(value, name);
  return Array.isArray(list) ? list : [];
}

const textsAt = (value: unknown, name: string): readonly string[] =>
  listAt(value, name).filter((each) => typeof each === 'string');

function textAt(value: unknown, name: string): string {
  const text = fieldAt(value, name);
  return typeof text === 'string' ? text : '';
}

function fieldAt(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
