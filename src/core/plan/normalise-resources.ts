import { isName, resourceId, type ModuleId } from '../ids.ts';
import { didYouMean } from './closest.ts';
import { issue, type IssuePath } from './issue.ts';
import { phrase, phrases } from '../phrase.ts';
import type { Names } from './names.ts';
import type { ResourcePlan, ResourceUse } from './plan.ts';
import { toCount } from './schema-fields.ts';

/** What a file says of the resources that something holds: names, or units by name. */
export type ResourceUsesFile = readonly string[] | Readonly<Record<string, number | string>>;

/** Uses in the order of the file; what is unknown, beyond capacity or said twice is left out. */
export function normaliseUses(
  uses: ResourceUsesFile | undefined,
  path: IssuePath,
  names: Names,
): ResourceUse[] {
  const seen = new Set<string>();
  const entries: readonly (readonly [string, number, string | number])[] = isList(uses)
    ? uses.map((name, index) => [name, 1, index])
    : Object.entries(uses ?? {}).map(([name, amount]) => [name, toCount(amount), name]);
  return entries.flatMap(([name, amount, step]) => {
    const at = [...path, step];
    const capacity = names.resources.get(name);
    if (capacity === undefined) {
      const fix = didYouMean(
        name,
        names.resources.keys(),
        phrase('Declare it in "resources" of the plan.'),
      );
      names.issues.push(issue('unknown-name', at, phrase('there is no resource "{0}"', name), fix));
      return [];
    }
    if (amount > capacity) {
      const message = phrases(
        capacity,
        '{1} of "{2}" are wanted, and there is {0}',
        '{1} of "{2}" are wanted, and there are {0}',
        amount,
        name,
      );
      const fix = phrase('Want less, or raise what there is in "resources" of the plan.');
      names.issues.push(issue('invalid-value', at, message, fix));
      return [];
    }
    if (seen.has(name)) {
      const fix = phrase('Write "{0}: 2" in a mapping for two units of it.', name);
      names.issues.push(issue('invalid-value', at, phrase('"{0}" stands here twice', name), fix));
      return [];
    }
    seen.add(name);
    return [{ resource: resourceId(name), amount }];
  });
}

/** The resources that a file declares, by name; a name that cannot be used is reported. */
export function declareResources(
  resources: Readonly<Record<string, number | string>>,
  names: Pick<Names, 'issues'>,
): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(resources).flatMap(([name, capacity]): [string, number][] => {
      if (isName(name)) return [[name, toCount(capacity)]];
      const message = phrase('"{0}" is a device on Windows', name);
      names.issues.push(
        issue('invalid-name', ['resources', name], message, phrase('Choose another name.')),
      );
      return [];
    }),
  );
}

/** Two modules that are never at work at once. */
export interface Exclusion {
  readonly a: ModuleId;
  readonly b: ModuleId;
}

/** A resource of one unit for each pair, which both hold; its name is new to the plan. */
export function exclusionResources(
  pairs: readonly Exclusion[],
  taken: Iterable<string>,
): readonly { readonly pair: Exclusion; readonly resource: ResourcePlan }[] {
  const used = new Set(taken);
  return pairs.map((pair) => {
    const name = freeName(pair, used);
    used.add(name);
    return { pair, resource: { id: resourceId(name), capacity: 1 } };
  });
}

const maxNameLength = 40;

/** `<a>-<b>`, each shortened to what there is room for, and numbered where that is taken. */
function freeName({ a, b }: Exclusion, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const tail = number === 1 ? '' : `-${number}`;
    const room = maxNameLength - 1 - tail.length;
    const [first, second] = share(a, b, room);
    const name = `${first}-${second}${tail}`;
    if (!used.has(name)) return name;
  }
}

/** What the shorter one leaves of the room goes to the longer one. */
function share(a: string, b: string, room: number): [string, string] {
  const half = Math.floor(room / 2);
  const first = a.slice(0, Math.max(half, room - b.length));
  return [first, b.slice(0, room - first.length)];
}

const isList = (uses: ResourceUsesFile | undefined): uses is readonly string[] =>
  Array.isArray(uses);
