import {
  Diagnostic as EditorDiagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  workspace,
  type LogOutputChannel,
  type TextDocument,
  type Uri,
} from 'vscode';
import type { Diagnostic } from '../../engine/plan/diagnostic.ts';
import { planLanguageSelector } from '../contributions.ts';
import { engine } from '../engine-door.ts';

/** Typing goes on; nobody reads what is underlined between two keys. */
const quietMs = 300;

/**
 * What `ashlar check` says of a plan's text, underlined while it is typed. What a whole check found
 * with files and contracts stays until the text changes.
 */
export class PlanDiagnostics {
  readonly #log: LogOutputChannel;
  readonly #shown = languages.createDiagnosticCollection('ashlar');
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Plans of which a whole check is shown: opening one of them finds nothing that is not. */
  readonly #whole = new Set<string>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(log: LogOutputChannel) {
    this.#log = log;
    this.#subscriptions = [
      this.#shown,
      workspace.onDidOpenTextDocument((document) => {
        if (!this.#whole.has(document.uri.toString())) this.#later(document, 0);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document, quietMs);
      }),
      workspace.onDidSaveTextDocument((document) => {
        if (this.#waiting.has(document.uri.toString())) this.#later(document, 0);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#cancel(uri.toString());
        this.#whole.delete(uri.toString());
        this.#shown.delete(uri);
      }),
    ];
    for (const document of workspace.textDocuments) this.#later(document, 0);
  }

  show(plan: Uri, diagnostics: readonly Diagnostic[]): void {
    this.#cancel(plan.toString());
    this.#whole.add(plan.toString());
    this.#shown.set(plan, diagnostics.map(toEditor));
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const each of this.#subscriptions) each.dispose();
  }

  #later(document: TextDocument, ms: number): void {
    if (languages.match(planLanguageSelector, document) === 0 || document.uri.scheme !== 'file')
      return;
    const key = document.uri.toString();
    this.#cancel(key);
    this.#whole.delete(key);
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      this.#look(document).catch((error: unknown) => this.#log.error(String(error)));
    }, ms);
    this.#waiting.set(key, timer);
  }

  async #look(document: TextDocument): Promise<void> {
    const { loadPlan } = await engine();
    const { version } = document;
    const name = workspace.asRelativePath(document.uri);
    const { diagnostics } = await loadPlan(document.getText(), name);
    // What was found meanwhile with files and contracts, or in a later text, stands.
    const isOld = document.isClosed || document.version !== version;
    if (isOld || this.#whole.has(document.uri.toString())) return;
    this.#shown.set(document.uri, diagnostics.map(toEditor));
  }

  #cancel(key: string): void {
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
  }
}

/** What to do stands below what is wrong; lines and columns begin at 0 there. */
function toEditor({ code, severity, line, column, endLine, endColumn, message, fix }: Diagnostic) {
  const range = new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Information;
  const made = new EditorDiagnostic(range, fix === '' ? message : `${message}\n→ ${fix}`, level);
  made.source = 'ashlar';
  made.code = code;
  return made;
}
