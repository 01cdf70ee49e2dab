import {
  commands,
  l10n,
  MarkdownString,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type ExtensionContext,
  type TextDocumentShowOptions,
} from 'vscode';
import type { GateId, ModuleId, TreeId } from '../../core/ids.ts';
import type { Comparison } from '../../engine/run-files.ts';
import type { RunKey } from '../../protocol/board.ts';
import { documentScheme } from '../contributions.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { documentUri, readDocumentUri, type DocumentPlace } from './document-uri.ts';
import { RunFileSystem } from './file-system.ts';
import type { RunFiles } from './run-files.ts';
import { shownBytes } from './shown-bytes.ts';

/** Opens what a run holds in the editor's own viewers and diffs, read-only. */
export interface Documents {
  openContract(run: LiveRun, module: ModuleId, version: number): Promise<void>;
  diffContract(run: LiveRun, module: ModuleId, from: number, to: number): Promise<void>;
  /** A submission or a seal, against the seal before it or the base. */
  diffSubmission(run: LiveRun, module: ModuleId, tree: TreeId): Promise<void>;
  diffApproval(run: LiveRun, gate: GateId): Promise<void>;
  openEvidence(
    run: LiveRun,
    module: ModuleId,
    tree: TreeId | null,
    file: string,
    line: number | null,
  ): Promise<void>;
  openPostmortem(key: RunKey): Promise<void>;
  openTranscript(run: LiveRun, file: string): Promise<void>;
  /** A file of a run's tree, to be shown beside others. */
  fileUri(run: LiveRun, tree: TreeId, path: string): Uri;
}

/** Registers the scheme of read-only documents. What the calls throw is meant for the person. */
export function createDocuments(context: ExtensionContext, runs: Runs, files: RunFiles): Documents {
  const read = async (uri: Uri): Promise<Uint8Array> => {
    const place = readDocumentUri(uri);
    if (place === null) throw new Error('There is no such document.');
    const run = await followed(runs, place);
    if (place.kind === 'postmortem') return files.report(run);
    if (place.kind === 'transcript') return files.transcript(run, place.file);
    return files.read(run, async (_, store) => {
      const entries = await store.listTree(place.tree);
      const entry = entries.find(({ path }) => path === place.path);
      const content =
        entry === undefined || entry.mode === '160000' ? null : await store.readBlob(entry.oid);
      return shownBytes(content, entry?.mode === '120000');
    });
  };
  context.subscriptions.push(
    workspace.registerFileSystemProvider(documentScheme, new RunFileSystem(read), {
      isCaseSensitive: true,
      isReadonly: new MarkdownString(
        l10n.t('What a run holds does not change. Amend the contract to write its next version.'),
      ),
    }),
  );
  return new RunDocuments(runs, files);
}

/** Runs know the folders of this window, and no others. */
async function followed(runs: Runs, { folder, run: id }: RunKey): Promise<LiveRun> {
  const run = await runs.follow({ folder, run: id });
  if (run === null) throw new Error(`There is no run ${id} in this window.`);
  return run;
}

const stateOf = (run: LiveRun) => {
  if (run.replayed === null) throw new Error('This run has not begun yet.');
  return run.replayed.state;
};

const uriOf = (place: DocumentPlace): Uri =>
  Uri.from({ scheme: documentScheme, ...documentUri(place) });

const short = (tree: string): string => tree.slice(0, 7);

class RunDocuments implements Documents {
  readonly #runs: Runs;
  readonly #files: RunFiles;

  constructor(runs: Runs, files: RunFiles) {
    this.#runs = runs;
    this.#files = files;
  }

  fileUri(run: LiveRun, tree: TreeId, path: string): Uri {
    return uriOf({ kind: 'file', ...run.key, tree, path });
  }

  async openContract(run: LiveRun, module: ModuleId, version: number): Promise<void> {
    const { tree, path } = await this.#contract(run, module, version);
    await show(this.fileUri(run, tree, path));
  }

  async diffContract(run: LiveRun, module: ModuleId, from: number, to: number): Promise<void> {
    const [before, after] = await Promise.all([
      this.#contract(run, module, from),
      this.#contract(run, module, to),
    ]);
    const within = (): boolean => true;
    const comparison = { before: before.tree, after: after.tree, within, against: `v${from}` };
    await this.#compare(run, comparison, `${module} · contract v${from} → v${to}`);
  }

  async diffSubmission(run: LiveRun, module: ModuleId, tree: TreeId): Promise<void> {
    const comparison = await this.#files.read(run, async (engine) =>
      engine.submissionComparison(stateOf(run), run.events, module, tree),
    );
    const handedIn = run.events.findLast(
      (event) =>
        event.type === 'submission-received' && event.module === module && event.tree === tree,
    );
    const attempt =
      handedIn?.type === 'submission-received' ? `attempt ${handedIn.attempt}` : 'seal';
    const against = comparison.against === 'seal' ? 'its seal' : 'the base';
    const title = `${module} · ${attempt} · ${short(tree)} against ${against}`;
    await this.#compare(run, comparison, title);
  }

  async diffApproval(run: LiveRun, gate: GateId): Promise<void> {
    const comparison = await this.#files.read(run, (engine, store) =>
      engine.approvalComparison(store, stateOf(run), gate),
    );
    if (comparison === null) {
      throw new Error(`Gate ${gate} has not asked for anything yet.`);
    }
    const title = `${gate} · ${short(comparison.after)} against the base`;
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
    if (place === null)
      throw new Error(`${file} is neither in the contract nor in the submission.`);
    const at = line === null ? {} : { selection: new Range(line - 1, 0, line - 1, 0) };
    await show(this.fileUri(run, place.tree, place.path), at);
  }

  async openPostmortem(key: RunKey): Promise<void> {
    const run = await followed(this.#runs, key);
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
        throw new Error(`${module} has no contract v${version}.`);
      }
      return { tree, path: `contract/${plan.contract.file}` };
    });
  }

  /** In the editor's diff of many files, or that of one. */
  async #compare(run: LiveRun, comparison: Comparison, title: string): Promise<void> {
    const { files, count } = await this.#files.read(run, (engine, store) =>
      engine.comparedFiles(store, comparison),
    );
    const { before, after } = comparison;
    const pairs = files.map(({ path, inBefore, inAfter }) => {
      const left = inBefore && before !== null ? this.fileUri(run, before, path) : undefined;
      const right = inAfter ? this.fileUri(run, after, path) : undefined;
      return [this.fileUri(run, inAfter ? after : (before ?? after), path), left, right] as const;
    });
    const [first] = pairs;
    if (first === undefined) {
      void window.showInformationMessage(`${title}: nothing differs.`);
      return;
    }
    const [, left, right] = first;
    if (pairs.length === 1 && left !== undefined && right !== undefined) {
      await commands.executeCommand('vscode.diff', left, right, title);
      return;
    }
    const more = count > pairs.length ? ` (the first ${pairs.length} of ${count} files)` : '';
    await commands.executeCommand('vscode.changes', `${title}${more}`, pairs);
  }
}

async function show(uri: Uri, options: TextDocumentShowOptions = {}): Promise<void> {
  await window.showTextDocument(uri, { viewColumn: ViewColumn.Active, ...options });
}
