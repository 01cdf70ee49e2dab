import {
  nameSeparator,
  reportOf,
  type Report,
  type ReportedTest,
  type TestOutcome,
} from './report.ts';
import { XmlError, xmlTokens, type XmlToken } from './xml.ts';

const maxDepth = 100;
const maxMessageChars = 6_000;

interface Case {
  readonly file: string;
  readonly line: number | null;
  readonly name: string;
  outcome: TestOutcome;
  message: string;
}

/**
 * Reads a JUnit file, of which there is no one form: suites nest or not, files are named or not.
 * A test's identity is its suites, its class and its name; where they repeat, the ordinal beside
 * them tells them apart.
 */
export function readJunit(source: string): Report {
  try {
    const cases = readCases(xmlTokens(source));
    return cases === null
      ? { ok: false, reason: 'it holds no test suites' }
      : reportOf(numbered(cases));
  } catch (error) {
    if (error instanceof XmlError) return { ok: false, reason: `it is not read: ${error.message}` };
    throw error;
  }
}

function readCases(tokens: Iterable<XmlToken>): Case[] | null {
  const path: string[] = [];
  const suites: string[] = [];
  const cases: Case[] = [];
  let open: Case | null = null;
  let seen = false;
  for (const token of tokens) {
    if (token.type === 'text') {
      const inFailure = /^(failure|error)$/.test(path.at(-1) ?? '');
      if (open !== null && inFailure && open.message.length < maxMessageChars) {
        open.message += token.text.slice(0, maxMessageChars);
      }
    } else if (token.type === 'open') {
      if (path.length >= maxDepth) throw new XmlError(`more than ${maxDepth} levels`);
      if (/^testsuites?$/.test(token.name)) seen = true;
      if (token.name === 'testsuite' && !token.empty)
        suites.push(token.attributes.get('name') ?? '');
      if (token.name === 'testcase') cases.push((open = caseOf(token.attributes, suites)));
      else if (open !== null) judge(open, token.name, token.attributes.get('message') ?? '');
      if (token.empty) open = token.name === 'testcase' ? null : open;
      else path.push(token.name);
    } else {
      if (path.pop() !== token.name) throw new XmlError('tags do not match');
      if (token.name === 'testsuite') suites.pop();
      if (token.name === 'testcase') open = null;
    }
  }
  if (path.length > 0) throw new XmlError(`<${path.at(-1) ?? ''}> does not end`);
  return seen ? cases : null;
}

function caseOf(attributes: ReadonlyMap<string, string>, suites: readonly string[]): Case {
  const line = Number(attributes.get('line') ?? NaN);
  const names = [...suites, attributes.get('classname') ?? '', attributes.get('name') ?? ''];
  return {
    file: attributes.get('file') ?? '',
    line: Number.isSafeInteger(line) && line > 0 ? line : null,
    name: names.filter((name) => name !== '').join(nameSeparator),
    outcome: 'pass',
    message: '',
  };
}

function judge(test: Case, element: string, message: string): void {
  if (element === 'skipped' && test.outcome === 'pass') test.outcome = 'skip';
  if (element !== 'failure' && element !== 'error') return;
  test.outcome = 'fail';
  if (message !== '') test.message += `${message.slice(0, maxMessageChars)}\n`;
}

function numbered(cases: readonly Case[]): ReportedTest[] {
  const seen = new Map<string, number>();
  return cases.map((test) => {
    const key = `${test.file}\0${test.name}`;
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return {
      ...test,
      name: ordinal === 1 ? test.name : `${test.name} (${ordinal})`,
      scope: 'test',
    };
  });
}
