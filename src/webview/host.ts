import type { RunId } from '../core/ids.ts';
import { t } from '../core/language.ts';
import type { Action, Answer, BoardMessage, HostMessage, Question } from '../protocol/board.ts';
import type { PreviewMessage } from '../protocol/preview.ts';

/** What the editor gives a webview; this file is the only one that knows of it. */
export interface EditorApi {
  postMessage(message: BoardMessage | PreviewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => EditorApi;

/** The webview's end of the channel to the extension host. */
export interface Host {
  act(action: Action): void;
  /** Always answers: with a failure where the host does not. */
  ask(question: Question): Promise<Answer>;
  /** Tells the host that messages are heard from now on, and hears them. */
  connect(hear: (message: HostMessage) => void): void;
  /** A batch is missing; the answer is a snapshot. */
  resync(): void;
  /** What {@link keep} was given last, before a reload too; null where nothing was. */
  kept(): unknown;
  keep(state: unknown): void;
}

const ANSWER_TIMEOUT_MS = 30_000;
/** More questions than a person can have open; the oldest gives way. */
const MAX_QUESTIONS = 50;

/** `api` is a function because the editor gives it out once, and tests of parts have none. */
export function createHost(
  api: () => EditorApi,
  target: { addEventListener(type: 'message', heard: (event: MessageEvent) => void): void },
  timeoutMs = ANSWER_TIMEOUT_MS,
): Host {
  const open = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  let shown: RunId | null = null;

  const settle = (id: number, answer: Answer): void => {
    open.get(id)?.(answer);
    open.delete(id);
  };

  return {
    act: (action) => api().postMessage({ type: 'act', run: shown, action }),
    ask: (question) =>
      new Promise((resolve) => {
        const id = ++asked;
        const [oldest] = open.keys();
        if (open.size >= MAX_QUESTIONS && oldest !== undefined) settle(oldest, tooMany());
        const timer = setTimeout(() => settle(id, late()), timeoutMs);
        open.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        api().postMessage({ type: 'ask', id, question });
      }),
    connect: (hear) => {
      target.addEventListener('message', (event) => {
        const message: unknown = event.data;
        if (!isHostMessage(message)) return;
        if (message.type === 'run') shown = message.key.run;
        else if (message.type === 'no-run') shown = null;
        if (message.type === 'answer') settle(message.to, message.answer);
        else hear(message);
      });
      api().postMessage({ type: 'ready' });
    },
    resync: () => api().postMessage({ type: 'resync' }),
    kept: () => api().getState() ?? null,
    keep: (state) => api().setState(state),
  };
}

const late = (): Answer => ({
  about: 'failure',
  message: t('The editor did not answer. Try again.'),
});
const tooMany = (): Answer => ({
  about: 'failure',
  message: t('Too much was asked at once. Try again.'),
});

/** The host is trusted; other frames of the page's own editor are not the host. */
function isHostMessage(message: unknown): message is HostMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    typeof message.type === 'string'
  );
}

let acquired: EditorApi | null = null;

/** The editor, which gives itself out once. */
export const editor = (): EditorApi => (acquired ??= acquireVsCodeApi());

export const host: Host = createHost(editor, globalThis);
