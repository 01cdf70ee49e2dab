import {
  commands,
  l10n,
  Range,
  ViewColumn,
  window,
  type TextDocumentShowOptions,
  type Uri,
} from 'vscode';
import type { ModuleId, NodeRef, TreeId } from '../../core/ids.ts';
import { handedIn, type SealedVersion, type Side } from '../../core/projections/handed-in.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import type { Asked, Comparison, SealedFile } from '../../engine/run-files.ts';
import type { RunKey } from '../../protocol/board.ts';
import { plainMessage } from '../native/shown-text.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { gateDiffTitle, submissionDiffTitle } from './diff-titles.ts';
import type { AskingGate, Documents } from './documents.ts';
import type { RunFiles } from './run-files.ts';
import { ShownGates } from './shown-gate.ts';
import { fileUriOf, followedRun, uriOf } from './uris.ts';

export const openDocuments = (runs: Runs, files: RunFiles): Documents =>
  new RunDocuments(runs, files);

const stateOf = (run: LiveRun) => {
  if (run.replayed === null) throw new Error(l10n.t('This run has not begun yet.'));
  return run.replayed.state;
};

class RunDocuments implements Documents {
  readonly #runs: Runs;
  readonly #files: RunFiles;
  readonly #gates: ShownGates;

  constructor(runs: Runs, files: RunFiles) {
    this.#runs = runs;
    this.#files = files;
    this.#gates = new ShownGates(runs);
  }

  dispose(): void {
    this.#gates.dispose();
  }

  fileUri(run: LiveRun, tree: TreeId, path: string): Uri {
    return fileUriOf(run, tree, path);
  }

  shownGate(document: Uri | null): AskingGate | 'several' | null {
    return this.#gates.clicked(document);
  }

  sealedFiles(run: LiveRun, module: ModuleId, sealed: SealedVersion): Promise<SealedFile[]> {
    return this.#files.read(run, (engine, store) =>
      engine.sealedFiles(store, stateOf(run), module, sealed),
    );
  }

  async openFile(run: LiveRun, tree: TreeId, path: string): Promise<void> {
    await show(fileUriOf(run, tree, path));
  }

  async openContract(run: LiveRun, module: ModuleId, version: number): Promise<void> {
    const { tree, path } = await this.#contract(run, module, version);
    await this.openFile(run, tree, path);
  }

  async diffContract(run: LiveRun, module: ModuleId, from: number, to: number): Promise<void> {
    const [before, after] = await Promise.all([
      this.#contract(run, module, from),
      this.#contract(run, module, to),
    ]);
    const comparison = { before: before.tree, after: after.tree, within: (): boolean => true };
    await this.#compare(run, comparison, l10n.t('{0} · contract v{1} → v{2}', module, from, to));
  }

  async diffSubmission(run: LiveRun, module: ModuleId, tree: TreeId, side?: Side): Promise<void> {
    const comparison = await this.#files.read(run, async (engine) =>
      engine.submissionComparison(stateOf(run), run.events, module, tree, side),
    );
    const handed = handedIn(run.events, module).find((each) => each.tree === tree);
    if (handed === undefined)
      throw new Error(l10n.t('There is no such submission of {0}.', module));
    const title = submissionDiffTitle(module, handed, comparison.against);
    await this.#compare(run, comparison, title);
  }

  async diffApproval(
    run: LiveRun,
    { gate, submission }: Asked,
    side: Exclude<Side, 'seal'> = 'base',
  ): Promise<void> {
    const state = stateOf(run);
    const comparison = await this.#files.read(run, (engine, store) =>
      engine.approvalComparison(store, { state, events: run.events }, { gate, submission }, side),
    );
    if (comparison === null) {
      throw new Error(l10n.t('Gate {0} never asked about this submission.', gate));
    }
    const title = gateDiffTitle(gate, submission, side);
    this.#gates.opening(title, run);
    await this.#compare(run, comparison, title);
  }

  async openEvidence(
    run: LiveRun,
    module: ModuleId,
    tree: TreeId | null,
    file: string,
    line: number | null,
  ): Promise<void> {
    const place = await this.#files.read(run, (engine, store) =>
      engine.evidencePlace(store, stateOf(run), run.events, { module, tree, file }),
    );
    if (place === null) {
      throw new Error(l10n.t('{0} is neither in the contract nor in the submission.', file));
    }
    await show(fileUriOf(run, place.tree, place.path), atLine(line));
  }

  async openGateEvidence(
    run: LiveRun,
    gate: NodeRef,
    file: string,
    line: number | null,
  ): Promise<void> {
    const { found } = await this.#files.read(run, (engine, store) =>
      engine.evidenceFiles(store, stateOf(run), { gate, of: null }, [file]),
    );
    const place = found.get(file);
    if (place === undefined) {
      throw new Error(
        l10n.t('{0} is neither in the base nor in what {1} stands on.', file, nodeName(gate)),
      );
    }
    await show(fileUriOf(run, place.tree, place.path), atLine(line));
  }

  async openPostmortem(key: RunKey): Promise<void> {
    const run = await followedRun(this.#runs, key);
    await commands.executeCommand(
      'markdown.showPreview',
      uriOf({ kind: 'postmortem', ...run.key }),
    );
  }

  async openTranscript(run: LiveRun, file: string): Promise<void> {
    await show(uriOf({ kind: 'transcript', ...run.key, file }));
  }

  #contract(run: LiveRun, module: ModuleId, version: number) {
    return this.#files.read(run, async (engine) => {
      const state = stateOf(run);
      const tree = engine.contractTreeOf(state, module, version);
      const plan = state.plan.modules.find(({ id }) => id === module);
      if (tree === null || plan === undefined) {
        throw new Error(l10n.t('{0} has no contract v{1}.', module, version));
      }
      return { tree, path: `contract/${plan.contract.file}` };
    });
  }

  /** In the editor's diff of many files, or that of one. */
  async #compare(
    run: LiveRun,
    comparison: Omit<Comparison, 'against'>,
    title: string,
  ): Promise<void> {
    const { files, count } = await this.#files.read(run, (engine, store) =>
      engine.comparedFiles(store, comparison),
    );
    const { before, after } = comparison;
    const pairs = files.map(({ path, inBefore, inAfter }) => {
      const left = inBefore && before !== null ? fileUriOf(run, before, path) : undefined;
      const right = inAfter ? fileUriOf(run, after, path) : undefined;
      return [fileUriOf(run, inAfter ? after : (before ?? after), path), left, right] as const;
    });
    const [first] = pairs;
    if (first === undefined) {
      const says = l10n.t('{0}: nothing differs.', title);
      void window.showInformationMessage(plainMessage(says));
      return;
    }
    const [, left, right] = first;
    if (pairs.length === 1 && left !== undefined && right !== undefined) {
      await commands.executeCommand('vscode.diff', left, right, title);
      return;
    }
    const shown =
      count > pairs.length
        ? l10n.t('{0} (the first {1} of {2} files)', title, pairs.length, count)
        : title;
    await commands.executeCommand('vscode.changes', shown, pairs);
  }
}

async function show(uri: Uri, options: TextDocumentShowOptions = {}): Promise<void> {
  await window.showTextDocument(uri, { viewColumn: ViewColumn.Active, ...options });
}

const atLine = (line: number | null): TextDocumentShowOptions =>
  line === null ? {} : { selection: new Range(line - 1, 0, line - 1, 0) };
