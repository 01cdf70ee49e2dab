/** The eight parts of an architect's design, in their order, with their headings. */
export const designHeadings = {
  artifactProfile: 'Artifact profile',
  decomposition: 'Decomposition',
  roles: 'Roles',
  phases: 'Phases',
  testStrategy: 'Test strategy',
  failureIsolation: 'Failure isolation',
  antiPatterns: 'Anti-patterns avoided',
  budgets: 'Budgets',
} as const;

export type DesignPart = keyof typeof designHeadings;

export const designParts = Object.keys(designHeadings) as readonly DesignPart[];

/** What a person reads, and may edit, before anything runs: Markdown without headings of its own. */
export type Design = Readonly<Record<DesignPart, string>>;
