/** Closes an exhaustive switch: the compiler refuses a forgotten member, the throw is for hostile data. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
