import {
  Disposable,
  EventEmitter,
  l10n,
  languages,
  MarkdownString,
  workspace,
  type ExtensionContext,
  type Uri,
} from 'vscode';
import type { Digest, GateId, ModuleId, NodeRef, TreeId } from '../../core/ids.ts';
import type { SealedVersion, Side } from '../../core/projections/handed-in.ts';
import type { Asked, SealedFile } from '../../engine/run-files.ts';
import type { RunKey } from '../../protocol/board.ts';
import { openGates } from '../actions/open-gates.ts';
import { documentScheme } from '../contributions.ts';
import { late } from '../late-door.ts';
import { watchCurrent } from '../native/watch-current.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { readDocumentUri } from './document-uri.ts';
import { RunFileSystem } from './file-system.ts';
import { LensChanges } from './lens-changes.ts';
import type { RunFiles } from './run-files.ts';
import { shownBytes } from './shown-bytes.ts';
import { fileUriOf, followedRun } from './uris.ts';

/** A gate that asks a person, and exactly what it asks about. */
export interface AskingGate {
  readonly run: LiveRun;
  readonly gate: GateId;
  readonly submission: Digest;
}

/** Opens what a run holds in the editor's own viewers and diffs, read-only. */
export interface Documents {
  openContract(run: LiveRun, module: ModuleId, version: number): Promise<void>;
  diffContract(run: LiveRun, module: ModuleId, from: number, to: number): Promise<void>;
  /** A submission or a seal; without `side` against the seal before it, or else the base. */
  diffSubmission(run: LiveRun, module: ModuleId, tree: TreeId, side?: Side): Promise<void>;
  /** What a gate asks or asked about, against the base or what it asked about before that. */
  diffApproval(run: LiveRun, asked: Asked, side?: Exclude<Side, 'seal'>): Promise<void>;
  /**
   * The gate that asks about what the active editor compares, or the one in whose title a person clicked;
   * null where there is none, `several` where it cannot be told which.
   */
  shownGate(document: Uri | null): AskingGate | 'several' | null;
  /** What can be read of a version that was sealed. */
  sealedFiles(run: LiveRun, module: ModuleId, sealed: SealedVersion): Promise<SealedFile[]>;
  /** Any file of the run. */
  openFile(run: LiveRun, tree: TreeId, path: string): Promise<void>;
  openEvidence(
    run: LiveRun,
    module: ModuleId,
    tree: TreeId | null,
    file: string,
    line: number | null,
  ): Promise<void>;
  /** Of a tier or a gate. */
  openGateEvidence(run: LiveRun, gate: NodeRef, file: string, line: number | null): Promise<void>;
  openPostmortem(key: RunKey): Promise<void>;
  openTranscript(run: LiveRun, file: string): Promise<void>;
  /** A file of a run's tree, to be shown beside others. */
  fileUri(run: LiveRun, tree: TreeId, path: string): Uri;
  dispose(): void;
}

/** Registers the scheme of read-only documents. What the calls throw is meant for the person. */
export function createDocuments(context: ExtensionContext, runs: Runs, files: RunFiles): Documents {
  const read = async (uri: Uri): Promise<Uint8Array> => {
    const place = readDocumentUri(uri);
    if (place === null) throw new Error(l10n.t('There is no such document.'));
    const run = await followedRun(runs, place);
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
  let made: Documents | null = null;
  /** What opens them is loaded when the first is opened, or could be approved in the editor. */
  const opener = (): Documents => (made ??= late().openDocuments(runs, files));
  const documents: Documents = {
    openContract: (...given) => opener().openContract(...given),
    diffContract: (...given) => opener().diffContract(...given),
    diffSubmission: (...given) => opener().diffSubmission(...given),
    diffApproval: (...given) => opener().diffApproval(...given),
    shownGate: (...given) => opener().shownGate(...given),
    sealedFiles: (...given) => opener().sealedFiles(...given),
    openFile: (...given) => opener().openFile(...given),
    openEvidence: (...given) => opener().openEvidence(...given),
    openGateEvidence: (...given) => opener().openGateEvidence(...given),
    openPostmortem: (...given) => opener().openPostmortem(...given),
    openTranscript: (...given) => opener().openTranscript(...given),
    fileUri: fileUriOf,
    dispose: () => made?.dispose(),
  };
  // A diff that was open before a reload can be approved after it.
  const changed = (run: LiveRun | null): void => {
    const state = run?.replayed?.state;
    if (state !== undefined && openGates(state).length > 0) opener();
  };
  context.subscriptions.push(
    workspace.registerFileSystemProvider(documentScheme, new RunFileSystem(read), {
      isCaseSensitive: true,
      isReadonly: new MarkdownString(
        l10n.t('What a run holds does not change. Amend the contract to write its next version.'),
      ),
    }),
    watchCurrent(runs, { changed }),
    contractLanguage(runs),
    documents,
  );
  return documents;
}

/** Lenses on contract files; what stands in them is loaded with the first that is open beside a run. */
function contractLanguage(runs: Runs): Disposable {
  const changes = new LensChanges(runs);
  const changed = new EventEmitter<void>();
  const look = (): void => {
    if (changes.haveChanged()) changed.fire();
  };
  const provider = languages.registerCodeLensProvider(
    [{ scheme: documentScheme }, { scheme: 'file', pattern: '**/*' }],
    {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: ({ uri }) =>
        runs.current === null && uri.scheme !== documentScheme
          ? []
          : late().contractLenses(uri, runs, (run) => changes.shown(run)),
    },
  );
  return Disposable.from(
    provider,
    changed,
    runs.onDidChange(look),
    // Nothing may be done before.
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  );
}
