// The served editor of `npm start`: prints one address, and runs until it is told to end.
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { provideEditor } from './install.mjs';
import { address, installExtension, layOutState, startEditor } from './serve.mjs';

/** Kept between starts, so that the editor looks as it was left. */
const STATE = join(root, 'build/editor');

export async function serve(vsix, folder, port) {
  const editor = await provideEditor();
  layOutState(STATE);
  say('installing the extension in the served VS Code');
  await installExtension(editor, STATE, vsix);
  const ending = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  // The example is ours, so nobody is asked whether to trust it.
  const { origin, ended, stop, log } = await startEditor(editor, STATE, { port, trust: false });
  process.stdout.write(
    `\nOpen in your browser:\n\n  ${address(origin, folder)}\n\n` +
      'Only this machine can reach it. Ctrl-C ends it, and with it every run that it drives;\n' +
      'such a run goes on when it is opened again.\n\n',
  );
  const first = await Promise.race([
    ending.then(() => 'told to end'),
    ended.then(() => 'ended by itself'),
  ]);
  await stop();
  if (first === 'ended by itself') throw new Error(`the editor ended by itself; see ${log}`);
  say('the editor has ended');
}

function say(text) {
  process.stdout.write(`ashlar: ${text}\n`);
}
