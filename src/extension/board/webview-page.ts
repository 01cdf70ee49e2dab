import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { editorLanguage } from '../language.ts';
import { webviewHtml, type PageParts } from './webview-html.ts';

/** Where the bundle of the webviews lies: nothing else may be loaded. */
const boardFolder = (extensionUri: Uri): Uri => Uri.joinPath(extensionUri, 'dist', 'board');

export const webviewOptions = (extensionUri: Uri) => ({
  enableScripts: true,
  localResourceRoots: [boardFolder(extensionUri)],
});

/** Fills a webview with the page of a surface. */
export function fillPage(
  webview: Webview,
  surface: PageParts['surface'],
  title: string,
  extensionUri: Uri,
): void {
  const address = (name: string): string =>
    webview.asWebviewUri(Uri.joinPath(boardFolder(extensionUri), name)).toString();
  webview.options = webviewOptions(extensionUri);
  webview.html = webviewHtml({
    ...{ surface, title, cspSource: webview.cspSource },
    ...{ script: address('board.js'), style: address('board.css') },
    language: editorLanguage(),
    nonce: randomBytes(18).toString('base64'),
  });
}
