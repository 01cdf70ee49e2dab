import {
  l10n,
  window,
  type Disposable,
  type ExtensionContext,
  type WebviewView,
  type WebviewViewProvider,
} from 'vscode';
import { oneLine } from '../../core/projections/safe-text.ts';
import { views } from '../contributions.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import type { Runs } from '../runs/runs.ts';
import { linkWebview, type LinkParts, type WebviewLink } from './webview-link.ts';

/** The side bar's view: the current run in short, and a badge that counts what needs a person. */
export class SidebarView implements WebviewViewProvider, Disposable {
  readonly #runs: Runs;
  readonly #parts: LinkParts;
  readonly #subscriptions: Disposable[];
  #view: WebviewView | null = null;
  #link: WebviewLink | null = null;

  constructor(context: ExtensionContext, runs: Runs, parts: LinkParts) {
    this.#runs = runs;
    this.#parts = parts;
    this.#subscriptions = [
      window.registerWebviewViewProvider(views.runBoard, this),
      runs.onDidChange(() => this.#update()),
    ];
    context.subscriptions.push(this);
  }

  get visible(): boolean {
    return this.#view?.visible ?? false;
  }

  resolveWebviewView(view: WebviewView): void {
    this.#link?.dispose();
    const link = linkWebview(view.webview, 'sidebar', l10n.t('Ashlar'), this.#parts);
    this.#view = view;
    this.#link = link;
    view.onDidChangeVisibility(() => link.channel.setVisible(view.visible));
    view.onDidDispose(() => {
      link.dispose();
      if (this.#link !== link) return;
      this.#link = null;
      this.#view = null;
    });
    this.#update();
  }

  deskChanged(): void {
    this.#link?.channel.deskChanged();
  }

  refused(message: string): void {
    this.#link?.channel.refused(message);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#link?.dispose();
  }

  #update(): void {
    const { current, list } = this.#runs;
    this.#link?.channel.follow(current);
    if (this.#view === null) return;
    const line = list.find(({ key }) => current !== null && isSameRun(key, current.key));
    this.#view.description = oneLine(line?.artifact ?? '', 60);
    const needs = list.reduce((sum, each) => sum + each.needs, 0);
    const tooltip =
      needs === 1 ? l10n.t('1 thing needs you') : l10n.t('{0} things need you', needs);
    this.#view.badge = needs === 0 ? undefined : { value: needs, tooltip };
  }
}
