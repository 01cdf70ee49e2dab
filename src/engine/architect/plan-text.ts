import {
  Document,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { oneLine } from '../../core/projections/safe-text.ts';
import { isRecord } from '../../core/is-record.ts';

type Data = Readonly<Record<string, unknown>>;

const columns = 100;
/** A list or mapping that fits into this stands on one line. */
const maxFlow = 84;
/** Longer texts are never on one line with others. */
const maxInFlow = 76;

/** The order in which people read a plan, with what each part is for. */
const sections: Readonly<Record<string, string | null>> = {
  ashlar: null,
  artifact: null,
  preconditions: 'why it pays to build this side by side',
  environment: 'set-up of what checks and builders need',
  prerequisites: 'must all pass before anything starts',
  pools: 'how many agents work at once, and what makes them',
  budget: 'hard bounds of the run, reserved before they are spent',
  stallMinutes: null,
  resources: 'what only so many can hold at once',
  streams: null,
  modules:
    'what is built side by side; planners write the contract, tests and stub of each that names none',
  handoffs: null,
  tiers: 'what is sealed is composed and tested together',
  gates: null,
};

const moduleFields = [
  ...['kind', 'purpose', 'stream', 'needs', 'owns', 'contract', 'resources', 'checks', 'reviewers'],
  ...['estimate', 'budget', 'onExhausted'],
];

/** Mappings that are always spread over lines, by where they stand. */
const spread = [
  /^(artifact|preconditions|environment|modules|tiers|gates|streams|pools)$/,
  /^(modules|tiers|gates)\/[^/]*$/,
];

/** Writes a plan as people edit it: in their order, short things on one line, with comments. */
export function planText(plan: Data, intro: readonly string[]): string {
  const document = new Document(ordered(plan));
  const { contents } = document;
  if (isMap(contents)) {
    for (const [index, pair] of contents.items.entries()) decorate(pair as Pair<Node, Node>, index);
    lay(contents, '');
  }
  const comments = intro.flatMap(commentLines);
  const text = document.toString({ lineWidth: columns, singleQuote: true });
  return `${comments.map((line) => `${line}\n`).join('')}${text}`;
}

/** Keys that nobody knows come last: the diagnostics speak of them. */
function ordered(plan: Data): Data {
  const top = inOrder(plan, Object.keys(sections));
  const { modules } = top;
  if (!isRecord(modules)) return top;
  const each = Object.entries(modules).map(([name, module]) => [
    name,
    isRecord(module) ? inOrder(module, moduleFields) : module,
  ]);
  return { ...top, modules: Object.fromEntries(each) as unknown };
}

function inOrder(data: Data, keys: readonly string[]): Data {
  const known = keys.filter((key) => Object.hasOwn(data, key));
  const others = Object.keys(data).filter((key) => !keys.includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, data[key]]));
}

function decorate({ key }: Pair<Node, Node>, index: number): void {
  if (!isScalar(key)) return;
  const says = Object.hasOwn(sections, String(key.value)) ? sections[String(key.value)] : null;
  if (says !== null && says !== undefined) key.commentBefore = ` ${says}`;
  key.spaceBefore = index > 0;
}

/** Lays out what is below a place, from the outside in. */
function lay(node: Node | null, place: string): void {
  if (isScalar(node)) layScalar(node, place);
  if (isSeq(node)) {
    node.flow = flowWidth(node) <= maxFlow;
    pad(node, '');
    for (const item of node.items) lay(item as Node | null, `${place}/-`);
  }
  if (isMap(node)) {
    node.flow =
      place !== '' && !spread.some((pattern) => pattern.test(place)) && flowWidth(node) <= maxFlow;
    pad(node, ' ');
    for (const [index, pair] of (node as YAMLMap<Node, Node>).items.entries()) {
      const below = place === '' ? keyOf(pair) : `${place}/${keyOf(pair)}`;
      if (/^modules\/[^/]*$/.test(below) && index > 0) pair.key.spaceBefore = true;
      lay(pair.value, below);
    }
  }
}

const keyOf = ({ key }: Pair<Node, Node>): string => (isScalar(key) ? String(key.value) : '');

function layScalar(node: Scalar, place: string): void {
  const { value } = node;
  if (typeof value === 'number' && /(^|\/)(tokens|turns)$/.test(place)) {
    if (Number.isInteger(value) && value >= 10_000) node.value = grouped(value);
  } else if (typeof value === 'string' && value.trim() === value) {
    if (value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
    else if (startOf(place) + value.length > columns) node.type = Scalar.BLOCK_FOLDED;
  }
}

/** The column at which the value of this place begins. */
function startOf(place: string): number {
  const steps = place.split('/');
  return 2 * (steps.length - 1) + (steps.at(-1)?.length ?? 0) + 2;
}

/** `{ a: 1 }` and `[a]`: the padding that suits a mapping is one too much for a list. */
function pad(node: YAMLMap | YAMLSeq, padding: string): void {
  const write = node.toString.bind(node);
  node.toString = (context, ...more) =>
    write(context && { ...context, flowCollectionPadding: padding }, ...more);
}

/** `4_000_000`, which plans read as a number. */
const grouped = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_');

/** How wide it would be on one line; Infinity where it holds what does not belong on one. */
function flowWidth(node: unknown): number {
  if (isScalar(node)) {
    const text = String(node.value);
    return text.includes('\n') || text.length > maxInFlow ? Infinity : text.length + 2;
  }
  if (isSeq(node)) return node.items.reduce<number>((sum, each) => sum + flowWidth(each) + 2, 4);
  if (!isMap(node)) return 0;
  return (node as YAMLMap<Node, Node | null>).items.reduce((sum, { key, value }) => {
    if (isMap(value)) return Infinity;
    return sum + flowWidth(key) + flowWidth(value) + 3;
  }, 4);
}

function commentLines(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of oneLine(text, 4_000).split(' ')) {
    if (line.length + word.length + 1 > columns && line !== '#') {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
