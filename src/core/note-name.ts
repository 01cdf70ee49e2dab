/** What a note of the folder of insights may be called: one plain file, nothing that leads elsewhere. */
const noteName = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,195}\.md$/u;

export const isNoteName = (name: string): boolean => noteName.test(name);
