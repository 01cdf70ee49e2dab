/**
 * A contract's tree keeps its parts in folders of their own, and often the first folder inside one
 * has the same name: `tests/tests/lexer/…`. Said once, it is the path that the project knows.
 */
export function shownPath(path: string): string {
  const again = /^(contract\/contracts?|tests\/tests?|stub\/stubs?)\//.test(path);
  return again ? path.slice(path.indexOf('/') + 1) : path;
}
