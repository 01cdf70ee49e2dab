import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A text of the source, and where it stands. */
export interface Told {
  readonly text: string;
  /** `src/webview/parts/Chip.tsx:12` */
  readonly place: string;
}

/** What of its arguments each function of the project takes as messages. */
const speaking: Readonly<Record<string, readonly number[]>> = {
  t: [0],
  'l10n.t': [0],
  plural: [1, 2],
  rich: [0],
  phrase: [0],
  phrases: [1, 2],
};

/** Every source file below a folder. */
export const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => `${folder}/${path}`)
    .sort();

/** What a file says through the translation, and where it does so in a way that cannot be found or is too early. */
export function messagesOf(path: string): { messages: Told[]; faults: Told[] } {
  const [messages, faults]: [Told[], Told[]] = [[], []];
  visit(path, (node, placed) => {
    if (!ts.isCallExpression(node)) return;
    const name = node.expression.getText();
    const taken = speaking[name];
    if (taken === undefined) return;
    for (const at of taken) {
      const message = node.arguments[at];
      if (message !== undefined && ts.isStringLiteralLike(message)) {
        messages.push(placed(message, message.text));
      } else faults.push(placed(node, `no literal message: ${node.getText()}`));
    }
    // The editor's own bundle is there before anything of an extension is loaded; ours is not. What is
    // composed where it is read can be laid down at any time.
    if (!/^(l10n\.t|phrases?)$/.test(name) && !ts.findAncestor(node, ts.isFunctionLike)) {
      faults.push(placed(node, `said while the module is loaded: ${node.getText()}`));
    }
  });
  return { messages, faults };
}

/** Attributes that people read or hear. */
const read =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|label|placeholder|alt)$/;
/** Two words, or one with a capital: what people may read, wherever it stands. */
const worded = /\p{L}[,.:;]? \p{L}|\p{L}{2,}…/u;
/** Fields of what is told to people. */
const told = /^(says|label|word|words|detail|name|title|text|heading|placeholder)$/;

/** Whether even a single word is one that people read: in an element, aloud, in a field that tells, or glued. */
function isTold(node: ts.Node): boolean {
  const attribute = ts.findAncestor(node, ts.isJsxAttribute);
  if (attribute !== undefined) return read.test(attribute.name.getText());
  for (let at = node.parent; ; at = at.parent) {
    if (ts.isJsxExpression(at)) return !ts.isJsxAttribute(at.parent);
    if (ts.isPropertyAssignment(at)) return told.test(at.name.getText());
    if (ts.isTemplateSpan(at) || ts.isTemplateExpression(at)) continue;
    if (!ts.isConditionalExpression(at) && !ts.isParenthesizedExpression(at)) {
      return ts.isTemplateExpression(node) && /\p{L}{2}/u.test(pieces(node).join(' '));
    }
  }
}

const pieces = (node: ts.TemplateExpression): string[] =>
  [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((each) => each.text);

/** Where no text for people stands, whatever it looks like. */
const silent = (node: ts.Node): boolean =>
  (ts.isJsxAttribute(node) &&
    /^(className|d|style|transform|data-.*|id|key)$/.test(node.name.getText())) ||
  ((ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
    /^(className|classes)$/.test(node.name.getText())) ||
  (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) ||
  (ts.isCallExpression(node) && node.expression.getText() in speaking) ||
  (ts.isCallExpression(node) &&
    /(querySelector(All)?|closest|matches|matchMedia|classes|log\.\w+)$/.test(
      node.expression.getText(),
    )) ||
  (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText())) ||
  ts.isTypeNode(node) ||
  ts.isImportDeclaration(node);

/** What a file says past the translation: text of elements, names read aloud, and sentences. */
export function rawTexts(path: string): Told[] {
  const raw: Told[] = [];
  visit(path, (node, placed) => {
    if (ts.isJsxText(node)) {
      if (/\p{L}{2}/u.test(node.text)) raw.push(placed(node, node.text.trim()));
      return;
    }
    const text = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? pieces(node).join('0')
        : null;
    if (text === null || ts.findAncestor(node, silent) !== undefined) return;
    if (worded.test(text) || (/\p{L}{2}/u.test(text) && isTold(node))) raw.push(placed(node, text));
  });
  return raw;
}

function visit(
  path: string,
  look: (node: ts.Node, placed: (at: ts.Node, text: string) => Told) => void,
): void {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const placed = (at: ts.Node, text: string): Told => ({
    text,
    place: `${path}:${source.getLineAndCharacterOfPosition(at.getStart()).line + 1}`,
  });
  const walk = (node: ts.Node): void => {
    look(node, placed);
    ts.forEachChild(node, walk);
  };
  walk(source);
}
