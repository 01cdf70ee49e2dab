import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Something of a file that has a name of its own there, and what it takes from elsewhere. */
interface Declared {
  readonly node: ts.Node;
  /** As `file#name`. */
  readonly uses: ReadonlySet<string>;
}

const language = 'src/core/language.ts';
const tongues = ['t', 'plural', 'decimal', 'aloud', 'heard'].map((name) => `${language}#${name}`);

/**
 * What speaks the language of the window, by `file#name`: what says something through the translation,
 * or uses what does, and not within `inEnglish(…)`.
 */
export function speakersOf(paths: readonly string[]): Map<string, ts.Node> {
  const declared = new Map(paths.flatMap((path) => [...declarationsOf(path)]));
  const usedBy = new Map<string, string[]>();
  for (const [name, { uses }] of declared) {
    for (const used of uses) usedBy.set(used, [...(usedBy.get(used) ?? []), name]);
  }
  const speakers = new Map<string, ts.Node>();
  const open: string[] = [...tongues];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of usedBy.get(next) ?? []) {
      const its = declared.get(name);
      if (its === undefined || speakers.has(name) || name.startsWith(language)) continue;
      speakers.set(name, its.node);
      open.push(name);
    }
  }
  return speakers;
}

/** What stands at the top of a file, by its name; statements without one, by their line. */
function declarationsOf(path: string): Map<string, Declared> {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const known = new Map<string, string>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      for (const [name, from] of importsOf(path, statement)) known.set(name, from);
    } else for (const { name } of namesIn(statement)) known.set(name, `${path}#${name}`);
  }
  const declared = new Map<string, Declared>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) || ts.isInterfaceDeclaration(statement)) continue;
    const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
    const named = namesIn(statement);
    for (const { name, node } of named.length > 0
      ? named
      : [{ name: `line ${line}`, node: statement }]) {
      declared.set(`${path}#${name}`, { node, uses: usesIn(path, node, known) });
    }
  }
  return declared;
}

function* importsOf(path: string, { importClause, moduleSpecifier }: ts.ImportDeclaration) {
  const bindings = importClause?.namedBindings;
  const from = (moduleSpecifier as ts.StringLiteral).text;
  if (bindings === undefined || !from.startsWith('.') || !ts.isNamedImports(bindings)) return;
  for (const { name, propertyName } of bindings.elements) {
    yield [name.text, `${resolved(path, from)}#${(propertyName ?? name).text}`] as const;
  }
}

const resolved = (path: string, from: string): string => join(dirname(path), from);

function namesIn(statement: ts.Statement): { readonly name: string; readonly node: ts.Node }[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((node) =>
      ts.isIdentifier(node.name) ? [{ name: node.name.text, node }] : [],
    );
  }
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined
    ? [{ name: statement.name.text, node: statement }]
    : [];
}

function usesIn(path: string, inside: ts.Node, known: ReadonlyMap<string, string>): Set<string> {
  const uses = new Set<string>();
  const walk = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || isEnglish(node)) return;
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      for (const use of lateUses(path, node)) uses.add(use);
    }
    const from =
      ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && !node.isTypeOnly
        ? (node.moduleSpecifier as ts.StringLiteral).text
        : null;
    if (from !== null && ts.isExportDeclaration(node) && node.exportClause !== undefined) {
      if (ts.isNamedExports(node.exportClause)) {
        for (const { name, propertyName, isTypeOnly } of node.exportClause.elements) {
          if (!isTypeOnly) uses.add(`${resolved(path, from)}#${(propertyName ?? name).text}`);
        }
      }
      return;
    }
    if (ts.isIdentifier(node) && !isProperty(node)) {
      const use = known.get(node.text);
      if (use !== undefined) uses.add(use);
    }
    ts.forEachChild(node, walk);
  };
  ts.forEachChild(inside, walk);
  return uses;
}

/** `(await import('./x.ts')).y` uses y of x. */
function lateUses(path: string, call: ts.CallExpression): string[] {
  const [from] = call.arguments;
  if (from === undefined || !ts.isStringLiteralLike(from) || !from.text.startsWith('.')) return [];
  let outer: ts.Node = call.parent;
  while (ts.isAwaitExpression(outer) || ts.isParenthesizedExpression(outer)) outer = outer.parent;
  const file = resolved(path, from.text);
  if (ts.isPropertyAccessExpression(outer)) return [`${file}#${outer.name.text}`];
  const [bound] = ts.isVariableDeclaration(outer) ? [outer.name] : [];
  if (bound === undefined || !ts.isObjectBindingPattern(bound)) return [];
  return bound.elements.map((each) => `${file}#${(each.propertyName ?? each.name).getText()}`);
}

/** `inEnglish(…)` */
const isEnglish = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === 'inEnglish';

/** `a.name`, and `name:` of an object: no use of what has that name. */
const isProperty = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
  (ts.isBindingElement(node.parent) && node.parent.propertyName === node) ||
  (ts.isMethodDeclaration(node.parent) && node.parent.name === node);
