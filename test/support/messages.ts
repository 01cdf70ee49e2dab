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
    // The editor's own bundle is there before anything of an extension is loaded; ours is not.
    if (name !== 'l10n.t' && !ts.findAncestor(node, ts.isFunctionLike)) {
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
        ? [node.head, ...node.templateSpans.map(({ literal }) => literal)]
            .map((each) => each.text)
            .join('0')
        : null;
    if (text === null || ts.findAncestor(node, silent) !== undefined) return;
    const attribute = ts.findAncestor(node, ts.isJsxAttribute);
    const isRead = attribute !== undefined && read.test(attribute.name.getText());
    if (worded.test(text) || (isRead && /\p{L}{2}/u.test(text))) raw.push(placed(node, text));
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
