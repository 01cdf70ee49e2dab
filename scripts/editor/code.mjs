// The VS Code that is installed here, by its `code` command.
import { spawnSync } from 'node:child_process';

const NAME = 'ashlar.ashlar';

/**
 * Installs the extension in it and opens the folder. False where there is none, or where it
 * refuses, as it does for root or without a display.
 */
export async function openInCode(vsix, folder) {
  if (code('--version').status !== 0) return false;
  say(
    `installing the extension in your VS Code (\`code --uninstall-extension ${NAME}\` undoes it)`,
  );
  const installed = code('--install-extension', vsix, '--force');
  if (installed.status !== 0) return refused('did not install the extension', installed);
  const opened = code(folder);
  if (opened.status !== 0) return refused('did not open the example', opened);
  say(`opened ${folder} in VS Code; --served serves one to your browser instead`);
  return true;
}

function refused(what, { stderr, error }) {
  say(`\`code\` ${what}: ${(error?.message ?? stderr).trim().split('\n').at(-1)}`);
  return false;
}

/** On Windows the command is a script, which wants a shell and so quotes. */
function code(...args) {
  const shell = process.platform === 'win32';
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  return spawnSync('code', quoted, { encoding: 'utf8', shell, timeout: 120_000 });
}

function say(text) {
  process.stdout.write(`ashlar: ${text}\n`);
}
