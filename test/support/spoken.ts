import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Told } from './messages.ts';

/** Calls whose arguments people read. */
const tells =
  /(^|\.)(show(Error|Warning|Information)Message|refused|refusal|failed|failure|report|append(Line)?|markdown|button|setStatusBarMessage|progress)$/;
/** Properties that people read, as they are named in objects and assigned to. */
const read =
  /^(title|placeHolder|placeholder|prompt|detail|tooltip|label|openLabel|saveLabel|description|message|says|name|text|value|documentation|reason)$/;
/** What is handed through on its way there. */
const carries = (node: ts.Node, child: ts.Node): boolean =>
  (ts.isConditionalExpression(node) && node.condition !== child) ||
  ts.isParenthesizedExpression(node) ||
  ts.isTemplateSpan(node) ||
  ts.isTemplateExpression(node) ||
  ts.isArrayLiteralExpression(node) ||
  ts.isSpreadElement(node) ||
  ts.isAsExpression(node) ||
  (ts.isArrowFunction(node) && node.body === child) ||
  ts.isReturnStatement(node) ||
  (ts.isPropertyAccessExpression(node) && node.name.text === 'join') ||
  (ts.isCallExpression(node) && node.expression === child) ||
  (ts.isBinaryExpression(node) && /^(\+|\?\?|\|\|)$/.test(node.operatorToken.getText()));

/** A sentence, or words of one, wherever they stand. */
const worded = /\p{L}[,.:;]? \p{L}|\p{L}{2,}…/u;
/** A word by itself, as it stands in a list or on a button. */
const word = /^\p{Lu}\p{L}{2,}…?$/u;

/** Where no text for people stands, whatever it looks like. */
function isSilent(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return true;
  if (ts.isElementAccessExpression(node) || ts.isCaseClause(node)) return true;
  if (ts.isBinaryExpression(node)) return /^[!=]==$/.test(node.operatorToken.getText());
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression.getText();
  return (
    /^(t|plural|l10n\.t)$/.test(callee) ||
    /(^|\.)log(\.\w+|\?\.\w+)?$|#log$|\.executeCommand$|^required$/.test(callee)
  );
}

/** What a file of the extension says to people past the translation. */
export const spokenPast = (path: string): Told[] => spokenPastIn(path, readFileSync(path, 'utf8'));

/** The same of a text that need not be a file. */
export function spokenPastIn(path: string, content: string): Told[] {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true);
  const said: Told[] = [];
  const look = (node: ts.Node): void => {
    if (isSilent(node)) return;
    const text = textOf(node);
    if (text !== null && (worded.test(text) || (word.test(text) && isRead(node)))) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      said.push({ text, place: `${path}:${line}` });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return said;
}

/** The words of a literal; places of a template are `x`, as anything may stand there. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
  const own = parts.map(({ text }) => text);
  return own.some((text) => /\p{L}{2}/u.test(text)) ? own.join('x') : null;
}

/** Whether a literal is handed to people: as an argument, or as a property that they read. */
function isRead(literal: ts.Node): boolean {
  let child = literal;
  let node = literal.parent;
  while (carries(node, child)) {
    child = node;
    node = node.parent;
  }
  if (ts.isCallExpression(node)) {
    return node.expression !== child && tells.test(node.expression.getText());
  }
  if (ts.isPropertyAssignment(node)) return read.test(node.name.getText());
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    read.test(node.left.name.text)
  );
}
