/** A mistake in the text of a program, and where it is. */
export class SourceError extends Error {
  constructor(message, { line, column }) {
    super(message);
    this.name = 'SourceError';
    this.line = line;
    this.column = column;
  }
}
