import { CodeAction, CodeActionKind, languages, WorkspaceEdit, type Disposable } from 'vscode';
import { heard } from '../../core/language.ts';
import { planLanguageSelector } from '../contributions.ts';
import { toRange, type PlanDiagnostics } from './plan-diagnostics.ts';

/** Offers what the engine would change of a plan where its diagnostics stand. */
export function registerPlanFixes(diagnostics: PlanDiagnostics): Disposable {
  return languages.registerCodeActionsProvider(
    planLanguageSelector,
    {
      provideCodeActions: (document, at) =>
        diagnostics
          .of(document)
          .filter(({ shown }) => shown.range.intersection(at) !== undefined)
          .flatMap(({ shown, found }) =>
            found.edits.map((edit, index) => {
              const action = new CodeAction(heard(edit.title, edit.words), CodeActionKind.QuickFix);
              action.diagnostics = [shown];
              action.isPreferred = index === 0;
              action.edit = new WorkspaceEdit();
              for (const { text, ...range } of edit.changes) {
                action.edit.replace(document.uri, toRange(range), text);
              }
              return action;
            }),
          ),
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}
