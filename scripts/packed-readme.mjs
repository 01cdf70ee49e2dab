// README as the page of an installed extension shows it: that page loads no file beside it, and there is no
// address that its links could lead to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TYPES = { png: 'image/png', jpg: 'image/jpeg' };

/** With its pictures inside, and without links to files of the checkout; their words stay. */
export function packedReadme(text, folder) {
  return text.replaceAll(
    /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!https?:|#)([^)\s]+)\)/g,
    (_, image, words, path) =>
      image === '' ? words : `![${words}](${dataOf(join(folder, path))})`,
  );
}

function dataOf(file) {
  const type = TYPES[file.split('.').at(-1)];
  if (type === undefined) throw new Error(`README.md: ${file} is no picture that can be packed`);
  return `data:${type};base64,${readFileSync(file).toString('base64')}`;
}
