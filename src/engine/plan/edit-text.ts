import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { EditStep, PlanValue } from '../../core/plan/edit.ts';
import type { IssuePath } from '../../core/plan/issue.ts';
import { describedSchema, knownKeys } from '../../core/plan/json-schema.ts';
import { flowText } from './flow-text.ts';
import { keyText } from './yaml-data.ts';

/** What stands between two offsets is replaced, in UTF-16 units of the text. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The steps of an edit as changes of the text: only what must change does, so that comments and
 * layout stay. Null where the text does not allow it, as where an alias stands for what would change.
 */
export function textChanges(
  text: string,
  root: ParsedNode | null,
  steps: readonly EditStep[],
): TextChange[] | null {
  const changes: TextChange[] = [];
  for (const step of steps) {
    const change = changeOf(text, root, step);
    if (change === null) return null;
    changes.push(change);
  }
  return isApart(changes) ? changes : null;
}

/** Two that overlap could not both be meant. */
function isApart(changes: readonly TextChange[]): boolean {
  const sorted = changes.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every((change, at) => at === 0 || (sorted[at - 1]?.end ?? 0) <= change.start);
}

function changeOf(text: string, root: ParsedNode | null, step: EditStep): TextChange | null {
  if (isShared(root, step.path)) return null;
  switch (step.op) {
    case 'set':
      return set(text, root, step.path, step.value);
    case 'add': {
      const list = nodeAt(root, step.path);
      if (isSeq(list)) return append(text, list, step.value);
      return set(text, root, step.path, [step.value]);
    }
    case 'remove':
      return remove(text, root, step.path);
  }
}

/** True where aliases elsewhere, or on the way, stand for what would change. */
function isShared(root: ParsedNode | null, path: IssuePath): boolean {
  return [root, ...path.map((_, at) => nodeAt(root, path.slice(0, at + 1)))].some(
    (node) => node !== null && (isAlias(node) || node.anchor !== undefined),
  );
}

/** Null where nothing stands there, and where an alias does on the way. */
function nodeAt(root: ParsedNode | null, path: IssuePath): ParsedNode | null {
  let node = root;
  for (const part of path) {
    if (isSeq(node) && typeof part === 'number') node = node.items[part] ?? null;
    else if (isMap(node)) node = pairOf(node, part)?.value ?? null;
    else return null;
  }
  return node;
}

const pairOf = (node: YAMLMap.Parsed, key: string | number) =>
  node.items.find((pair) => keyText(pair.key) === key);

function set(
  text: string,
  root: ParsedNode | null,
  path: IssuePath,
  value: PlanValue,
): TextChange | null {
  const last = path.at(-1);
  if (last === undefined) return null;
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(root, parentPath);
  if (isSeq(parent)) {
    const item = typeof last === 'number' ? parent.items[last] : undefined;
    return item === undefined ? null : replace(item, flowText(value));
  }
  if (isMap(parent)) {
    const pair = pairOf(parent, last);
    if (pair === undefined) return insertKey(text, parent, parentPath, String(last), value);
    if (pair.value !== null && !isEmpty(pair.value)) return replace(pair.value, flowText(value));
    return insert(afterColon(text, pair.key), ` ${flowText(value)}`);
  }
  // What leads there is missing, or stands there without a value.
  if (typeof last === 'number' || (parent !== null && !isEmpty(parent))) return null;
  return set(text, root, parentPath, { [last]: value });
}

const isEmpty = (node: ParsedNode): boolean => isScalar(node) && node.range[0] === node.range[1];
const insert = (at: number, text: string): TextChange => ({ start: at, end: at, text });
const replace = (node: ParsedNode, text: string): TextChange => ({
  ...{ start: node.range[0], end: node.range[1], text },
});

const afterColon = (text: string, key: ParsedNode): number => text.indexOf(':', key.range[1]) + 1;

function append(text: string, list: YAMLSeq.Parsed, value: PlanValue): TextChange | null {
  const last = list.items.at(-1);
  if (last === undefined) return replace(list, `[${flowText(value)}]`);
  if (list.flow === true) return insert(last.range[1], `, ${flowText(value)}`);
  const indent = columnOf(text, list.range[0]);
  const entry = `${newline(text)}${indent}- ${flowText(value)}`;
  return insert(lineEnd(text, contentEnd(text, last)), entry);
}

/** Where the schema would have it: behind the last key that comes before it there. */
function insertKey(
  text: string,
  map: YAMLMap.Parsed,
  path: IssuePath,
  key: string,
  value: PlanValue,
): TextChange | null {
  const entry = `${key}: ${flowText(value)}`;
  if (map.items.length === 0) return replace(map, `{ ${entry} }`);
  const order = knownKeys(schemaOnce(), path);
  const before = new Set(order.slice(0, Math.max(0, order.indexOf(key))));
  const behind =
    map.items.findLast((pair) => before.has(keyText(pair.key) ?? '')) ?? map.items.at(-1);
  const first = map.items[0];
  if (behind === undefined || first === undefined) return null;
  const end = behind.value === null ? afterColon(text, behind.key) : contentEnd(text, behind.value);
  if (map.flow === true) return insert(end, `, ${entry}`);
  const indent = columnOf(text, first.key.range[0]);
  return insert(lineEnd(text, end), `${newline(text)}${indent}${entry}`);
}

let schema: ReturnType<typeof describedSchema> | undefined;
const schemaOnce = (): ReturnType<typeof describedSchema> => (schema ??= describedSchema());

function remove(text: string, root: ParsedNode | null, path: IssuePath): TextChange | null {
  const last = path.at(-1);
  const parent = nodeAt(root, path.slice(0, -1));
  if (last === undefined || !(isSeq(parent) || isMap(parent))) return null;
  // An empty list says no more than none.
  if (isSeq(parent) && parent.items.length === 1) return remove(text, root, path.slice(0, -1));
  const entries = isSeq(parent)
    ? parent.items.map((item) => ({ start: item.range[0], end: item.range[1] }))
    : parent.items.map(({ key, value }) => ({
        ...{ start: key.range[0], end: (value ?? key).range[1] },
      }));
  const index = isSeq(parent)
    ? Number(last)
    : parent.items.findIndex((pair) => keyText(pair.key) === last);
  const entry = entries[index];
  if (entry === undefined) return null;
  if (parent.flow === true) {
    const [before, after] = [entries[index - 1], entries[index + 1]];
    if (before !== undefined) return { start: before.end, end: entry.end, text: '' };
    return { start: entry.start, end: after?.start ?? entry.end, text: '' };
  }
  const start = text.lastIndexOf('\n', entry.start - 1);
  const lead = text.slice(start + 1, entry.start);
  // What stands behind the dash of an outer list cannot go alone.
  if (start === -1 || !(isSeq(parent) ? /^ *- +$/ : /^ *$/).test(lead)) return null;
  const end = lineEnd(text, trimmed(text, entry.end));
  return { start: lineEnd(text, start), end, text: '' };
}

/** Behind the last character of a node's content, without the blank lines and comments below it. */
const contentEnd = (text: string, node: ParsedNode): number =>
  trimmed(text, isMap(node) || isSeq(node) ? innerEnd(node) : node.range[1]);

/** Of a collection, its own end may lie behind comments that belong to what follows. */
function innerEnd(node: YAMLMap.Parsed | YAMLSeq.Parsed): number {
  if (node.flow === true) return node.range[1];
  const last: unknown = node.items.at(-1);
  if (last === undefined) return node.range[1];
  const inner = isSeq(node)
    ? (last as ParsedNode)
    : ((last as YAMLMap.Parsed['items'][number]).value ?? (last as { key: ParsedNode }).key);
  return isMap(inner) || isSeq(inner) ? innerEnd(inner) : inner.range[1];
}

function trimmed(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at -= 1;
  return at;
}

const newline = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** A comment on the line stays on it. */
function lineEnd(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  const end = next === -1 ? text.length : next;
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** As much white space as stands before an offset, what is no white space counted as such. */
function columnOf(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1));
}
