import type { Language } from '../../core/language.ts';

/** What a webview's page is made of; all of it comes from the extension's own folder. */
export interface PageParts {
  readonly surface: 'board' | 'sidebar' | 'preview' | 'compare';
  readonly title: string;
  /** Addresses that the webview may load. */
  readonly script: string;
  readonly style: string;
  /** The editor's name for what `localResourceRoots` allows. */
  readonly cspSource: string;
  /** What the page says everything in. */
  readonly language: Language;
  /** New for each page. */
  readonly nonce: string;
}

/**
 * The page of board, sidebar, preview and comparisons. It loads what lies in `dist/board` and nothing else: no network, no
 * frames, no script that is not ours. React Flow places its nodes by `style` attributes, which is
 * why those are allowed.
 */
export function webviewHtml(parts: PageParts): string {
  const { surface, cspSource, nonce, language } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language.tag)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escaped(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${escaped(parts.style)}" />
    <title>${escaped(parts.title)}</title>
  </head>
  <body>
    <div id="root" data-surface="${surface}"></div>
    <script type="application/json" id="language">${inert(language)}</script>
    <script type="module" nonce="${escaped(nonce)}" src="${escaped(parts.script)}"></script>
  </body>
</html>
`;
}

/** Data in a page that nothing executes and nothing in it can end. */
const inert = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (each) => entities[each] ?? each);
