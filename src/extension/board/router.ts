import type { RunId } from '../../core/ids.ts';
import { t } from '../../core/language.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Action, Answer, Desk, Question, RunKey } from '../../protocol/board.ts';
import { messageOf } from '../native/error-message.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { Channel } from './channel.ts';
import { checkMessage } from './message-check.ts';

/** What messages from webviews lead to. */
export interface RouterPorts {
  /** Carries an action out; `refused` says on the webview what did not work. */
  readonly act: (
    action: Action,
    run: LiveRun | null,
    refused: (message: string) => void,
  ) => Promise<void>;
  readonly answer: (question: Question, run: LiveRun | null) => Promise<Answer>;
  /** Only what lies on the desk can be acted upon. */
  readonly desk: () => Desk;
  readonly log: (message: string) => void;
}

/** More than a person can have open at once; what comes on top is not looked up. */
const maxQuestions = 16;

/** Brings what one webview sends to where it belongs. Nothing is decided here. */
export class Router {
  readonly #ports: RouterPorts;
  readonly #channel: Channel;
  #questions = 0;

  constructor(ports: RouterPorts, channel: Channel) {
    this.#ports = ports;
    this.#channel = channel;
  }

  async receive(value: unknown): Promise<void> {
    const message = checkMessage(value);
    if (message === null) {
      this.#ports.log('a webview sent what is no message of the board');
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#channel.ready();
        return;
      case 'resync':
        this.#channel.resync();
        return;
      case 'act':
        return this.#act(message.action, message.run);
      case 'ask':
        return this.#ask(message.id, message.question);
      default:
        return unreachable(message);
    }
  }

  async #act(action: Action, seen: RunId | null): Promise<void> {
    const refused = (message: string): void => this.#channel.refused(message);
    if (!this.#isOnDesk(action)) {
      refused(t('That lies in no folder of this window.'));
      return;
    }
    const { run } = this.#channel;
    if (aboutTheRun.has(action.do) && seen !== (run?.key.run ?? null)) {
      refused(t('Another run has come into view meanwhile. Nothing was done.'));
      return;
    }
    if (aboutTheRun.has(action.do) && run?.source !== undefined) {
      refused(t('This run was opened from {0}: it can only be looked at.', run.source.name));
      return;
    }
    try {
      await this.#ports.act(action, run, refused);
    } catch (error) {
      const why = messageOf(error);
      this.#ports.log(
        `${action.do} failed: ${error instanceof Error ? (error.stack ?? why) : why}`,
      );
      refused(why);
    }
  }

  async #ask(id: number, question: Question): Promise<void> {
    if (this.#questions >= maxQuestions) {
      const message = t('Too much was asked at once. Try again.');
      this.#channel.answer(id, { about: 'failure', message });
      return;
    }
    this.#questions += 1;
    try {
      this.#channel.answer(id, await this.#ports.answer(question, this.#channel.run));
    } finally {
      this.#questions -= 1;
    }
  }

  #isOnDesk(action: Action): boolean {
    const { folders } = this.#ports.desk();
    if ('uri' in action) {
      return folders.some(({ plans }) => plans.some(({ uri }) => uri === action.uri));
    }
    return !('key' in action) || isInFolder(folders, action.key);
  }
}

/** What is done to the run that the webview shows. */
const aboutTheRun: ReadonlySet<Action['do']> = new Set([
  ...(['pause', 'resume', 'cancel', 'raise-budget', 'decide-dispute'] as const),
  ...(['approve', 'reject', 'reopen'] as const),
  ...(['retry-provider', 'switch-agents', 'open-transcript', 'open-insight'] as const),
  ...(['amend', 'open-draft', 'discard-draft', 'confirm-draft', 'open-contract'] as const),
  ...(['diff-contract', 'diff-submission', 'open-evidence', 'diff-approval', 'show'] as const),
  ...([
    'open-gate-evidence',
    'compare-submission',
    'compare-approval',
    'open-sealed',
    'export-run',
  ] as const),
]);

const isInFolder = (folders: Desk['folders'], key: RunKey): boolean =>
  folders.some(({ uri }) => uri === key.folder);
