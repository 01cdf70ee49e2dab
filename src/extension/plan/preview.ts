import {
  EventEmitter,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
} from 'vscode';
import { simulationText } from '../../core/projections/simulation-text.ts';
import { sentence } from '../actions/sentence.ts';
import { scheduleScheme } from '../contributions.ts';
import { engine } from '../engine-door.ts';
import { plainMessage } from '../native/shown-text.ts';

/** Schedules of plans in virtual time, as read-only documents that follow the plan as it is typed. */
export class SchedulePreviews implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  /** By document: what it shows. Only what was asked for here is ever shown. */
  readonly #texts = new Map<string, string>();
  readonly #registered = workspace.registerTextDocumentContentProvider(scheduleScheme, this);
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? 'Ask for the schedule of the plan again.\n';
  }

  /** Previews the plan as it stands in the editor; says what is wrong where nothing can be scheduled. */
  async open(plan: Uri): Promise<void> {
    const folder = workspace.getWorkspaceFolder(plan);
    if (folder === undefined) return;
    const document = await workspace.openTextDocument(plan);
    const { previewPlan } = await engine();
    const previewed = await previewPlan({
      workspace: folder.uri.fsPath,
      planFile: plan.fsPath,
      text: document.getText(),
      builders: null,
    });
    if (!previewed.ok || previewed.preview === null) {
      const why = previewed.ok
        ? (previewed.diagnostics.find(({ severity }) => severity === 'error')?.message ?? '')
        : previewed.message;
      const message = `The plan cannot be scheduled: ${sentence(why)}`;
      void window.showErrorMessage(plainMessage(message));
      return;
    }
    const name = plan.path.split('/').at(-1) ?? 'plan';
    const shown = Uri.from({
      scheme: scheduleScheme,
      path: `/${name.replace(/\.plan\.ya?ml$/i, '')} schedule`,
      query: plan.toString(),
    });
    this.#texts.set(
      shown.toString(),
      simulationText(previewed.preview.plan, previewed.preview.simulation),
    );
    this.#changed.fire(shown);
    const text = await workspace.openTextDocument(shown);
    await window.showTextDocument(text, { viewColumn: ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
