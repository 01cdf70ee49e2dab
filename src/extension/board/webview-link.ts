import type { Disposable, Uri, Webview } from 'vscode';
import type { Desk } from '../../protocol/board.ts';
import type { Drafts } from '../drafts/drafts.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import { Channel } from './channel.ts';
import { Router, type RouterPorts } from './router.ts';
import { fillPage } from './webview-page.ts';

/** What every webview is connected to. */
export interface LinkParts extends RouterPorts {
  readonly extensionUri: Uri;
  readonly drafts: Drafts;
}

/** A webview that shows one of the two surfaces, and its end of the channel. */
export interface WebviewLink {
  readonly channel: Channel;
  dispose(): void;
}

/** Fills a webview with the board's page and connects it. */
export function linkWebview(
  webview: Webview,
  surface: 'board' | 'sidebar',
  title: string,
  parts: LinkParts,
): WebviewLink {
  const { extensionUri, drafts } = parts;
  const desk = (): Desk => parts.desk();
  const channel = new Channel({
    desk,
    post: (message) => void webview.postMessage(message),
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    drafts: (run) => drafts.list(run),
  });
  const router = new Router(parts, channel);
  const subscriptions: Disposable[] = [
    webview.onDidReceiveMessage((message: unknown) => void router.receive(message)),
    drafts.onDidChange(({ key, module }) => {
      const { run } = channel;
      if (run === null || !isSameRun(run.key, key)) return;
      channel.draft(module, drafts.get(run, module));
    }),
  ];
  fillPage(webview, surface, title, extensionUri);
  return {
    channel,
    dispose: () => {
      for (const each of subscriptions) each.dispose();
      channel.dispose();
    },
  };
}
