import {
  nameSeparator,
  reportOf,
  type Report,
  type ReportedTest,
  type TestOutcome,
} from './report.ts';

const maxLineChars = 16_000;
const maxMessageChars = 6_000;
const maxDepth = 64;

/** A test whose parents are not known yet: their line comes after it. */
interface Pending {
  readonly ordinals: readonly number[];
  readonly names: readonly string[];
  readonly outcome: TestOutcome;
  message: string;
}

interface Level {
  count: number;
  /** What the `1..N` line promises; null until it comes. */
  plan: number | null;
  readonly tests: Pending[];
}

/**
 * Reads TAP 13 and 14 with subtests, as it comes. TAP names no files, and names may repeat: a
 * test's identity is its place (`2.1` is the first in the second) and its names.
 */
export class TapParser {
  readonly #levels: Level[] = [];
  readonly #decoder = new TextDecoder();
  #rest = '';
  #problem: string | null = null;
  #yaml: { readonly indent: string; readonly test: Pending } | null = null;
  #last: Pending | null = null;

  push(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, maxLineChars);
    for (const line of lines) this.#line(line.replace(/\r$/, '').slice(0, maxLineChars));
  }

  end(): Report {
    if (this.#rest !== '') this.#line(this.#rest);
    const top = this.#levels[0];
    if (this.#problem !== null) return { ok: false, reason: this.#problem };
    if (top === undefined) return { ok: false, reason: 'standard output holds no TAP' };
    if (top.plan === null) return { ok: false, reason: 'its plan (1..N) is missing' };
    if (top.plan !== top.count) {
      return { ok: false, reason: `its plan promises ${top.plan} tests and ${top.count} ran` };
    }
    if (this.#levels.slice(1).some((level) => level.tests.length > 0)) {
      return { ok: false, reason: 'subtests belong to no test' };
    }
    return reportOf(top.tests.map(asReported));
  }

  #line(line: string): void {
    if (this.#inYaml(line)) return;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const depth = Math.floor(indent / 4);
    const text = line.slice(indent);
    if (depth > maxDepth) return;
    if (/^Bail out!/i.test(text))
      this.#problem = `the run bailed out: ${text.slice(9, 200).trim()}`;
    const plan = /^1\.\.(\d{1,9})(?:\s|$)/.exec(text);
    if (plan !== null) this.#level(depth).plan = Number(plan[1]);
    const test = /^(not )?ok\b(?:\s+(\d{1,9}))?(.*)$/.exec(text);
    if (test !== null) this.#test(depth, test[1] === undefined, test[3] ?? '');
    else if (/^\s*---\s*$/.test(text) && this.#last !== null) {
      this.#yaml = { indent: line.slice(0, indent), test: this.#last };
    }
  }

  #inYaml(line: string): boolean {
    if (this.#yaml === null) return false;
    const { indent, test } = this.#yaml;
    const text = line.slice(indent.length);
    if (text.trim() === '...') this.#yaml = null;
    else if (test.message.length < maxMessageChars) test.message += `${text}\n`;
    return true;
  }

  #test(depth: number, passed: boolean, rest: string): void {
    const { name, directive } = describe(rest);
    const level = this.#level(depth);
    level.count += 1;
    const outcome = directive ?? (passed ? 'pass' : 'fail');
    const test: Pending = { ordinals: [level.count], names: [name], outcome, message: '' };
    const below = this.#levels[depth + 1];
    for (const child of below?.tests ?? []) {
      level.tests.push({
        ...child,
        ordinals: [level.count, ...child.ordinals],
        names: [name, ...child.names],
      });
    }
    this.#levels.length = depth + 1;
    level.tests.push(test);
    this.#last = test;
  }

  #level(depth: number): Level {
    for (let at = this.#levels.length; at <= depth; at += 1) {
      this.#levels.push({ count: 0, plan: null, tests: [] });
    }
    const level = this.#levels[depth];
    if (level === undefined) throw new Error('a level was just made');
    return level;
  }
}

/** Splits ` - name # SKIP reason`; a `\#` in a name begins no directive. */
function describe(rest: string): { name: string; directive: 'skip' | 'todo' | null } {
  const match = /^(.*?)(?:(?<!\\)\s+#\s*(skip|todo)\b.*)?$/i.exec(rest);
  const name = (match?.[1] ?? '')
    .replace(/^\s*-?\s*/, '')
    .replace(/\\([\\#])/g, '$1')
    .trim();
  const directive = match?.[2]?.toLowerCase();
  return { name, directive: directive === 'skip' || directive === 'todo' ? directive : null };
}

function asReported(test: Pending): ReportedTest {
  return {
    file: '',
    line: null,
    name: `${test.ordinals.join('.')} ${test.names.join(nameSeparator)}`,
    outcome: test.outcome,
    message: test.message,
    scope: 'test',
  };
}
