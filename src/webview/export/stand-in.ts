import type { BoardMessage, HostMessage, RunKey } from '../../protocol/board.ts';
import type { Source } from '../../protocol/source.ts';
import { t } from '../../core/language.ts';
import type { ExportedPage } from './read-page.ts';

/** Tells of the run in the page where the editor's host would; nothing can be done to it. */
export function installStandIn({ mark, events }: ExportedPage): void {
  const key: RunKey = { folder: 'export:', run: mark.run };
  const source: Source = {
    ...{ kind: 'export', name: '', at: mark.inProgress ? mark.madeAt : (events.at(-1)?.at ?? 0) },
    ...{ exportedAt: mark.madeAt, product: mark.product, leftOut: mark.leftOut, problem: null },
  };
  const driver = mark.driven || !mark.inProgress ? 'here' : 'nobody';
  let kept: unknown = null;

  // As the editor does: later, so that whoever asked is done with asking.
  const send = (message: HostMessage): void => {
    setTimeout(() => window.postMessage(message, '*'), 0);
  };
  const hear = (message: BoardMessage): void => {
    switch (message.type) {
      case 'ready':
      case 'resync':
        send({
          type: 'desk',
          desk: {
            ...{ at: source.at, trusted: true, folders: [], runs: [] },
            ...{ current: key, starting: null },
          },
        });
        send({ type: 'run', key, driver, n: 1, events, source });
        break;
      case 'ask':
        send({
          type: 'answer',
          to: message.id,
          answer: { about: 'failure', message: t('An export holds no files.') },
        });
        break;
      case 'act':
        break;
    }
  };
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: hear,
      getState: () => kept,
      setState: (state: unknown) => (kept = state),
    }),
  });
}
