/** `lexer.md`, `contracts/lexer`, `run_id`: something's own name, which is not spelled anew. */
const isName = /^[^\s]+[._/\\][^\s.]/;

/** The engine's messages begin small and end open, because the command line puts words around them. */
export function sentence(message: string): string {
  const text = message.trim();
  const begun = isName.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${begun}${/[.!?…]$/.test(text) ? '' : '.'}`;
}
