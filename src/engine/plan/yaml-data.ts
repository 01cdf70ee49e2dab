import { isAlias, isMap, isScalar, type ParsedNode, type YAMLMap } from 'yaml';
import { phrase, type Phrase } from '../../core/phrase.ts';
import { textProblem, type TextProblem } from './text-problem.ts';

/** What a document says, as plain values of its own: no two places share one. */
export interface YamlData {
  readonly value: unknown;
  readonly problems: readonly TextProblem[];
}

/** Values that all aliases together may stand for: some of ours, none of a bomb's. */
const maxAliased = 100_000;
/** The text itself is at most 64 deep; aliases inside aliases add to that. */
const maxDepth = 128;

/** Turns nodes into values; keys are told apart, aliases expanded, both within bounds. */
export function toData(root: ParsedNode | null): YamlData {
  const reader = new DataReader();
  return { value: reader.read(root, 0), problems: reader.problems };
}

class DataReader {
  readonly problems: TextProblem[] = [];
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #open = new Set<ParsedNode>();
  #aliased = 0;
  #isBomb = false;
  /** The alias that is being expanded, as it stands in the text; those inside it are no places. */
  #expanding: ParsedNode | null = null;

  read(node: ParsedNode | null, depth: number): unknown {
    if (node === null) return null;
    if (this.#expanding !== null) this.#aliased += 1;
    if (isAlias(node)) return this.#alias(node, depth);
    if (node.anchor !== undefined && this.#expanding === null) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return node.value;
    this.#open.add(node);
    const value = isMap(node) ? this.#mapping(node, depth) : this.#list(node.items, depth);
    this.#open.delete(node);
    return value;
  }

  #alias(node: ParsedNode & { readonly source: string }, depth: number): unknown {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      return this.#report(
        'yaml-syntax',
        node,
        phrase('nothing before it has the anchor "{0}"', node.source),
      );
    }
    if (this.#open.has(target)) {
      return this.#report('too-many-aliases', node, phrase('this alias holds itself'));
    }
    if (this.#aliased > maxAliased || depth > maxDepth) {
      // Told once: every further alias of a bomb would say the same.
      if (this.#isBomb) return null;
      this.#isBomb = true;
      return this.#report(
        'too-many-aliases',
        node,
        phrase('aliases expand to over {0} values', maxAliased),
      );
    }
    const outer = this.#expanding;
    this.#expanding ??= node;
    const value = this.read(target, depth);
    this.#expanding = outer;
    return value;
  }

  #list(items: readonly ParsedNode[], depth: number): unknown[] {
    return items.map((item) => this.read(item, depth + 1));
  }

  #mapping(node: YAMLMap.Parsed, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = keyText(pair.key);
      if (key === null) {
        this.#report('yaml-syntax', pair.key, phrase('a key must be a plain text'));
      } else if (key === '__proto__') {
        this.#report('invalid-name', pair.key, phrase('"{0}" may not be a key', '__proto__'));
      } else if (seen.has(key)) {
        this.#report('duplicate-key', pair.key, phrase('the key "{0}" stands here twice', key));
      } else {
        seen.add(key);
        value[key] = this.read(pair.value, depth + 1);
      }
    }
    return value;
  }

  #report(code: TextProblem['code'], node: ParsedNode, message: Phrase): null {
    // What stands in an expanded alias was reported where it is written.
    if (this.#expanding !== null && code !== 'too-many-aliases') return null;
    const [start, end] = (this.#expanding ?? node).range;
    this.problems.push(textProblem(code, start, end, message));
    return null;
  }
}

/** A key as it is written, whatever YAML takes it for: `1`, `yes` and `null` are texts here. */
export function keyText(key: unknown): string | null {
  if (!isScalar(key)) return null;
  if (typeof key.value === 'string') return key.value;
  return typeof key.source === 'string' && key.source !== '' ? key.source : null;
}
