import type { Diagnostic } from '../engine/plan/diagnostic.ts';

/** A diagnostic for scripts: what they read is what is written here, and not what it is composed of. */
export const diagnosticJson = ({ words: _, edits, saves, ...diagnostic }: Diagnostic) => ({
  ...diagnostic,
  edits: edits.map(({ words: __, ...edit }) => edit),
  saves,
});
