export const KEYWORDS = new Set([
  'let',
  'fn',
  'return',
  'if',
  'else',
  'while',
  'print',
  'and',
  'or',
  'not',
  'true',
  'false',
  'nil',
]);

/** The longer ones first: the first that fits is taken. */
export const SYMBOLS = ['==', '!=', '<=', '>=', ...'+-*/%=<>(){}[],;'];
