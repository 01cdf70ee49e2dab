/** As names and paths compare where file systems tell no capitals apart, nor the ways to write an accent. */
export const foldedPath = (path: string): string => path.normalize('NFC').toLowerCase();
