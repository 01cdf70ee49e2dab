import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { IssuePath } from '../../core/plan/issue.ts';
import { keyText } from './yaml-data.ts';

/** A stretch of the text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A step that the document has: an entry's key and value, or an item of a list. */
interface Step {
  readonly key: ParsedNode | null;
  readonly value: ParsedNode | null;
}

/**
 * Where a path stands in the text: its value, or its key where the value is long or empty. What the
 * document does not have is shown at the key of its nearest parent.
 */
export function locate(
  root: ParsedNode | null,
  path: IssuePath,
  marks: 'key' | 'value',
): TextRange {
  const steps = follow(root, path);
  const last = steps.at(-1);
  if (last === undefined) return rootRange(root);
  const isThere = steps.length === path.length;
  // One path may stand where a list of them could: `stub: stubs/a/**`.
  const isSoleItem = steps.length === path.length - 1 && path.at(-1) === 0 && isScalar(last.value);
  const wantsValue =
    (isThere && marks === 'value') || isSoleItem || last.key === null || isAlias(last.value);
  if (wantsValue && last.value !== null && !isLong(last.value)) return range(last.value);
  return last.key === null ? rangeStart(last.value) : range(last.key);
}

function follow(root: ParsedNode | null, path: IssuePath): Step[] {
  const steps: Step[] = [];
  let node = root;
  for (const part of path) {
    const step = child(node, part);
    if (step === null) return steps;
    steps.push(step);
    node = step.value;
  }
  return steps;
}

function child(node: ParsedNode | null, part: string | number): Step | null {
  if (isSeq(node) && typeof part === 'number') {
    const value = node.items[part];
    return value === undefined ? null : { key: null, value };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => keyText(key) === part);
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

/** Lists and mappings span many lines, and an empty value none. */
function isLong(node: ParsedNode): boolean {
  return isMap(node) || isSeq(node) || node.range[0] === node.range[1];
}

function range(node: ParsedNode): TextRange {
  return { start: node.range[0], end: node.range[1] };
}

function rangeStart(node: ParsedNode | null): TextRange {
  const start = node?.range[0] ?? 0;
  return { start, end: start };
}

function rootRange(root: ParsedNode | null): TextRange {
  const first = isMap(root) ? root.items[0]?.key : undefined;
  return first === undefined ? rangeStart(root) : range(first);
}
