const firstLine = Buffer.from('version https://git-lfs.github.com/spec/v1\n');
/** By the format's own rule; real ones have some 130 bytes. */
export const maxPointerBytes = 1024;

/** True where the content stands for a file that git LFS keeps elsewhere. */
export function isLfsPointer(content: Uint8Array): boolean {
  if (content.length >= maxPointerBytes || content.length < firstLine.length) return false;
  return firstLine.equals(content.subarray(0, firstLine.length));
}
