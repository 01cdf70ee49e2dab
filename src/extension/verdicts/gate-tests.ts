import {
  l10n,
  Location,
  Range,
  TestMessage,
  TestRunProfileKind,
  TestRunRequest,
  workspace,
  type CancellationToken,
  type TestController,
  type TestItem,
  type TestRun,
  type TestRunProfile,
  type Uri,
} from 'vscode';
import type { NodeRef } from '../../core/ids.ts';
import { gateResults, type GateResult } from '../../core/projections/gate-results.ts';
import type { JudgedGate, LastVerdicts } from '../../core/projections/last-verdicts.ts';
import { withoutControls } from '../../core/projections/safe-text.ts';
import { judgedWord } from '../../core/projections/verdict-notes.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { shortRun } from '../actions/short-run.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import { createGates, GateItems, runnable } from './gate-items.ts';
import { notePlaces, nowhere, type PlaceParts } from './note-places.ts';
import { runGates } from './run-gates.ts';
import type { NotePlaces } from './verdict-marks.ts';

/** The editor keeps only so many results and forgets older ones: now and then all is told again. */
const allAgain = 32;

type Parts = Pick<ActionParts, 'models' | 'refused' | 'log'> & PlaceParts;

/** The gates of the current run in the Testing view, with their last verdicts; they can be run again. */
export class GateTests {
  readonly #parts: Parts;
  readonly #controller: TestController;
  readonly #ending = new AbortController();
  #shown: {
    readonly run: LiveRun;
    readonly verdicts: LastVerdicts;
    readonly items: GateItems;
  } | null = null;
  readonly #waiting = new Set<NodeRef>();
  #telling: Promise<void> = Promise.resolve();
  #told = 0;
  #profile: TestRunProfile | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#controller = createGates(l10n.t('Ashlar gates'));
    this.#controller.resolveHandler = (item) => {
      if (item !== undefined) this.#shown?.items.resolve(item);
    };
    this.trust();
  }

  /** Nothing can be run in a workspace that is not trusted: there the verdicts are shown alone. */
  trust(): void {
    if (!workspace.isTrusted || this.#profile !== null) return;
    this.#profile = this.#controller.createRunProfile(
      l10n.t('Run the Checks Again'),
      TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
      runnable,
    );
  }

  /** Another run is the current one, or its plan is another. */
  show(run: LiveRun | null, verdicts: LastVerdicts): void {
    const plan = run?.replayed?.state.plan;
    this.#waiting.clear();
    this.#told = 0;
    this.#shown = null;
    if (run === null || plan === undefined) {
      this.#controller.items.replace([]);
      return;
    }
    const label = l10n.t(
      'Run {0} · {1}',
      shortRun(run.key.run),
      plainLabel(plan.artifact.name, 60),
    );
    const items = new GateItems(this.#controller, plan, {
      ...{ id: run.key.run, label },
      made: (refs) => this.tell(refs),
    });
    this.#shown = { run, verdicts, items };
    this.#controller.items.replace([items.root]);
    items.begin();
  }

  /** Tells the last verdicts of these gates, as far as anybody has looked there. */
  tell(refs: Iterable<NodeRef>): void {
    const before = this.#waiting.size;
    for (const ref of refs) this.#waiting.add(ref);
    const { size } = this.#waiting;
    if (before > 0 || size === 0) return;
    // One after the other, and all that comes meanwhile at once.
    this.#telling = this.#telling
      .then(() => this.#tell())
      .catch((error: unknown) => this.#parts.log.error(String(error)));
  }

  /** Resolves when all that was to be told is. */
  get settled(): Promise<void> {
    return this.#telling;
  }

  dispose(): void {
    this.#ending.abort();
    this.#profile?.dispose();
    this.#controller.dispose();
  }

  async #tell(): Promise<void> {
    const shown = this.#shown;
    if (shown === null) return;
    const { run, verdicts, items } = shown;
    this.#told += 1;
    const refs = this.#told % allAgain === 0 ? [...verdicts.last.keys()] : [...this.#waiting];
    this.#waiting.clear();
    const told: { item: TestItem; result: GateResult; places: NotePlaces<Uri> }[] = [];
    for (const ref of refs) {
      const judged = verdicts.last.get(ref);
      const gate = items.item(ref, null);
      if (judged === undefined || gate === null) continue;
      gate.description = judgedWord(judged);
      const results = gateResults(judged);
      const places = await this.#places(run, judged, results);
      for (const result of results) {
        const [first] = messagesOf(result, places).flatMap(({ location }) => location ?? []);
        if (result.check !== null && first !== undefined) {
          items.place(ref, result.check, first.uri, first.range);
        }
        const item = result.check === null ? gate : items.item(ref, result.check);
        if (item !== null) told.push({ item, result, places });
      }
    }
    if (told.length === 0 || this.#shown !== shown) return;
    const request = new TestRunRequest(told.map(({ item }) => item));
    const name = l10n.t('Verdicts of run {0}', shortRun(run.key.run));
    const results = this.#controller.createTestRun(request, name, false);
    for (const { item, result, places } of told) putResult(results, item, result, places);
    results.end();
  }

  async #places(
    run: LiveRun,
    judged: Pick<JudgedGate, 'gate' | 'of'>,
    results: readonly GateResult[],
  ): Promise<NotePlaces<Uri>> {
    const files = results.flatMap(({ notes }) => notes.flatMap(({ file }) => file ?? []));
    if (files.length === 0 || !workspace.isTrusted) return nowhere;
    try {
      return await notePlaces(this.#parts, run, judged, files);
    } catch (error) {
      this.#parts.log.warn(`places of ${judged.gate}: ${String(error)}`);
      return nowhere;
    }
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const shown = this.#shown;
    if (shown === null) return;
    const { run, items, verdicts } = shown;
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    const cancelled = token.onCancellationRequested(stop);
    this.#ending.signal.addEventListener('abort', stop, { once: true });
    const results = this.#controller.createTestRun(
      request,
      l10n.t('Checks of run {0}, run again', shortRun(run.key.run)),
    );
    try {
      await runGates(this.#parts, {
        ...{ run, items, verdicts, request, results, signal: controller.signal },
        put: (item, result, places) => putResult(results, item, result, places),
        placesOf: (judged, of) => this.#places(run, judged, of),
      });
    } finally {
      results.end();
      cancelled.dispose();
      this.#ending.signal.removeEventListener('abort', stop);
    }
  }
}

/** A result as the editor tells it: why it failed, at file and line. */
function putResult(
  run: TestRun,
  item: TestItem,
  { state, durationMs, notes, output }: GateResult,
  places: NotePlaces<Uri>,
): void {
  for (const line of output) run.appendOutput(`${terminalLine(line)}\r\n`, undefined, item);
  const duration = durationMs ?? undefined;
  if (state === 'passed') {
    run.passed(item, duration);
    return;
  }
  const messages = messagesOf({ notes }, places);
  if (state === 'failed') run.failed(item, messages, duration);
  else run.errored(item, messages, duration);
}

function messagesOf({ notes }: Pick<GateResult, 'notes'>, places: NotePlaces<Uri>): TestMessage[] {
  return notes.map((note) => {
    const message = new TestMessage(note.test === null ? note.says : `${note.test}\n${note.says}`);
    const found = note.file === null ? undefined : places.files.get(note.file);
    // The workspace's own file, where it is the one that was judged by.
    const uri = found?.documents.at(-1);
    const line = (note.line ?? 1) - 1;
    if (uri !== undefined) message.location = new Location(uri, new Range(line, 0, line, 0));
    return message;
  });
}

const terminalLine = (text: string): string => withoutControls(text).replaceAll('\n', '\r\n');
