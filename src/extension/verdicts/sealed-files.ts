import {
  EventEmitter,
  FileDecoration,
  l10n,
  ThemeColor,
  window,
  workspace,
  type Event,
  type FileDecorationProvider,
  type Uri,
} from 'vscode';
import type { RunEvent } from '../../core/events.ts';
import type { TreeId } from '../../core/ids.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { PathOwners } from '../../core/projections/path-owners.ts';
import type { Delivery } from '../../core/projections/timeline.ts';
import type { RunFiles } from '../documents/run-files.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { Ending } from '../native/watch-current.ts';
import { LaterTry } from './later-try.ts';
import { workingCopy } from './working-copy.ts';

/** Seals whose files are kept in mind at once. */
const maxListings = 300;

/** After these a file may be marked otherwise. */
const telling = new Set<RunEvent['type']>([
  ...(['module-sealed', 'seal-adopted', 'module-reopened', 'delivered', 'module-split'] as const),
]);

/**
 * Marks the files of the workspace that hold what modules of the current run sealed. Only files that the
 * editor asks about are looked at, and of those only what a sealed module owns.
 */
export class SealedFiles implements FileDecorationProvider {
  readonly #files: Pick<RunFiles, 'read'>;
  readonly #changed = new EventEmitter<Uri | Uri[] | undefined>();
  readonly #registered: Ending;
  readonly #listings = new Map<TreeId, Promise<ReadonlyMap<string, string>>>();
  #owners: { readonly plan: Plan; readonly of: PathOwners } | null = null;
  /** Whether what is checked out contains the delivery; null until somebody asks. */
  #checkedOut: Promise<boolean> | null = null;
  #run: LiveRun | null = null;
  #seen = 0;
  /** Something could not be read: files are marked once it can. */
  #unread = false;
  readonly #later: LaterTry;

  constructor(files: Pick<RunFiles, 'read'>, restMs?: number) {
    this.#files = files;
    this.#later = new LaterTry(() => this.#again(), restMs);
    this.#registered = window.registerFileDecorationProvider(this);
  }

  get onDidChangeFileDecorations(): Event<Uri | Uri[] | undefined> {
    return this.#changed.event;
  }

  /** Another run is the current one, or it has gone on. */
  show(run: LiveRun | null): void {
    const fresh = run?.events.slice(run === this.#run ? this.#seen : 0) ?? [];
    const turned = run !== this.#run;
    this.#run = run;
    this.#seen = run?.events.length ?? 0;
    if (turned) this.#listings.clear();
    const unread = this.#unread && fresh.length > 0;
    if (unread && !this.#later.isDue) this.#later.want();
    const retried = unread && this.#later.isDue;
    if (turned || retried || fresh.some(({ type }) => telling.has(type))) this.#again();
  }

  /** A file of the workspace is another now. */
  changed(uri: Uri): void {
    if (this.#run !== null && /\/\.git\/(logs\/)?HEAD$/.test(uri.path)) this.#again();
    else if (this.#ownerOf(uri) !== null) this.#changed.fire(uri);
  }

  /** The workspace is trusted now. */
  again(): void {
    this.#listings.clear();
    this.#again();
  }

  #again(): void {
    this.#unread = false;
    this.#checkedOut = null;
    this.#changed.fire(undefined);
  }

  #failed(): void {
    // Before the workspace is trusted nothing is read; once it is, all is asked for again.
    if (!workspace.isTrusted) return;
    this.#unread = true;
    this.#later.failed();
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    const run = this.#run;
    const owner = this.#ownerOf(uri);
    const replayed = run?.replayed ?? null;
    if (run === null || replayed === null || owner === null) return undefined;
    const { seal, id } = replayed.state.modules.get(owner.node);
    if (seal === null) return undefined;
    const oid = (await this.#listing(run, seal.tree)).get(owner.path);
    if (oid === undefined) return undefined;
    const copy = await workingCopy(run.folder.uri.fsPath, owner.path, oid);
    if (copy === 'same') {
      return new FileDecoration(
        'S',
        l10n.t('Sealed v{0} by module {1}: reopen the module to change it', seal.version, id),
        new ThemeColor('ashlar.sealedFileForeground'),
      );
    }
    // Before the delivery the workspace holds what was there before; that is no difference to tell.
    const { delivered } = replayed.timeline;
    if (copy === 'none' || delivered === null) return undefined;
    // Nor is it one that another branch, or a folder of its own, has what was delivered.
    if (!(await this.#isCheckedOut(run, delivered))) {
      return new FileDecoration('S↗', elsewhere(delivered, id, seal.version));
    }
    return new FileDecoration(
      'S≠',
      l10n.t('Differs from what module {0} sealed as v{1}', id, seal.version),
      new ThemeColor('ashlar.changedSealedFileForeground'),
    );
  }

  dispose(): void {
    this.#later.dispose();
    this.#registered.dispose();
    this.#changed.dispose();
  }

  #isCheckedOut(run: LiveRun, { kind, commit }: Delivery): Promise<boolean> {
    if (kind !== 'branch' || commit === null) return Promise.resolve(false);
    return (this.#checkedOut ??= this.#files
      .read(run, (engine) => engine.isCheckedOut(run.folder.uri.fsPath, commit))
      .catch(() => {
        this.#checkedOut = null;
        this.#failed();
        return false;
      }));
  }

  #ownerOf(uri: Uri): { readonly path: string; readonly node: number } | null {
    const run = this.#run;
    const plan = run?.replayed?.state.plan;
    if (run === null || plan === undefined || uri.scheme !== run.folder.uri.scheme) return null;
    const root = run.folder.uri.path.replace(/\/$/, '');
    if (!uri.path.startsWith(`${root}/`)) return null;
    if (this.#owners?.plan !== plan) this.#owners = { plan, of: new PathOwners(plan) };
    const path = uri.path.slice(root.length + 1);
    const node = this.#owners.of.of(path);
    return node === null ? null : { path, node };
  }

  /** Content ids by path; none where the store cannot be read, or may not be read yet. */
  #listing(run: LiveRun, tree: TreeId): Promise<ReadonlyMap<string, string>> {
    const known = this.#listings.get(tree);
    if (known !== undefined) return known;
    const listing: Promise<ReadonlyMap<string, string>> = this.#files
      .read(run, async (_, store) => {
        const files = (await store.listTree(tree)).filter(({ mode }) => mode.startsWith('100'));
        return new Map(files.map(({ path, oid }) => [path, oid]));
      })
      .catch(() => {
        if (this.#listings.get(tree) === listing) this.#listings.delete(tree);
        this.#failed();
        return new Map<string, string>();
      });
    for (const [first] of this.#listings) {
      if (this.#listings.size < maxListings) break;
      this.#listings.delete(first);
    }
    this.#listings.set(tree, listing);
    return listing;
  }
}

const elsewhere = ({ kind, name }: Delivery, module: string, version: number): string =>
  kind === 'branch'
    ? l10n.t(
        'Module {0} sealed v{1} of this on branch {2}, which is not checked out here',
        ...[module, version, name],
      )
    : l10n.t('Module {0} sealed v{1} of this, which lies in {2}', module, version, name);
