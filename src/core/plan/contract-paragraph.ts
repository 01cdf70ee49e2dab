const minCharacters = 40;

/** Lines that are Markdown, and no prose: headings, lists, quotes, tables, rules, HTML, link targets. */
const notProse = /^(#{1,6}(\s|$)|[-*+]\s|\d{1,9}[.)]\s|>|\||<|\[[^\]]*\]:|([-*_=]\s*){3,}$)/;
const indentedCode = /^( {4}|\t)/;

/** True where a contract says at least something: one paragraph of prose of 40 characters. */
export function hasContractParagraph(markdown: string): boolean {
  return paragraphs(markdown).some((text) => text.replace(/\s+/g, ' ').length >= minCharacters);
}

function paragraphs(markdown: string): string[] {
  const found: string[] = [];
  let current: string[] = [];
  let inList = false;
  const end = (): void => {
    if (current.length > 0) found.push(current.join(' '));
    current = [];
  };
  for (const line of proseLines(markdown)) {
    const text = line.trim();
    if (/^(=+|-+)$/.test(text) && current.length > 0) {
      current = []; // what stood above was a heading
    } else if (text === '') {
      end();
      inList = false;
    } else if (notProse.test(text)) {
      end();
      inList = /^[-*+\d]/.test(text);
    } else if (!inList && (current.length > 0 || !indentedCode.test(line))) {
      current.push(text);
    }
  }
  end();
  return found;
}

/** Without front matter, comments and fenced code. */
function proseLines(markdown: string): string[] {
  const body = markdown
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/^---\n[\s\S]*?\n(---|\.\.\.)(\n|$)/, '')
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, '');
  let fence: string | null = null;
  return body.split('\n').map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const wasOpen: boolean = fence !== null;
    if (fence === null) fence = mark ?? null;
    else if (mark?.startsWith(fence) === true) fence = null;
    return wasOpen || mark !== undefined ? '' : line;
  });
}
