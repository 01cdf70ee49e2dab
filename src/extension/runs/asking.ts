import { heard, t } from '../../core/language.ts';
import { isHeld } from '../../core/person-rules.ts';
import type { Sent } from '../../engine/person.ts';
import type { PersonRequest } from '../../engine/person-request.ts';
import { messageOf } from '../native/error-message.ts';
import type { FollowedRun } from './followed-run.ts';
import type { RunsHost } from './runs-host.ts';
import type { Began, ForeignDriver } from './runs.ts';
import { askSession, type Sessions } from './sessions.ts';

type Failed = Extract<Sent, { ok: false }>;

const failed = (code: string, message: string): Failed => ({ ok: false, code, message });

/** Brings what a person asks for to whoever drives a run: this window, another process, or nobody. */
export class Asking {
  readonly #host: RunsHost;
  readonly #sessions: Sessions;

  constructor(host: RunsHost, sessions: Sessions) {
    this.#host = host;
    this.#sessions = sessions;
  }

  async send(live: FollowedRun, request: PersonRequest): Promise<Sent> {
    try {
      const sent = await this.#send(live, request);
      return sent.ok ? sent : failed(sent.code, heard(sent.message, sent.words));
    } catch (error) {
      this.#host.log.error(error instanceof Error ? error : String(error));
      return failed('engine-failed', messageOf(error));
    }
  }

  /** Takes a run over, and ends its pause. */
  async resume(live: FollowedRun, gone?: ForeignDriver): Promise<Began> {
    const { key } = live;
    const refused = (code: string, message: string): Began => ({
      ...{ ok: false, code, message, diagnostics: [] },
    });
    const isTakingOver = this.#sessions.isTakingOver(key);
    if (!isTakingOver) await live.look();
    const { replayed, other } = live;
    const isGone = other !== null && other.host === gone?.host && other.nonce === gone.nonce;
    const unseen = (): Began | null => {
      const { foreign } = live;
      return foreign === null
        ? null
        : {
            ...{ ok: false, code: 'foreign-host', diagnostics: [], foreign },
            message: t(
              'Process {0} on {1} drives this run. Take over only if you know that it has ended.',
              ...[foreign.pid, foreign.host],
            ),
          };
    };
    if (live.driver !== 'nobody' && !isGone) {
      if (replayed === null || !isHeld(replayed.state)) {
        const gone = unseen();
        if (gone !== null) return gone;
        const says =
          other === null
            ? t('This run is being driven already, by this window.')
            : t(
                'This run is being driven already, by process {0} on {1}.',
                ...[other.pid, other.host],
              );
        return refused('held', says);
      }
      const sent = await this.send(live, { type: 'resume' });
      const unanswered = sent.ok && sent.how !== 'done' ? unseen() : null;
      if (unanswered !== null) return unanswered;
      return sent.ok
        ? { ok: true, key, notes: [], diagnostics: [] }
        : refused(sent.code, sent.message);
    }
    const taken = await this.#sessions.takeOver(live, gone);
    if (!taken.ok) {
      // Somebody else was faster: whether that one has ended too is another question.
      if (taken.code === 'foreign-host') await live.look();
      return (
        (taken.code === 'foreign-host' ? unseen() : null) ??
        refused(taken.code, heard(taken.message, taken.words))
      );
    }
    const { session } = taken;
    if (isHeld(session.state)) {
      const refusal = await askSession(session, { type: 'resume-run', by: this.#host.by });
      if (refusal !== null) return refused(refusal.code, heard(refusal.message, refusal.words));
    }
    return { ok: true, key, notes: [], diagnostics: [] };
  }

  async #send(live: FollowedRun, request: PersonRequest): Promise<Sent> {
    const { key, place } = live;
    if (this.#sessions.isTakingOver(key)) await this.#sessions.takeOver(live);
    const { buildCommand, bringCommand } = await this.#host.engine();
    const { session } = live;
    if (session !== null) {
      const record = { run: key.run, state: session.state };
      const built = await buildCommand(place.workspace, record, request, this.#host.by);
      if (!built.ok) return built;
      const refusal = await askSession(session, built.command);
      const { notes = [] } = built;
      if (refusal === null) return { ok: true, how: 'done', ...(notes.length > 0 && { notes }) };
      if (refusal.code !== 'not-driven') return { ok: false, ...refusal };
      // It ended just now: whatever is asked of a run that nobody drives.
      await this.#sessions.closed(key);
    }
    await live.look();
    const { replayed, other, problem } = live;
    if (problem !== null) return failed('journal-damaged', problem);
    if (replayed === null) return failed('never-began', t('This run has not begun.'));
    if (live.driver === 'nobody' && request.type === 'resume') {
      const begun = await this.resume(live);
      return begun.ok ? { ok: true, how: 'done' } : failed(begun.code, begun.message);
    }
    const addressee = { run: key.run, folder: place.path, state: replayed.state, driver: other };
    const sent = await bringCommand(place.workspace, addressee, request, this.#host.by);
    if (other !== null || !sent.ok || sent.how === 'done') {
      await live.look();
      return sent;
    }
    // Left for whoever drives it next, and that is us, unless somebody else is faster.
    const taken = await this.#sessions.takeOver(live);
    if (taken.ok) return { ...sent, how: 'done' };
    return taken.code === 'held' ? sent : failed(taken.code, heard(taken.message, taken.words));
  }
}
