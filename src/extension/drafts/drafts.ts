import {
  commands,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type Event,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import type { ContractDraft } from '../../engine/draft/contract-draft.ts';
import type { Sent } from '../../engine/person.ts';
import type { Draft, RunKey } from '../../protocol/board.ts';
import type { Documents } from '../documents/documents.ts';
import type { RunFiles } from '../documents/run-files.ts';
import { engine } from '../engine-door.ts';
import { say } from '../native/say.ts';
import { plainMessage } from '../native/shown-text.ts';
import { Emitter } from '../runs/emitter.ts';
import { keyText } from '../runs/run-place.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { DraftTable } from './draft-table.ts';
import { InTurn } from './in-turn.ts';
import { closeTabs, draftOf, tabsOf, unsavedOf } from './open-files.ts';

/** Contracts' next versions, while people write them in the editor. */
export interface Drafts {
  /** Lays the contract's files out for editing, or goes on with what is there, and opens them. */
  open(run: LiveRun, module: ModuleId, kind: Draft['kind']): Promise<void>;
  /** Throws a draft away, into the system's trash; asks first where something was changed. */
  discard(run: LiveRun, module: ModuleId): Promise<void>;
  /** Sends it as an amendment; it is gone once it was taken. */
  confirm(run: LiveRun, module: ModuleId, reason: string): Promise<Sent>;
  /** As it was read last; what was saved a moment ago may be missing. */
  get(run: LiveRun, module: ModuleId): Draft | null;
  /** As it lies on disk now. */
  read(run: LiveRun, module: ModuleId): Promise<Draft | null>;
  list(run: LiveRun): Draft[];
  readonly onDidChange: Event<{ readonly key: RunKey; readonly module: ModuleId }>;
  /** Which draft a file that is open in the editor belongs to. */
  draftOf(uri: Uri): { readonly key: RunKey; readonly module: ModuleId } | null;
}

/** What drafts are made of, besides the editor. */
export interface DraftsParts {
  readonly runs: Runs;
  readonly files: RunFiles;
  readonly documents: Documents;
  readonly log: LogOutputChannel;
}

const draftFiles = '**/.ce-workspace/runs/*/drafts/*/files/**';

export function createDrafts(context: ExtensionContext, parts: DraftsParts): Drafts {
  const drafts = new EditorDrafts(parts);
  context.subscriptions.push(drafts);
  return drafts;
}

const failed = (code: string, message: string): Sent => ({ ok: false, code, message });

class EditorDrafts implements Drafts, Disposable {
  readonly #parts: DraftsParts;
  readonly #table: DraftTable;
  readonly #changed = new Emitter<{ readonly key: RunKey; readonly module: ModuleId }>();
  readonly onDidChange = this.#changed.event;
  readonly draftOf = draftOf;
  readonly #subscriptions: Disposable[];
  /** Files of drafts that hold something unsaved, by URI. */
  readonly #dirty = new Set<string>();
  /** What lies on disk of a draft is changed by one task at a time: people click twice. */
  readonly #turns = new InTurn();
  readonly #confirming = new Map<string, Promise<Sent>>();

  constructor(parts: DraftsParts) {
    const { files, log } = parts;
    this.#parts = parts;
    this.#table = new DraftTable({
      // Without the store: it is a process, and most runs have no draft.
      list: async (run) =>
        workspace.isTrusted ? (await engine()).listDrafts(run.folder.uri.fsPath, run.key.run) : [],
      read: (run, module) =>
        files.read(run, async (engine, store) => {
          const state = run.replayed?.state;
          return state === undefined ? null : engine.readDraft({ store, state, module });
        }),
      unsaved: (run, module) => {
        const document = unsavedOf(run, module)[0];
        return document === undefined ? null : workspace.asRelativePath(document.uri, false);
      },
      log: (message) => log.warn(message),
    });
    const watcher = workspace.createFileSystemWatcher(draftFiles);
    const refresh = (uri: Uri): void => void this.#refresh(uri);
    this.#subscriptions = [
      watcher,
      watcher.onDidCreate(refresh),
      watcher.onDidChange(refresh),
      watcher.onDidDelete(refresh),
      workspace.onDidSaveTextDocument(({ uri }) => {
        this.#dirty.delete(uri.toString());
        refresh(uri);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#dirty.delete(uri.toString())) refresh(uri);
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        const key = document.uri.toString();
        if (document.isDirty === this.#dirty.has(key) || draftOf(document.uri) === null) return;
        if (document.isDirty) this.#dirty.add(key);
        else this.#dirty.delete(key);
        refresh(document.uri);
      }),
      workspace.onDidGrantWorkspaceTrust(() => this.#table.reload()),
      this.#table.onDidChange(({ run, module }) => this.#changed.fire({ key: run.key, module })),
    ];
  }

  get(run: LiveRun, module: ModuleId): Draft | null {
    return this.#table.get(run, module);
  }

  async read(run: LiveRun, module: ModuleId): Promise<Draft | null> {
    await this.#table.refresh(run, module);
    return this.#table.get(run, module);
  }

  list(run: LiveRun): Draft[] {
    return this.#table.list(run);
  }

  async open(run: LiveRun, module: ModuleId, kind: Draft['kind']): Promise<void> {
    const { contractFile } = await this.#turns.run(nameOf(run, module), () =>
      this.#parts.files.read(run, (engine, store) =>
        engine.openDraft({ store, state: stateOf(run), module }, kind),
      ),
    );
    const draft = await this.#table.refresh(run, module);
    const uri = Uri.file(contractFile);
    const open = tabsOf((each) => each.toString() === uri.toString())[0];
    const viewColumn = open?.group.viewColumn ?? ViewColumn.Beside;
    await window.showTextDocument(uri, { viewColumn, preview: false });
    if (draft?.stale === true) void this.#offerToRebase(run, draft);
  }

  async discard(run: LiveRun, module: ModuleId): Promise<void> {
    const draft = await this.#table.refresh(run, module);
    if (draft === null) return;
    const unsaved = unsavedOf(run, module);
    if (draft.files.length > 0 || unsaved.length > 0) {
      const yes = l10n.t('Discard');
      const answer = await window.showWarningMessage(
        l10n.t('Discard the amendment of {0}?', module),
        {
          modal: true,
          detail: l10n.t('What was written goes to the trash where the system has one.'),
        },
        yes,
      );
      if (answer !== yes) return;
    }
    // Saved first: what is in the trash is then all that was written.
    for (const document of unsaved) await document.save();
    await closeTabs(run, module);
    await this.#turns.run(nameOf(run, module), () => this.#trash(run, module));
    await this.#table.refresh(run, module);
  }

  /** Whoever confirms while that is under way gets the same answer: it is one amendment. */
  confirm(run: LiveRun, module: ModuleId, reason: string): Promise<Sent> {
    const name = nameOf(run, module);
    const known = this.#confirming.get(name);
    if (known !== undefined) return known;
    const sent = this.#turns
      .run(name, () => this.#confirm(run, module, reason))
      .finally(() => this.#confirming.delete(name));
    this.#confirming.set(name, sent);
    return sent;
  }

  async #confirm(run: LiveRun, module: ModuleId, reason: string): Promise<Sent> {
    const { runs, files } = this.#parts;
    if (reason.trim() === '') {
      return failed('no-reason', l10n.t('Say why the contract of {0} changes.', module));
    }
    const [unsaved] = unsavedOf(run, module);
    if (unsaved !== undefined) {
      const name = workspace.asRelativePath(unsaved.uri, false);
      return failed('draft-unsaved', l10n.t('{0} is not saved.', name));
    }
    const draft = await this.#table.refresh(run, module);
    if (draft?.stale === true) {
      void this.#offerToRebase(run, draft);
      return failed('draft-stale', draft.problem);
    }
    const staged = await files.read(run, (engine, store) =>
      engine.stageDraft({ store, state: stateOf(run), module }),
    );
    if (!staged.ok) return failed('draft-not-fit', staged.message);
    const { kind: type, contractPath, removed } = staged;
    let sent: Sent;
    try {
      sent = await runs.send(run.key, { type, module, reason, contractPath, removed });
    } finally {
      await files.read(run, (engine, store) =>
        engine.unstageDraft({ store, state: stateOf(run), module }),
      );
    }
    if (!sent.ok) return sent;
    await closeTabs(run, module);
    await this.#remove(run, module);
    await this.#table.refresh(run, module);
    return sent;
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#table.dispose();
    this.#changed.dispose();
  }

  async #refresh(uri: Uri): Promise<void> {
    const found = draftOf(uri);
    const run = found === null ? null : await this.#parts.runs.follow(found.key);
    if (found !== null && run !== null) await this.#table.refresh(run, found.module);
  }

  /** Another version came in between: the way on is to take it in, and to merge what both changed. */
  async #offerToRebase(run: LiveRun, draft: ContractDraft): Promise<void> {
    const yes = l10n.t('Bring Up to Date');
    if ((await window.showWarningMessage(plainMessage(draft.problem), yes)) !== yes) return;
    const { files, documents } = this.#parts;
    const { module } = draft;
    try {
      for (const document of unsavedOf(run, module)) await document.save();
      const rebased = await this.#turns.run(nameOf(run, module), () =>
        files.read(run, (engine, store) =>
          engine.rebaseDraft({ store, state: stateOf(run), module }),
        ),
      );
      await this.#table.refresh(run, module);
      for (const { mine, theirs, path } of rebased?.conflicts ?? []) {
        if (rebased === null || theirs === null) continue;
        const title = l10n.t('{0} · merge the present version (left) into the draft', path);
        const left = documents.fileUri(run, rebased.tree, theirs);
        await commands.executeCommand('vscode.diff', left, Uri.file(mine), title, {
          preview: false,
        });
      }
    } catch (error) {
      say(this.#parts.log, 'error', error instanceof Error ? error.message : String(error));
    }
  }

  async #trash(run: LiveRun, module: ModuleId): Promise<void> {
    const folder = Uri.joinPath(
      run.folder.uri,
      ...['.ce-workspace', 'runs', run.key.run, 'drafts', module],
    );
    try {
      await workspace.fs.delete(folder, { recursive: true, useTrash: true });
    } catch {
      // There is no trash here, as on most servers.
      await this.#remove(run, module);
    }
  }

  #remove(run: LiveRun, module: ModuleId): Promise<void> {
    return this.#parts.files.read(run, (engine, store) =>
      engine.removeDraft({ store, state: stateOf(run), module }),
    );
  }
}

const stateOf = (run: LiveRun) => {
  if (run.replayed === null) throw new Error(l10n.t('This run has not begun yet.'));
  return run.replayed.state;
};

const nameOf = ({ key }: LiveRun, module: ModuleId): string => `${module} ${keyText(key)}`;
