import { oneLine } from '../../core/projections/safe-text.ts';
import { serveTools } from '../../engine/mcp/serve-tools.ts';
import { driverWorld } from '../driver-world.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Verb } from '../verb.ts';

/** Requests come in on stdin, and nothing but answers goes to stdout. */
export const mcp: Verb = async (context, given) => {
  const { terminal, by } = context;
  using interrupt = listenForInterrupt(terminal);
  const note = (text: string): void => terminal.err(`${oneLine(text, 400)}\n`);
  await using driving = driverWorld(context, given, note);
  using service = serveTools({
    version: context.version(),
    readOnly: given.flag('read-only'),
    allowApprove: given.flag('allow-approve'),
    world: (client) => driving.world(() => (client() === '' ? by : `${by}, through ${client()}`)),
    write: (line) => terminal.out(line),
  });
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  using _input = terminal.onInput(
    (chunk) => service.take(chunk),
    () => {
      service.end();
      end();
    },
  );
  using _closed = terminal.onClosed(() => end());
  using _stop = interrupt.onStop(() => end());
  await ended;
  return interrupt.code ?? 0;
};
