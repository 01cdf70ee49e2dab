import { relative } from 'node:path';
import type { Uri, WorkspaceFolder } from 'vscode';
import { heard, plural, t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { CheckedPlan } from '../../engine/check-plan.ts';
import type { Diagnostic } from '../../engine/plan/diagnostic.ts';
import { messageOf } from '../native/error-message.ts';
import { Emitter } from './emitter.ts';
import type { FollowedRun } from './followed-run.ts';
import type { RunsHost } from './runs-host.ts';
import type { Began } from './runs.ts';
import { closing, type Sessions } from './sessions.ts';
import type { Shelf } from './shelf.ts';
import type { Way } from '../../core/way.ts';

/** Which plan, from its folder, and how it is to be run. */
interface AskedRun {
  readonly plan: string;
  readonly way: Way;
}

export type Started =
  (Extract<Began, { ok: true }> & { readonly live: FollowedRun }) | Extract<Began, { ok: false }>;

const refusal = (
  code: string,
  message: string,
  diagnostics: readonly Diagnostic[] = [],
): Extract<Began, { ok: false }> => ({ ok: false, code, message, diagnostics });

/** Holds a plan against the quality bar and starts it. One at a time: it takes the whole machine. */
export class Starting {
  readonly #host: RunsHost;
  readonly #shelf: Shelf;
  readonly #sessions: Sessions;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #now: { readonly plan: string; readonly says: string } | null = null;
  #preparing: Promise<unknown> = Promise.resolve();

  constructor(host: RunsHost, shelf: Shelf, sessions: Sessions) {
    this.#host = host;
    this.#shelf = shelf;
    this.#sessions = sessions;
  }

  get now(): { readonly plan: string; readonly says: string } | null {
    return this.#now;
  }

  /** Resolves when nothing is being prepared any more, and no work folder of it is left. */
  async settled(): Promise<void> {
    await this.#preparing;
  }

  /** `cancelled` counts until the run begins; from then on the run itself is cancelled. */
  async start(file: Uri, cancelled?: AbortSignal, way: Way = 'parallel'): Promise<Started> {
    if (!this.#host.trusted) {
      return refusal(
        'untrusted',
        t('Trust this workspace first: a run executes what its plan says.'),
      );
    }
    const folder = this.#host.folderOf(file);
    if (folder === null) {
      return refusal(
        'no-folder',
        t('Open the folder of this plan first: a run belongs to a folder.'),
      );
    }
    if (this.#now !== null) {
      return refusal(
        'starting-already',
        t('{0} is being prepared. Wait until it runs.', this.#now.plan),
      );
    }
    const plan = relative(folder.uri.fsPath, file.fsPath);
    this.#say(plan, t('reading the plan'));
    const { ending } = this.#sessions;
    const signal = cancelled === undefined ? ending : AbortSignal.any([ending, cancelled]);
    const starting = this.#start(folder, file, { plan, way }, signal);
    this.#preparing = starting;
    return starting;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #start(
    folder: WorkspaceFolder,
    file: Uri,
    asked: AskedRun,
    signal: AbortSignal,
  ): Promise<Started> {
    try {
      return await this.#prepare(folder, file, asked, signal);
    } catch (error) {
      if (this.#sessions.ending.aborted) {
        const { code, message } = closing();
        return refusal(code, message);
      }
      if (signal.aborted) return refusal('cancelled', t('{0} was not started.', asked.plan));
      this.#host.log.error(error instanceof Error ? error : String(error));
      return refusal('engine-failed', messageOf(error));
    } finally {
      this.#now = null;
      this.#changed.fire();
    }
  }

  async #prepare(
    folder: WorkspaceFolder,
    file: Uri,
    asked: AskedRun,
    signal: AbortSignal,
  ): Promise<Started> {
    const { plan, way } = asked;
    if (!(await this.#host.save(file))) {
      return refusal(
        'not-saved',
        t('{0} could not be saved, and a run starts from what is saved.', plan),
      );
    }
    const { base, sandbox, scriptedAgentSpeed } = this.#host.settings(folder);
    const { checkPlan, startRun } = await this.#host.engine();
    const { service } = await this.#host.models();
    const checked: CheckedPlan = await checkPlan({
      workspace: folder.uri.fsPath,
      planFile: plan,
      base,
      sandbox,
      signal,
      service,
      onProgress: (says) => this.#say(plan, says),
    });
    if (!checked.ok) return refusal(checked.code, heard(checked.message, checked.words));
    const { diagnostics, prepared, notes } = checked;
    if (prepared === null) {
      const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
      const message = plural(
        errors,
        '{1} is refused: {0} error.',
        '{1} is refused: {0} errors.',
        plan,
      );
      return refusal('plan-refused', message, diagnostics);
    }
    signal.throwIfAborted();
    for (const note of notes) this.#host.log.info(`${plan}: ${oneLine(note, 1_000)}`);
    this.#say(plan, t('starting'));
    const begun = await this.#shelf.make(folder, () =>
      this.#sessions.begin(
        { speed: scriptedAgentSpeed, name: plan },
        (options) => startRun({ ...prepared, way }, options),
        ({ run }) => this.#shelf.put(folder, run),
      ),
    );
    if (!begun.ok) return refusal(begun.code, heard(begun.message, begun.words));
    return { ok: true, key: begun.live.key, notes, diagnostics, live: begun.live };
  }

  #say(plan: string, says: string): void {
    this.#now = { plan, says: oneLine(says, 200) };
    this.#changed.fire();
  }
}
