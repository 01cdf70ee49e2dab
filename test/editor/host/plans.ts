import assert from 'node:assert/strict';
import {
  commands,
  languages,
  Position,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type CompletionList,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import type { HostTest } from './suite.ts';

/** The example's plan as an editor holds it; every test leaves it as it was. */
async function openPlan(): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the example is not open');
  const document = await workspace.openTextDocument(
    Uri.joinPath(folder.uri, 'tiny-lang.plan.yaml'),
  );
  await window.showTextDocument(document);
  await revert(); // of a test that did not come to its end
  return document;
}

async function replace(document: TextDocument, old: string, text: string): Promise<Position> {
  const at = document.getText().indexOf(old);
  assert.ok(at >= 0, `the plan does not hold ${old}`);
  const edit = new WorkspaceEdit();
  const start = document.positionAt(at);
  edit.replace(document.uri, new Range(start, document.positionAt(at + old.length)), text);
  assert.ok(await workspace.applyEdit(edit));
  return start;
}

/** The plan's diagnostics as soon as they are so. */
async function diagnosed(
  document: TextDocument,
  are: (diagnostics: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const listening = languages.onDidChangeDiagnostics(() => {
        listening.dispose();
        resolve();
      });
    });
    const diagnostics = languages.getDiagnostics(document.uri);
    if (are(diagnostics)) return diagnostics;
    await changed;
  }
}

async function revert(): Promise<void> {
  await commands.executeCommand('workbench.action.files.revert');
}

export const planTests: readonly HostTest[] = [
  {
    title: 'a need that no module has is said where it stands, and unsaid when it is mended',
    run: async () => {
      const document = await openPlan();
      const at = await replace(document, 'needs: [lexer]', 'needs: [lexxer]');
      try {
        const [found] = (
          await diagnosed(document, (all) => all.some(({ message }) => message.includes('lexxer')))
        ).filter(({ message }) => message.includes('lexxer'));
        assert.equal(found?.range.start.line, at.line);
      } finally {
        await revert();
      }
      await diagnosed(document, (all) => !all.some(({ message }) => message.includes('lexxer')));
    },
  },
  {
    title: 'what a module needs is completed with the names of the others',
    run: async () => {
      const document = await openPlan();
      const at = await replace(document, 'needs: [lexer]', 'needs: []');
      try {
        const list = await commands.executeCommand<CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          at.translate(0, 'needs: ['.length),
        );
        const labels = list.items.map(({ label }) =>
          typeof label === 'string' ? label : label.label,
        );
        assert.ok(labels.includes('lexer') && labels.includes('vm'), labels.join(', '));
      } finally {
        await revert();
      }
    },
  },
];
