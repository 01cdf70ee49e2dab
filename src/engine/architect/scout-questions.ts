/** What scouts are sent for, side by side: all that an architect has to know of a workspace. */
export const scoutQuestions: readonly string[] = [
  'What is already here that this goal builds on or must fit: languages, layout, conventions, and how things are built and run? Name the files.',
  'Where are the natural boundaries for this goal: which parts could be written without each other, and what data or calls would pass between them? Name what is there already and what would be new.',
  'How could one see that this goal is reached: specifications and other sources of truth, tests and how they are run, what an end-to-end check would do? Name the commands and whether they can run here.',
  'What could go wrong: files that several parts would have to change, shared state, generated code, slow or missing tools, unclear requirements? Name each with where it shows.',
];
