import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { readYaml } from '../../engine/plan/yaml-text.ts';

/** What plans give names to, and use them for. */
export type NamedKind = 'module' | 'tier' | 'gate' | 'stream' | 'resource';

/** A name where it is given or used: offsets in the text, without quotes and prefixes. */
export interface NamedPlace {
  readonly kind: NamedKind;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A name where it is given; `end`: of all that is said of it there. */
export interface NamedSection extends NamedPlace {
  readonly end: number;
}

/** All names of a plan's text: in the order of the text, and nothing while it does not parse. */
export interface PlanOutline {
  readonly given: readonly NamedSection[];
  readonly used: readonly NamedPlace[];
}

const sections: Readonly<Record<string, NamedKind>> = {
  modules: 'module',
  tiers: 'tier',
  gates: 'gate',
  streams: 'stream',
  resources: 'resource',
};
const kinds: readonly NamedKind[] = ['module', 'tier', 'gate', 'stream'];

type Path = readonly (string | number)[];

export function planOutline(text: string): PlanOutline {
  const given: NamedSection[] = [];
  const found: { path: Path; from: number; to: number; name: string }[] = [];
  const visit = (node: ParsedNode | null, path: Path): void => {
    if (isSeq(node)) node.items.forEach((item, at) => visit(item, [...path, at]));
    else if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key) || typeof key.value !== 'string') continue;
        const [from, to] = inside(text, key.range, key.value);
        const kind = path.length === 1 ? sections[String(path[0])] : undefined;
        const end = value === null ? to : value.range[1];
        if (kind !== undefined) given.push({ kind, name: key.value, from, to, end });
        // `resources: { gpu: 2 }` of a module is a use too.
        else if (path.length > 1 && path.at(-1) === 'resources')
          found.push({ path: [...path, 0], from, to, name: key.value });
        visit(value, [...path, key.value]);
      }
    } else if (isScalar(node) && typeof node.value === 'string') {
      const [from, to] = inside(text, node.range, node.value);
      found.push({ path, from, to, name: node.value });
    }
  };
  visit(readYaml(text).root, []);
  const isGiven = (kind: NamedKind, name: string): boolean =>
    given.some((each) => each.kind === kind && each.name === name);
  const used = found.flatMap(({ path, from, to, name }): NamedPlace[] => {
    const wanted = kindAt(path);
    if (wanted === null) return [];
    if (wanted !== 'node') return [{ kind: wanted, name, from, to }];
    const [prefix, rest] = name.includes(':') ? name.split(':', 2) : ['', name];
    const kind =
      kinds.find((each) => each === prefix) ??
      kinds.find((each) => isGiven(each, name)) ??
      'module';
    const bare = rest ?? name;
    return [{ kind, name: bare, from: to - bare.length, to }];
  });
  return { given, used: used.sort((a, b) => a.from - b.from) };
}

/** A scalar without its quotes. */
function inside(text: string, range: readonly number[], value: string): [number, number] {
  const [start = 0, end = 0] = range;
  const at = text.slice(start, end).indexOf(value);
  return at === -1 ? [start, end] : [start + at, start + at + value.length];
}

/** What name is looked for at a place of a plan; `node`: of anything that can be waited for. */
function kindAt(path: Path): NamedKind | 'node' | null {
  const shape = path.map((step, depth) =>
    typeof step === 'number' ? '#' : depth === 1 ? '*' : step,
  );
  switch (shape.join('/')) {
    case 'modules/*/stream':
      return 'stream';
    case 'modules/*/needs/#':
    case 'modules/*/needs/#/module':
    case 'gates/*/requires/#':
      return 'node';
    case 'tiers/*/modules/#':
    case 'handoffs/#/from':
    case 'handoffs/#/to':
      return 'module';
    case 'tiers/*/includes/#':
      return 'tier';
    default: {
      const last = shape.slice(-2).join('/');
      if (last === 'resources/#') return 'resource';
      return shape[0] === 'tiers' && last === 'between/#' ? 'module' : null;
    }
  }
}

/** The name at an offset, where it is given or used; null at anything else. */
export function nameAt({ given, used }: PlanOutline, offset: number): NamedPlace | null {
  return [...given, ...used].find(({ from, to }) => from <= offset && offset <= to) ?? null;
}

/** Wherever a name stands: where it is given first. */
export function placesOf(
  { given, used }: PlanOutline,
  { kind, name }: Pick<NamedPlace, 'kind' | 'name'>,
): NamedPlace[] {
  return [...given, ...used].filter((each) => each.kind === kind && each.name === name);
}
