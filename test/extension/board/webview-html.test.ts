import { describe, expect, it } from 'vitest';
import { webviewHtml, type PageParts } from '../../../src/extension/board/webview-html.ts';

const parts: PageParts = {
  ...{ surface: 'sidebar', title: 'Run <7f3a> & "more"', nonce: 'bm9uY2U=' },
  script: 'https://resource.example/board.js?a=1&b="2"',
  style: 'https://resource.example/board.css',
  cspSource: 'https://resource.example',
  language: { tag: 'de', messages: { Seal: 'Sie<gel></script>' }, decimalMark: ',' },
};
const html = webviewHtml(parts);

describe('webviewHtml', () => {
  it('says which surface it is, and loads the bundle with its nonce', () => {
    expect(html).toContain('<div id="root" data-surface="sidebar"></div>');
    expect(html.match(/<script[^>]*>/g)).toEqual([
      '<script type="application/json" id="language">',
      '<script type="module" nonce="bm9uY2U=" src="https://resource.example/board.js?a=1&amp;b=&quot;2&quot;">',
    ]);
    expect(html).toContain('<link rel="stylesheet" href="https://resource.example/board.css" />');
  });

  it('brings its language along as data that cannot end before its end', () => {
    expect(html).toContain('<html lang="de">');
    const told = /id="language">(.*)<\/script>/.exec(html)?.[1] ?? '';
    expect(told).not.toContain('<');
    expect(JSON.parse(told)).toEqual(parts.language);
  });

  it('lets no text of a run become markup', () => {
    expect(html).toContain('<title>Run &lt;7f3a&gt; &amp; &quot;more&quot;</title>');
  });

  it('allows nothing but what comes from the extension', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy.split('; ')).toEqual([
      `default-src 'none'`,
      `script-src 'nonce-bm9uY2U=' https://resource.example`,
      `style-src https://resource.example 'unsafe-inline'`,
      `font-src https://resource.example`,
      `img-src https://resource.example data:`,
      `base-uri 'none'`,
      `form-action 'none'`,
    ]);
  });
});
