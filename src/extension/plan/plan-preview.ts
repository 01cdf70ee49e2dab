import {
  Range,
  RelativePattern,
  Selection,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
  l10n,
  type Disposable,
  type LogOutputChannel,
  type TextDocument,
  type TextEditor,
  type WebviewPanel,
} from 'vscode';
import type { NodeRef } from '../../core/ids.ts';
import type { LivePlan } from '../../engine/live-plan.ts';
import type { PlanTrouble, PreviewHostMessage } from '../../protocol/preview.ts';
import { fillPage } from '../board/webview-page.ts';
import { engine } from '../engine-door.ts';
import { plainLabel } from '../native/shown-text.ts';
import { placeOfRef, refAt } from './plan-places.ts';
import { checkPreviewMessage } from './preview-check.ts';

/** Typing goes on; nobody looks at what is drawn between two keys. */
const quietMs = 150;
/** A cursor that is moved by a held key does not stop anywhere. */
const cursorMs = 60;
/** A page that is shown again says `ready` when it was built anew; one that lived on says nothing. */
const wakeMs = 250;

/** What a preview needs from its window. */
export interface PreviewParts {
  readonly extensionUri: Uri;
  readonly log: Pick<LogOutputChannel, 'debug' | 'error' | 'warn'>;
}

/**
 * The preview of one plan in an editor tab. It follows the text while it is typed: an answer that
 * another one has overtaken is dropped, and where the text cannot be drawn the page keeps what it
 * shows. Nothing is looked at while the tab is hidden: its page is built anew when it is shown again.
 */
export class PlanPreview {
  readonly panel: WebviewPanel;
  readonly plan: Uri;
  readonly #parts: PreviewParts;
  readonly #live: Promise<LivePlan>;
  readonly #subscriptions: Disposable[];
  #timer: NodeJS.Timeout | null = null;
  #cursorTimer: NodeJS.Timeout | null = null;
  #wakeTimer: NodeJS.Timeout | null = null;
  #visible = true;
  /** Counts what was asked for. */
  #asked = 0;
  /** The page is there and listens. */
  #awake = false;
  /** What the page was told last, as it was sent: the same is not drawn again. */
  #told = '';

  constructor(panel: WebviewPanel, plan: Uri, folder: string, parts: PreviewParts) {
    this.panel = panel;
    this.plan = plan;
    this.#parts = parts;
    this.#live = engine().then(({ livePlan }) => livePlan(folder));
    const icon = (theme: string): Uri =>
      Uri.joinPath(parts.extensionUri, 'media', `board-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.title = titleOf(plan);
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#hear(message)),
      panel.onDidChangeViewState(() => this.#setVisible(panel.visible)),
      panel.onDidDispose(() => this.#dispose()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#isOf(document)) this.#later();
      }),
      // A file that was closed can have changed on the disk meanwhile.
      workspace.onDidOpenTextDocument((document) => {
        if (this.#isOf(document)) this.#later();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#cursorLater(textEditor)),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) this.#cursorLater(editor);
      }),
    ];
    const watcher = workspace.createFileSystemWatcher(
      new RelativePattern(Uri.joinPath(plan, '..'), nameOf(plan)),
    );
    const changed = (): void => this.#later();
    this.#subscriptions.push(
      ...[watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed)],
      watcher.onDidDelete(changed),
    );
    fillPage(panel.webview, 'preview', panel.title, parts.extensionUri);
  }

  /** What earlier runs took may be more by now. */
  runsChanged(): void {
    void this.#live.then((live) => live.forgetRuns()).catch(() => undefined);
    this.#later();
  }

  #hear(value: unknown): void {
    const message = checkPreviewMessage(value);
    if (message === null) {
      this.#parts.log.warn('a preview of a plan sent what is no message of it');
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#begin();
        return;
      case 'preview-reveal':
        void this.#reveal((document) => rangeOf(document, message.ref));
        return;
      case 'preview-reveal-line':
        void this.#reveal((document) => {
          const at = Math.min(message.line, document.lineCount) - 1;
          return document.lineAt(at).range;
        });
        return;
    }
  }

  /** The page knows nothing. */
  #begin(): void {
    this.#cancelWake();
    this.#awake = true;
    this.#told = '';
    const [uri, file] = [this.plan.toString(), workspace.asRelativePath(this.plan)];
    this.#post({ type: 'preview-of', uri, file });
    void this.#draw();
    const editor = this.#editor();
    if (editor !== undefined) this.#point(editor);
  }

  #setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#cancelWake();
    this.#awake = false;
    if (visible) this.#wakeTimer = setTimeout(() => this.#begin(), wakeMs);
  }

  #cancelWake(): void {
    if (this.#wakeTimer !== null) clearTimeout(this.#wakeTimer);
    this.#wakeTimer = null;
  }

  #later(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    // What is being read is of a text that is no more.
    this.#asked += 1;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#draw();
    }, quietMs);
  }

  async #draw(): Promise<void> {
    if (!this.#awake) return;
    const asked = ++this.#asked;
    try {
      const from = performance.now();
      const live = await this.#live;
      const document = await workspace.openTextDocument(this.plan);
      const name = workspace.asRelativePath(this.plan);
      const { plan, estimates, troubles, more } = await live.read(document.getText(), name);
      if (this.#asked !== asked) return;
      if (plan === null) {
        this.#tell(troubles, more);
        return;
      }
      const drawn = JSON.stringify([plan, estimates]);
      if (drawn === this.#told) this.#tell([], 0);
      else {
        this.#told = drawn;
        this.#post({ type: 'preview-plan', plan, estimates });
        const tookMs = Math.round(performance.now() - from);
        this.#parts.log.debug(`preview of ${name}: read in ${tookMs} ms`);
      }
    } catch (error) {
      if (this.#asked !== asked) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#parts.log.error(`preview of ${this.plan.fsPath}: ${message}`);
      this.#tell([{ line: 1, message: l10n.t('The plan file cannot be read: {0}', message) }], 0);
    }
  }

  #tell(troubles: readonly PlanTrouble[], more: number): void {
    this.#post({ type: 'preview-troubles', troubles, more });
  }

  #cursorLater(editor: TextEditor): void {
    if (!this.#awake || !this.#isOf(editor.document)) return;
    if (this.#cursorTimer !== null) clearTimeout(this.#cursorTimer);
    this.#cursorTimer = setTimeout(() => {
      this.#cursorTimer = null;
      this.#point(editor);
    }, cursorMs);
  }

  #point({ document, selection }: TextEditor): void {
    const ref = refAt(document.getText(), document.offsetAt(selection.active));
    this.#post({ type: 'preview-cursor', ref });
  }

  /** Shows a place of the plan, beside the preview; who clicks on stones goes on clicking on stones. */
  async #reveal(place: (document: TextDocument) => Range | null): Promise<void> {
    try {
      const document = await workspace.openTextDocument(this.plan);
      const range = place(document);
      // What is drawn may be older than what is written.
      if (range === null) return;
      const open = this.#editor();
      const column = open?.viewColumn ?? columnBeside(this.panel.viewColumn);
      const editor = await window.showTextDocument(document, {
        ...{ viewColumn: column, preserveFocus: true, preview: false },
      });
      editor.selection = new Selection(range.start, range.end);
      editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
    } catch (error) {
      this.#parts.log.warn(error instanceof Error ? error.message : String(error));
    }
  }

  #editor(): TextEditor | undefined {
    return window.visibleTextEditors.find(({ document }) => this.#isOf(document));
  }

  #isOf({ uri }: TextDocument): boolean {
    return uri.toString() === this.plan.toString();
  }

  #post(message: PreviewHostMessage): void {
    if (this.#awake) void this.panel.webview.postMessage(message);
  }

  #dispose(): void {
    this.#awake = false;
    this.#asked += 1;
    this.#cancelWake();
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#cursorTimer !== null) clearTimeout(this.#cursorTimer);
    for (const each of this.#subscriptions) each.dispose();
  }
}

function rangeOf(document: TextDocument, ref: NodeRef): Range | null {
  const place = placeOfRef(document.getText(), ref);
  if (place === null) return null;
  return new Range(document.positionAt(place.from), document.positionAt(place.to));
}

/** In the first column, unless the preview itself stands there. */
const columnBeside = (column: ViewColumn | undefined): ViewColumn =>
  column === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;

const nameOf = (plan: Uri): string => plan.path.split('/').at(-1) ?? '';

function titleOf(plan: Uri): string {
  return l10n.t('Preview {0}', plainLabel(nameOf(plan).replace(/\.plan\.ya?ml$/i, '')));
}
