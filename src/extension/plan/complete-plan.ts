import { t } from '../../core/language.ts';
import { describedSchema, unfold, type JsonSchema } from '../../core/plan/json-schema.ts';
import { planNames, type PlanNames } from './plan-names.ts';
import { keysOf, placeAt, type Place } from './yaml-place.ts';

/** Something that may be written at a place of a plan. */
export interface Suggestion {
  readonly label: string;
  /** What is inserted: a snippet in the editor's syntax where `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly kind: 'key' | 'value' | 'reference' | 'file' | 'folder';
  readonly detail: string;
  readonly about: string;
}

export interface Suggestions {
  /** How many characters before the cursor are replaced. */
  readonly typed: number;
  readonly items: readonly Suggestion[];
}

type Path = readonly (string | number)[];

let schema: JsonSchema | null = null;
const planSchema = (): JsonSchema => (schema ??= describedSchema());

/**
 * What fits at a place of a plan that is being written: the language's keys and words, the names
 * that the plan gives, and paths of its folder. `files` are root-relative.
 */
export function completePlan(text: string, offset: number, files: readonly string[]): Suggestions {
  const place = placeAt(text, offset);
  if (place === null) return { typed: 0, items: [] };
  const nodes = nodesAt(place.path);
  const lead = place.needsSpace ? ' ' : '';
  const keys = place.at === 'value' ? [] : keysOfPlace(nodes, place);
  const values = place.at === 'key' ? [] : valuesAt(place, nodes, text, files);
  const items = [...keys, ...values].map((item) => ({ ...item, insert: `${lead}${item.insert}` }));
  return { typed: place.typed.length, items };
}

/** What a key or a word of the language means that stands at an offset; null where none does. */
export function describePlan(
  text: string,
  offset: number,
): { readonly from: number; readonly to: number; readonly about: string } | null {
  const key = keysOf(text).find(({ from, to }) => from <= offset && offset <= to);
  if (key === undefined) return null;
  const nodes = nodesAt(key.path);
  const about = nodes.find(({ description }) => description !== undefined)?.description;
  if (about === undefined) return null;
  return { from: key.from, to: key.to, about: `${about}.\n\n${factsOf(nodes)}`.trim() };
}

function nodesAt(path: Path): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (nodes, step) => nodes.flatMap((node) => inner(node, step)),
    unfold(planSchema()),
  );
}

function inner(node: JsonSchema, step: string | number): readonly JsonSchema[] {
  if (typeof step === 'number') return node.items === undefined ? [] : unfold(node.items);
  const properties = node.properties ?? {};
  const field = Object.hasOwn(properties, step) ? properties[step] : node.additionalProperties;
  return field === undefined || field === false ? [] : unfold(field);
}

function keysOfPlace(nodes: readonly JsonSchema[], place: Place): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const { properties = {}, required = [] } of nodes) {
    for (const [key, field] of Object.entries(properties)) {
      if (found.has(key) || place.taken.includes(key)) continue;
      const opens = unfold(field);
      const scalar = opens.some(
        ({ type, enum: words }) => /^(?!object|array)/.test(type ?? '') || words !== undefined,
      );
      const isMapping = !scalar && opens.some(({ type }) => type === 'object');
      found.set(key, {
        label: key,
        insert: isMapping && place.at !== 'key' ? `${key}:\n  $0` : `${key}: $0`,
        isSnippet: true,
        kind: 'key',
        detail: required.includes(key) ? 'required' : '',
        about: [field.description ?? '', factsOf(opens)].filter((part) => part !== '').join('\n\n'),
      });
    }
  }
  return [...found.values()];
}

function factsOf(nodes: readonly JsonSchema[]): string {
  const words = nodes.flatMap(
    ({ enum: all, const: one }) => all ?? (one === undefined ? [] : [one]),
  );
  const fallback = nodes.find(
    (node) => node.default !== undefined || node.defaultText !== undefined,
  );
  const value = fallback?.defaultText ?? JSON.stringify(fallback?.default);
  return [
    words.length > 0 ? t('One of {0}.', words.map((word) => `\`${String(word)}\``).join(', ')) : '',
    fallback === undefined || value.length > 60 ? '' : t('Where it is left out: {0}.', value),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function valuesAt(
  { path, typed }: Place,
  nodes: readonly JsonSchema[],
  text: string,
  files: readonly string[],
): Suggestion[] {
  const plain = (label: string, kind: Suggestion['kind'], detail = ''): Suggestion => ({
    ...{ label, insert: label, isSnippet: false, kind, detail, about: '' },
  });
  const words = nodes.flatMap((node) => [
    ...(node.enum ?? (node.const === undefined ? [] : [node.const])),
    ...(node.type === 'boolean' ? [true, false] : []),
  ]);
  const references = referencesAt(path, planNames(text));
  const paths = wantsPath(path) ? nextPaths(files, typed) : [];
  return [
    ...[...new Set(words.map(String))].map((word) => plain(word, 'value')),
    // What is being typed can itself be the only place that gives a name.
    ...references
      .filter(({ name }) => name !== typed)
      .map(({ name, kind }) => plain(name, 'reference', kind)),
    ...paths.map((each) => plain(each, each.endsWith('/') ? 'folder' : 'file')),
  ];
}

interface Reference {
  readonly name: string;
  readonly kind: string;
}

/** The names that are looked for at a place; none where no name is. */
function referencesAt(path: Path, names: PlanNames): Reference[] {
  const as = (kind: string, list: readonly string[], prefix = ''): Reference[] =>
    list.map((name) => ({ name: `${prefix}${name}`, kind }));
  const modules = as('module', names.modules);
  const nodes = [
    ...modules,
    ...as('tier', names.tiers, 'tier:'),
    ...as('stream', names.streams, 'stream:'),
    ...as('gate', names.gates, 'gate:'),
  ];
  const shape = path.map((step, depth) =>
    typeof step === 'number' ? '#' : depth === 1 ? '*' : step,
  );
  const [section, name] = path;
  const except = (self: unknown, list: Reference[]): Reference[] =>
    list.filter((each) => each.name !== self);
  switch (shape.join('/')) {
    case 'modules/*/stream':
      return as('stream', names.streams);
    case 'modules/*/needs/#':
    case 'modules/*/needs/#/module':
      return except(name, nodes);
    case 'gates/*/requires/#':
      return except(`gate:${String(name)}`, nodes);
    case 'tiers/*/modules/#':
      return modules;
    case 'tiers/*/includes/#':
      return except(name, as('tier', names.tiers));
    case 'handoffs/#/from':
    case 'handoffs/#/to':
      return modules;
    case 'pools/*/agent':
      return [{ name: 'scripted', kind: 'provider' }];
    default:
      if (shape.slice(-2).join('/') === 'resources/#') return as('resource', names.resources);
      return section === 'tiers' && shape.slice(-2).join('/') === 'between/#' ? modules : [];
  }
}

const pathFields = new Set([
  'sourceOfTruth',
  'inputs',
  'provides',
  'owns',
  'tests',
  'stub',
  'file',
]);

function wantsPath(path: Path): boolean {
  const field = path.findLast((step) => typeof step === 'string');
  return field !== undefined && pathFields.has(field) && path.length >= 2;
}

/** One step further down: files and folders whose path begins with what is typed. */
function nextPaths(files: readonly string[], typed: string): string[] {
  const next = new Set<string>();
  for (const file of files) {
    if (!file.startsWith(typed)) continue;
    const slash = file.indexOf('/', typed.length);
    next.add(slash === -1 ? file : file.slice(0, slash + 1));
  }
  return [...next].sort().slice(0, 200);
}
