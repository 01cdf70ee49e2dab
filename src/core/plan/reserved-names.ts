/** Folders of a script that belong to other roles than builders of a module of that name. */
export const reservedForScripts: ReadonlySet<string> = new Set([
  'tiers',
  'arbiter',
  'architect',
  'scout',
]);
