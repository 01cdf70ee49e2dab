import {
  l10n,
  CodeLens,
  CompletionItem,
  CompletionItemKind,
  Hover,
  languages,
  MarkdownString,
  Range,
  RelativePattern,
  SnippetString,
  workspace,
  type Disposable,
  type TextDocument,
} from 'vscode';
import { commands as ids, planLanguageSelector } from '../contributions.ts';
import { engine } from '../engine-door.ts';
import { late } from '../late-door.ts';
import type { Runs } from '../runs/runs.ts';
import type { Suggestion } from './complete-plan.ts';
import { lastRunOf, lensTitle } from './lens-words.ts';

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
};

/** More files than this are not offered: whoever has them types the folder first. */
const maxFiles = 5_000;
const leftOut = '{**/node_modules/**,**/.git/**,**/.ce-workspace/**}';

/** Suggestions, explanations and lenses in plan files. The language itself comes with the engine. */
export function registerPlanLanguage(runs: Runs): Disposable[] {
  return [
    languages.registerCompletionItemProvider(
      planLanguageSelector,
      {
        async provideCompletionItems(document, position) {
          const { completePlan } = await engine();
          const offset = document.offsetAt(position);
          const { typed, items } = await completePlan(
            document.getText(),
            offset,
            await files(document),
          );
          const range = new Range(position.translate(0, -typed), position);
          return items.map((each, index) => item(each, range, index));
        },
      },
      ...[' ', ':', '/', '[', ','],
    ),
    languages.registerHoverProvider(planLanguageSelector, {
      async provideHover(document, position) {
        const { describeName, describePlan } = await engine();
        const [text, offset] = [document.getText(), document.offsetAt(position)];
        const found = (await describeName(text, offset)) ?? (await describePlan(text, offset));
        if (found === null) return undefined;
        const range = new Range(document.positionAt(found.from), document.positionAt(found.to));
        return new Hover(new MarkdownString(found.about), range);
      },
    }),
    languages.registerDefinitionProvider(planLanguageSelector, {
      provideDefinition: (document, position) => late().planDefinition(document, position),
    }),
    languages.registerReferenceProvider(planLanguageSelector, {
      provideReferences: (document, position) => late().planReferences(document, position),
    }),
    languages.registerRenameProvider(planLanguageSelector, {
      prepareRename: (document, position) => late().prepareRename(document, position),
      provideRenameEdits: (document, position, to) => late().renameInPlan(document, position, to),
    }),
    languages.registerDocumentSymbolProvider(
      planLanguageSelector,
      { provideDocumentSymbols: (document) => late().planSymbols(document) },
      { label: 'Ashlar' },
    ),
    languages.registerCodeLensProvider(planLanguageSelector, {
      onDidChangeCodeLenses: (listener, thisArgs, disposables) =>
        runs.onDidChange(() => void listener.call(thisArgs), undefined, disposables),
      provideCodeLenses: (document) => lenses(document, runs),
    }),
  ];
}

function item(each: Suggestion, range: Range, index: number): CompletionItem {
  const made = new CompletionItem(each.label, kinds[each.kind]);
  made.range = range;
  made.detail = each.detail;
  made.documentation = new MarkdownString(each.about);
  // The order of the schema and the plan tells more than the alphabet.
  made.sortText = String(index).padStart(4, '0');
  made.insertText = each.isSnippet ? new SnippetString(each.insert) : each.insert;
  if (each.kind === 'folder') {
    made.command = { command: 'editor.action.triggerSuggest', title: l10n.t('Suggest further') };
  }
  return made;
}

async function files(document: TextDocument): Promise<string[]> {
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined) return [];
  const found = await workspace.findFiles(new RelativePattern(folder, '**/*'), leftOut, maxFiles);
  return found.map((uri) => workspace.asRelativePath(uri, false));
}

async function lenses(document: TextDocument, runs: Runs): Promise<CodeLens[]> {
  const top = new Range(0, 0, 0, 0);
  const lens = (title: string, command: string, given: unknown): CodeLens =>
    new CodeLens(top, { title, command, arguments: [given] });
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined) return [];
  const last = await lastRunOf(document.getText(), folder.uri.toString(), runs.list);
  return [
    lens('$(play) Run', ids.runPlan, document.uri),
    lens('$(checklist) Check', ids.checkPlan, document.uri),
    lens('$(open-preview) Preview', ids.previewPlan, document.uri),
    ...(last === undefined ? [] : [lens(lensTitle(last), ids.openBoard, last.key)]),
  ];
}
