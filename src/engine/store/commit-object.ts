/** Commits are of the product, at a time that the run knows: the same content gives the same id. */
export interface CommitContent {
  readonly tree: string;
  readonly parents: readonly string[];
  /** UTC milliseconds; git keeps seconds. */
  readonly at: number;
  readonly message: string;
}

export const identity = 'Ashlar <ashlar@localhost>';

/** The content of a commit object. */
export function formatCommit({ tree, parents, at, message }: CommitContent): Buffer {
  const who = `${identity} ${Math.floor(at / 1000)} +0000`;
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    '',
    message.replaceAll('\0', '').trim(),
    '',
  ];
  return Buffer.from(lines.join('\n'));
}
