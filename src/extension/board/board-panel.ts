import { l10n, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { boardViewType, recordViewType } from '../contributions.ts';
import type { LiveRun } from '../runs/runs.ts';
import { shortRun } from '../actions/short-run.ts';
import type { Channel } from './channel.ts';
import { linkWebview, type LinkParts, type WebviewLink } from './webview-link.ts';
import { webviewOptions } from './webview-page.ts';

/** The board of one run in an editor tab. */
export class BoardPanel {
  readonly panel: WebviewPanel;
  readonly #link: WebviewLink;

  static open(run: LiveRun, parts: LinkParts): BoardPanel {
    const panel = window.createWebviewPanel(
      run.source === undefined ? boardViewType : recordViewType,
      titleOf(run),
      ViewColumn.Active,
      webviewOptions(parts.extensionUri),
    );
    return new BoardPanel(panel, run, parts);
  }

  /**
   * `panel`: a new one, or one that the editor brought back after a reload; `run`: null where that one's
   * is not there any more.
   */
  constructor(panel: WebviewPanel, run: LiveRun | null, parts: LinkParts) {
    this.panel = panel;
    if (run !== null) panel.title = titleOf(run);
    const icon = (theme: string): Uri =>
      Uri.joinPath(parts.extensionUri, 'media', `board-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#link = linkWebview(panel.webview, 'board', panel.title, parts);
    this.#link.channel.follow(run);
    panel.onDidChangeViewState(() => this.#link.channel.setVisible(panel.visible));
    panel.onDidDispose(() => this.#link.dispose());
  }

  get channel(): Channel {
    return this.#link.channel;
  }
}

const titleOf = ({ key, source }: LiveRun): string =>
  source === undefined
    ? l10n.t('Run {0}', shortRun(key.run))
    : l10n.t('Run {0} (read-only)', shortRun(key.run));
