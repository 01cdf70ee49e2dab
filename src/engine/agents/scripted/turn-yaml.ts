import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';

/** More lets a few lines of text grow into gigabytes. */
const maxAliases = 20;

export type ReadTurn<T> =
  | { readonly value: T }
  | { readonly problems: readonly { readonly line: number; readonly message: string }[] };

/** Reads one `turn.yaml`; what is wrong is told with its line. */
export function readTurnYaml<T>(text: string, schema: z.ZodType<T>): ReadTurn<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const unreadable = [...document.errors, ...document.warnings];
  if (unreadable.length > 0) {
    return {
      problems: unreadable.map(({ message, pos }) => ({ line: lineAt(lines, pos[0]), message })),
    };
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    return {
      problems: [{ line: 1, message: error instanceof Error ? error.message : 'unreadable' }],
    };
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return { value: parsed.data };
  const { issues } = parsed.error;
  return {
    problems: issues.map((issue) => ({ ...told(issue), line: lineOf(document, lines, at(issue)) })),
  };
}

function at(issue: z.core.$ZodIssue): readonly unknown[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue.path;
}

function told(issue: z.core.$ZodIssue): { message: string } {
  const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  // `{ at: 1, say: one, two }` is YAML for a key called "two".
  const slip = issue.code === 'unrecognized_keys' && issue.path.length > 1;
  return {
    message: where + issue.message + (slip ? '; between { } a text with a comma needs quotes' : ''),
  };
}

/** The line of the deepest part of the path that is there: of a map its key, of a list its item. */
function lineOf(document: Document, lines: LineCounter, path: readonly unknown[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return lineAt(lines, offset);
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}

/** An empty text has no lines to count. */
function lineAt(lines: LineCounter, offset: number): number {
  return Math.max(1, lines.linePos(offset).line);
}
