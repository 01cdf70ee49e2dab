import {
  CommentMode,
  comments,
  CommentThreadCollapsibleState,
  CommentThreadState,
  Diagnostic,
  DiagnosticSeverity,
  l10n,
  languages,
  Range,
  Uri,
  workspace,
  type CommentController,
  type CommentThread,
  type DiagnosticCollection,
} from 'vscode';
import type { NodeRef } from '../../core/ids.ts';
import { LastVerdicts } from '../../core/projections/last-verdicts.ts';
import {
  standingOf,
  verdictNotes,
  type VerdictNote,
} from '../../core/projections/verdict-notes.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { commentController } from '../contributions.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import { LaterTry } from './later-try.ts';
import { notePlaces, type PlaceParts } from './note-places.ts';
import { moveUnsent, withUnsent } from './unsent-replies.ts';
import {
  verdictProblems,
  verdictThreads,
  type ShownVerdict,
  type VerdictProblem,
  type VerdictThread,
} from './verdict-marks.ts';

/** Verdicts beyond these are told on the board alone; the latest stay. */
const maxGates = 100;
/** What fits a list that people read. */
const maxPerGate = 20;

/** What a reply to a thread is about. */
export interface ThreadMeaning {
  readonly run: LiveRun['key'];
  readonly gate: NodeRef;
  readonly about: VerdictNote | null;
}

/** What is drawn of one gate, and for which state of things. */
interface Drawn {
  readonly key: string;
  /** For which state of things its files could not be read; null: they were. */
  readonly unread: string | null;
  readonly problems: readonly VerdictProblem<Uri>[];
  readonly threads: ReadonlyMap<string, CommentThread>;
  /** Files of the workspace that it is shown in, or might be. */
  readonly paths: ReadonlySet<string>;
}

type Marks = Pick<Drawn, 'problems' | 'paths'> & {
  readonly threads: readonly VerdictThread<Uri>[];
};

const noMarks: Marks = { problems: [], threads: [], paths: new Set() };
const nothing = {
  problems: [],
  threads: new Map<string, CommentThread>(),
  paths: new Set<string>(),
};

type Parts = Pick<ActionParts, 'log'> & PlaceParts;

const meanings = new WeakMap<CommentThread, ThreadMeaning>();

/** null: a thread of somebody else. */
export const meaningOf = (thread: CommentThread): ThreadMeaning | null =>
  meanings.get(thread) ?? null;

/** Verdicts of the current run that were no PASS, as problems and as threads beside the files. */
export class VerdictNotesShown {
  readonly #parts: Parts;
  readonly #problems: DiagnosticCollection;
  readonly #comments: CommentController;
  readonly #drawn = new Map<NodeRef, Drawn>();
  readonly #later: LaterTry;
  #run: LiveRun | null = null;
  /** What is to be drawn: of the latest call, also where an earlier one is still to begin. */
  #verdicts = new LastVerdicts();
  #drawing: Promise<void> = Promise.resolve();
  #queued = false;

  constructor(parts: Parts, restMs?: number) {
    this.#parts = parts;
    this.#later = new LaterTry(() => this.draw(this.#run, this.#verdicts), restMs);
    this.#problems = languages.createDiagnosticCollection(l10n.t('Ashlar verdicts'));
    this.#comments = comments.createCommentController(commentController, l10n.t('Ashlar verdicts'));
    this.#comments.options = {
      prompt: l10n.t('Ask for a revision…'),
      placeHolder: l10n.t(
        'What must change? The contract says so from then on; its builder reads it.',
      ),
    };
  }

  /** Draws what has changed since, one time after the other. */
  draw(run: LiveRun | null, verdicts: LastVerdicts): void {
    this.#verdicts = verdicts;
    if (run !== this.#run) {
      this.#run = run;
      for (const gate of [...this.#drawn.keys()]) this.#drop(gate);
      this.#put(new Set());
    }
    if (run === null || this.#queued) return;
    this.#queued = true;
    this.#drawing = this.#drawing
      .then(() => {
        this.#queued = false;
        return this.#run === null ? undefined : this.#draw(this.#run, this.#verdicts);
      })
      .catch((error: unknown) => this.#parts.log.error(String(error)));
  }

  /** A file of the workspace is another now: whether it still is the one that was judged is asked again. */
  changed(path: string): boolean {
    let found = false;
    for (const [gate, drawn] of this.#drawn) {
      if (!drawn.paths.has(path)) continue;
      this.#drawn.set(gate, { ...drawn, key: '' });
      found = true;
    }
    return found;
  }

  /** Resolves when all that was to be drawn is. */
  get settled(): Promise<void> {
    return this.#drawing;
  }

  dispose(): void {
    this.#run = null;
    this.#later.dispose();
    this.#drawn.clear();
    this.#problems.dispose();
    this.#comments.dispose();
  }

  async #draw(run: LiveRun, verdicts: LastVerdicts): Promise<void> {
    const state = run.replayed?.state;
    if (state === undefined || run !== this.#run) return;
    const shown = [...verdicts.failed.values()].slice(-maxGates);
    const stays = new Set(shown.map(({ gate }) => gate));
    const touched = new Set<string>();
    const { isDue } = this.#later;
    for (const gate of [...this.#drawn.keys()]) {
      if (!stays.has(gate)) this.#drop(gate, touched);
    }
    for (const judged of shown) {
      const { gate, seq } = judged;
      const last = verdicts.last.get(gate) ?? judged;
      const standing = standingOf(state, judged, last);
      const asked = verdicts.asked(gate);
      const key = [seq, standing, asked.length, workspace.isTrusted].join(' ');
      const before = this.#drawn.get(gate);
      if (before?.key === key) continue;
      if (before?.unread === key && !isDue) {
        this.#later.want();
        continue;
      }
      const marks = await this.#marks(run, { judged, standing, asked }, before?.unread !== key);
      if (run !== this.#run) return;
      if (marks === null) {
        // What was there stays: somebody may be writing a reply in it.
        this.#drawn.set(gate, { ...(before ?? nothing), key: '', unread: key });
        this.#later.failed();
        continue;
      }
      for (const { place } of [...(before?.problems ?? []), ...marks.problems]) {
        touched.add(String(place));
      }
      const threads = this.#threads(run, before?.threads ?? new Map(), marks.threads);
      const { problems, paths } = marks;
      this.#drawn.set(gate, { key, unread: null, problems, paths, threads });
    }
    this.#put(touched);
  }

  /** null: they could not be read; where that is `news`, the output says so. */
  async #marks(run: LiveRun, shown: ShownVerdict, news: boolean): Promise<Marks | null> {
    // Documents of a run are shown once the workspace is trusted.
    if (!workspace.isTrusted) return noMarks;
    try {
      const names = verdictNotes(shown.judged).flatMap(({ file }) => file ?? []);
      const places = await notePlaces(this.#parts, run, shown.judged, names);
      return {
        problems: verdictProblems(shown, places).slice(0, maxPerGate),
        threads: verdictThreads(shown, places).slice(0, maxPerGate),
        paths: new Set([...names, ...(places.first === null ? [] : [places.first.path])]),
      };
    } catch (error) {
      const why = `${shown.judged.gate} is not shown beside its files: ${String(error)}`;
      if (news) this.#parts.log.warn(why);
      return null;
    }
  }

  /** What was there is changed where it stands: somebody may be writing a reply in it. */
  #threads(
    run: LiveRun,
    before: ReadonlyMap<string, CommentThread>,
    models: readonly VerdictThread<Uri>[],
  ): ReadonlyMap<string, CommentThread> {
    const threads = new Map<string, CommentThread>();
    for (const model of models) {
      const key = `${model.key} ${String(model.place)}`;
      const line = model.line - 1;
      const kept = before.get(key);
      const thread =
        kept ?? this.#comments.createCommentThread(model.place, new Range(line, 0, line, 0), []);
      show(thread, model);
      if (kept === undefined) {
        const { Collapsed, Expanded } = CommentThreadCollapsibleState;
        thread.collapsibleState = model.resolved ? Collapsed : Expanded;
        meanings.set(thread, { run: run.key, gate: model.gate, about: model.about });
      }
      threads.set(key, thread);
    }
    const [heir] = threads.values();
    for (const [key, thread] of before) {
      if (threads.has(key)) continue;
      if (heir !== undefined) moveUnsent(thread, heir);
      thread.dispose();
    }
    return threads;
  }

  #drop(gate: NodeRef, touched?: Set<string>): void {
    const drawn = this.#drawn.get(gate);
    for (const thread of drawn?.threads.values() ?? []) thread.dispose();
    for (const { place } of drawn?.problems ?? []) touched?.add(String(place));
    this.#drawn.delete(gate);
  }

  /** Several gates may have something to say about one document. */
  #put(touched: ReadonlySet<string>): void {
    if (this.#drawn.size === 0) {
      this.#problems.clear();
      return;
    }
    const byPlace = new Map<string, Diagnostic[]>();
    for (const { problems } of this.#drawn.values()) {
      for (const problem of problems) {
        const place = String(problem.place);
        if (!touched.has(place)) continue;
        byPlace.set(place, [...(byPlace.get(place) ?? []), diagnosticOf(problem)]);
      }
    }
    this.#problems.set([...touched].map((place) => [Uri.parse(place), byPlace.get(place)]));
  }
}

function show(
  thread: CommentThread,
  { comments: said, label, resolved }: VerdictThread<Uri>,
): void {
  withUnsent(
    thread,
    said.map(({ who, body, label: its, at }) => ({
      ...{ author: { name: plainLabel(who, 60) }, body, label: its },
      ...{ mode: CommentMode.Preview, timestamp: new Date(at) },
    })),
  );
  thread.label = plainLabel(label);
  thread.canReply = true;
  thread.contextValue = resolved ? 'resolved' : 'open';
  const { Resolved, Unresolved } = CommentThreadState;
  const becomes = resolved ? Resolved : Unresolved;
  if (resolved && thread.state === Unresolved) {
    thread.collapsibleState = CommentThreadCollapsibleState.Collapsed;
  }
  thread.state = becomes;
}

function diagnosticOf(problem: VerdictProblem<Uri>): Diagnostic {
  const { line, message, severity, source, code } = problem;
  const range = new Range(line - 1, 0, line - 1, 500);
  const { Error: error, Warning: warning } = DiagnosticSeverity;
  const diagnostic = new Diagnostic(range, message, severity === 'error' ? error : warning);
  diagnostic.source = source;
  diagnostic.code = code;
  return diagnostic;
}
