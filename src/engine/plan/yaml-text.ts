import { Composer, Lexer, Parser, type CST, type Document, type ParsedNode } from 'yaml';
import { phrase } from '../../core/phrase.ts';
import { yamlWords } from './yaml-words.ts';
import { textProblem, type TextProblem } from './text-problem.ts';

/** A text as YAML sees it, or why it cannot. */
export type YamlText =
  | { readonly root: ParsedNode | null; readonly problems: readonly [] }
  | { readonly root: null; readonly problems: readonly TextProblem[] };

const maxBytes = 1024 * 1024;
const maxDepth = 64;
/** One slip can make every line after it an error; nobody reads more than this. */
const maxProblems = 20;

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/** Parses one document of YAML 1.2, bounded in size and depth. The text has no byte order mark. */
export function readYaml(text: string): YamlText {
  const control = forbidden.exec(text.slice(0, maxBytes));
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    return failed(textProblem('too-large', 0, 0, phrase('the file is over 1 MiB')));
  }
  if (control !== null) {
    const point = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = phrase('the character U+{0} may not stand in YAML', point);
    return failed(textProblem('yaml-syntax', control.index, control.index + 1, message));
  }
  const tokens = parse(text);
  if ('code' in tokens) return failed(tokens);
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    // Comparing each key with each would take minutes on a hostile file; `toData` does it.
    uniqueKeys: false,
  });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new Error('a composed text holds at least one document');
  const problems = documentProblems(document, second);
  return problems.length > 0 ? failed(...problems) : { root: document.contents, problems: [] };
}

function failed(...problems: TextProblem[]): YamlText {
  return { root: null, problems };
}

/** Stops at a depth which the composer, that calls itself for each level, can do safely. */
function parse(text: string): CST.Token[] | TextProblem {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > maxDepth) {
      const message = phrase('lists and mappings are nested over {0} levels deep', maxDepth);
      return textProblem('too-deep', parser.offset, parser.offset, message);
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

function documentProblems(document: Document.Parsed, second?: Document.Parsed): TextProblem[] {
  const found = [...document.errors, ...document.warnings].map(({ code, pos, message }) => {
    const says = message.split('\n')[0] ?? '';
    const problem = textProblem('yaml-syntax', pos[0], pos[1], yamlWords(code, says));
    return { ...problem, message: says };
  });
  if (second !== undefined) {
    const [start] = second.range;
    found.push(
      textProblem('yaml-syntax', start, start, phrase('the file holds a second document')),
    );
  }
  return found.slice(0, maxProblems);
}
