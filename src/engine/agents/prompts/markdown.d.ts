/** Prompts are imported as text; every build of this project has a loader for that. */
declare module '*.v1.md' {
  const text: string;
  export { text as default };
}
