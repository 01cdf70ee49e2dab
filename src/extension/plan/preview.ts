import {
  EventEmitter,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type TextDocument,
  type TextDocumentContentProvider,
} from 'vscode';
import { sentence } from '../actions/sentence.ts';
import { scheduleScheme } from '../contributions.ts';
import { engine } from '../engine-door.ts';
import { plainMessage } from '../native/shown-text.ts';

/** Typing goes on; a schedule takes longer to make than an underline. */
const quietMs = 600;

/** What is shown of a plan, and the text that it will be made of next. */
interface Shown {
  readonly plan: Uri;
  text: string;
  waiting: NodeJS.Timeout | null;
  /** Counts what was asked for: an answer that another one has overtaken is dropped. */
  asked: number;
}

type Made = { readonly ok: true; readonly text: string } | { readonly ok: false; why: string };

/**
 * Schedules of plans in virtual time, as read-only documents. One that is open follows its plan while
 * it is typed; where that cannot be scheduled, the last schedule stays, and says why it is old.
 */
export class SchedulePreviews implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  /** By document. Only what was asked for here is ever shown. */
  readonly #shown = new Map<string, Shown>();
  readonly #subscriptions: readonly Disposable[] = [
    workspace.registerTextDocumentContentProvider(scheduleScheme, this),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#later(document);
    }),
  ];
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#shown.get(uri.toString())?.text ?? 'Ask for the schedule of the plan again.\n';
  }

  /** Previews the plan as it stands in the editor; says what is wrong where nothing can be scheduled. */
  async open(plan: Uri): Promise<void> {
    const made = await previewOf(await workspace.openTextDocument(plan), true);
    if (made === null) return;
    if (!made.ok) {
      const message = `The plan cannot be scheduled: ${sentence(made.why)}`;
      void window.showErrorMessage(plainMessage(message));
      return;
    }
    const uri = documentOf(plan);
    const before = this.#shown.get(uri.toString());
    if (before !== undefined && before.waiting !== null) clearTimeout(before.waiting);
    const asked = (before?.asked ?? 0) + 1;
    this.#shown.set(uri.toString(), { plan, text: made.text, waiting: null, asked });
    this.#changed.fire(uri);
    const text = await workspace.openTextDocument(uri);
    await window.showTextDocument(text, { viewColumn: ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    for (const { waiting } of this.#shown.values()) if (waiting !== null) clearTimeout(waiting);
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }

  #later(document: TextDocument): void {
    const uri = documentOf(document.uri);
    const shown = this.#shown.get(uri.toString());
    if (shown?.plan.toString() !== document.uri.toString()) return;
    // Nobody reads one that is closed.
    if (!workspace.textDocuments.some((each) => each.uri.toString() === uri.toString())) return;
    if (shown.waiting !== null) clearTimeout(shown.waiting);
    shown.waiting = setTimeout(() => {
      shown.waiting = null;
      // What it cannot do is said in the document, and nothing of it is a reason to interrupt.
      this.#follow(uri, shown, document).catch(() => undefined);
    }, quietMs);
  }

  async #follow(uri: Uri, shown: Shown, document: TextDocument): Promise<void> {
    const asked = ++shown.asked;
    const made = await previewOf(document, false);
    if (made === null || shown.asked !== asked) return;
    shown.text = made.ok ? made.text : older(shown.text, sentence(made.why));
    this.#changed.fire(uri);
  }
}

const oldMark = 'of the text before: ';

/** The schedule that there was, below why there is no newer one. */
function older(text: string, why: string): string {
  const kept = text.startsWith(oldMark) ? text.slice(text.indexOf('\n') + 1) : text;
  return `${oldMark}${why}\n${kept}`;
}

function documentOf(plan: Uri): Uri {
  const name = plan.path.split('/').at(-1) ?? 'plan';
  return Uri.from({
    scheme: scheduleScheme,
    path: `/${name.replace(/\.plan\.ya?ml$/i, '')} schedule`,
    query: plan.toString(),
  });
}

/** null: the plan lies in no folder of this window. */
async function previewOf(document: TextDocument, isThorough: boolean): Promise<Made | null> {
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined) return null;
  const { previewPlan, simulationText } = await engine();
  const previewed = await previewPlan({
    workspace: folder.uri.fsPath,
    planFile: document.uri.fsPath,
    text: document.getText(),
    builders: null,
    isThorough,
  });
  if (!previewed.ok) return { ok: false, why: previewed.message };
  const { preview, diagnostics } = previewed;
  if (preview !== null) {
    return { ok: true, text: await simulationText(preview.plan, preview.simulation) };
  }
  const why = diagnostics.find(({ severity }) => severity === 'error')?.message ?? '';
  return { ok: false, why };
}
