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
import type { Diagnostic, FileChange } from '../../engine/plan/diagnostic.ts';
import { heard } from '../../core/language.ts';
import { planLanguageSelector } from '../contributions.ts';
import { engine } from '../engine-door.ts';

/** A diagnostic of the engine, and how it is underlined. */
export interface ShownDiagnostic {
  readonly found: Diagnostic;
  readonly shown: EditorDiagnostic;
}

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
  /** What is underlined, and in which version of the text. */
  readonly #found = new Map<
    string,
    { readonly version: number; readonly list: readonly ShownDiagnostic[] }
  >();
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
        this.#found.delete(uri.toString());
        this.#shown.delete(uri);
      }),
    ];
    for (const document of workspace.textDocuments) this.#later(document, 0);
  }

  /** `version`: of the text that was looked at; left out for what is saved. */
  show(plan: Uri, diagnostics: readonly Diagnostic[], version?: number): void {
    const key = plan.toString();
    this.#cancel(key);
    this.#whole.add(key);
    const open = workspace.textDocuments.find(({ uri }) => uri.toString() === key);
    const saved = open?.isDirty === false ? open.version : -1;
    this.#underline(plan, diagnostics, version ?? saved);
  }

  /** What is underlined in a text; nothing where it has changed since it was looked at. */
  of({ uri, version }: TextDocument): readonly ShownDiagnostic[] {
    const found = this.#found.get(uri.toString());
    return found?.version === version ? found.list : [];
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
    this.#underline(document.uri, diagnostics, version);
  }

  #underline(plan: Uri, diagnostics: readonly Diagnostic[], version: number): void {
    const list = diagnostics.map((found) => ({ found, shown: toEditor(found) }));
    this.#found.set(plan.toString(), { version, list });
    this.#shown.set(
      plan,
      list.map(({ shown }) => shown),
    );
  }

  #cancel(key: string): void {
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
  }
}

/** What to do stands below what is wrong. */
function toEditor({ code, severity, words, ...place }: Diagnostic): EditorDiagnostic {
  const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Information;
  const message = heard(place.message, words?.message);
  const fix = heard(place.fix, words?.fix);
  const text = fix === '' ? message : `${message}\n→ ${fix}`;
  const made = new EditorDiagnostic(toRange(place), text, level);
  made.source = 'ashlar';
  made.code = code;
  return made;
}

/** Lines and columns begin at 0 there. */
export function toRange(place: Omit<FileChange, 'text'>): Range {
  const { line, column, endLine, endColumn } = place;
  return new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
