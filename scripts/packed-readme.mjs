// README as the page of an installed extension shows it. That page loads pictures from the web alone, neither files
// beside it nor what is written into it, and there is no address that links to files could lead to.

/** Without pictures, and without links to files of the checkout; their words stay. */
export function packedReadme(text) {
  return text
    .replaceAll(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm, '')
    .replaceAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!https?:|#)[^)\s]+\)/g, '$1');
}
