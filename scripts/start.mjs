// `npm start`: from a fresh clone to the example in an editor with the extension installed.
// `npm start -- --headless [args]`: to a finished run of it, without an editor.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInCode } from './editor/code.mjs';
import { serve } from './editor/serve-example.mjs';
import { EXAMPLE, keepExample, layOutExample } from './example.mjs';
import { packageExtension } from './package.mjs';
import { fail, prepare, requireGit, root, run } from './setup.mjs';

const USAGE = `usage: npm start [-- --served] [--port N] [--fresh]
       npm start -- --headless [arguments of \`ashlar run\`]
  --served   VS Code in a page of your browser, also where \`code\` is on the PATH
  --port N   its port; a free one if left out
  --fresh    lay the example out anew, without its earlier runs
  --headless run the example in this terminal`;

const args = process.argv.slice(2);
if (args.includes('--headless')) await headless(args.filter((arg) => arg !== '--headless'));
else await editor(editorOptions());

async function headless(extra) {
  await makeReady();
  const folder = layOutExample();
  say(`running ${EXAMPLE} in ${folder}`);
  process.exitCode = await run(process.execPath, [
    ...['dist/cli/ashlar.mjs', '--cwd', folder, 'run', `${EXAMPLE}.plan.yaml`, '--yes'],
    ...extra,
  ]);
}

async function editor({ served, port, fresh }) {
  await makeReady();
  const vsix = packageExtension();
  say(`packaged the extension as ${vsix}`);
  const folder = join(root, fresh ? layOutExample() : keepExample());
  if (!served && port === undefined && (await openInCode(vsix, folder))) return;
  await serve(vsix, folder, port ?? 0).catch((error) => fail(error.message));
}

async function makeReady() {
  await prepare();
  requireGit();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built !== 0) process.exit(built);
}

function editorOptions() {
  try {
    const { values } = parseArgs({
      args,
      options: {
        served: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
      throw new Error(`--port ${values.port} is no port`);
    }
    return { ...values, port };
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`, 2);
  }
}

function say(text) {
  process.stdout.write(`ashlar: ${text}\n`);
}
