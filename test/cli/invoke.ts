import { commandLine } from '../../src/cli/command-line.ts';
import type { Engine } from '../../src/cli/engine.ts';
import type { Environment } from '../../src/cli/model-options.ts';
import { fakeEngine } from './fake-engine.ts';
import { FakeTerminal } from './fake-terminal.ts';

/** Runs a command line, with words separated by single spaces. */
export function invoke(
  line: string | readonly string[],
  {
    engine = fakeEngine({}),
    terminal = new FakeTerminal(),
    env = {},
  }: {
    readonly engine?: Engine;
    readonly terminal?: FakeTerminal;
    readonly env?: Environment;
  } = {},
) {
  const words = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line;
  const code = commandLine(words, {
    ...{ terminal, engine, cwd: process.cwd(), by: 'sam', trace: false, env },
    version: () => '1.2.3',
    packageFolder: () => process.cwd(),
  });
  return { code, terminal };
}
