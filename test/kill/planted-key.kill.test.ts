import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nosy } from '../support/messages-server/nosy-script.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages-server/server.ts';
import { solvingScript } from '../support/messages-server/solving-script.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { ofType } from '../support/tiny-workspace.ts';
import { ExampleRuns, type Ended } from './example-runs.ts';

const root = join(import.meta.dirname, '../..');
const script = join(root, 'examples/tiny-lang/script');
const cli = join(root, 'dist/cli/ashlar.mjs');
const key = 'sk-ant-planted-0123456789';
const other = 'planted-passphrase-4711-abcdef';
const base64 = (text: string): string => Buffer.from(text).toString('base64').slice(4, -4);
const planted = [key, other, ...[key, other].map(base64)];

/** A service whose model is after secrets; it repeats the key whenever it fails, and where it refuses. */
const startNosyServer = (refuses: RegExp): Promise<MessagesServer> =>
  startMessagesServer({
    script: nosy(solvingScript(script), [key, other]),
    key,
    faults: ({ n, path, body }) => {
      const message = `no, not with x-api-key ${key}`;
      if (n % 10 === 7) return { kind: 'status', status: 529, message };
      const refused = path === '/v1/messages' && refuses.test(JSON.stringify(body.messages[0]));
      return refused ? { kind: 'status', status: 400, message } : null;
    },
  });

/** Which of the folder's files hold a planted value; git's objects are read by {@link storedIn}. */
function leaksBelow(folder: string): string[] {
  return namesIn(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path.endsWith('/store.git/objects') ? [] : leaksBelow(path);
    return entry.isFile() && holds(contentOf(path)) ? [path] : [];
  });
}

function namesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** What came and went while it was listed holds nothing. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

const holds = (text: string): boolean => planted.some((secret) => text.includes(secret));

/** All objects that the store holds, as git unpacks them. */
const storedIn = (workspace: string): string =>
  execFileSync('git', ['cat-file', '--batch', '--batch-all-objects'], {
    cwd: join(workspace, '.ce-workspace', 'store.git'),
    maxBuffer: 512 * 1024 * 1024,
    encoding: 'latin1',
  });

/** All that the command line prints of a run that is over. */
function told({ workspace, events }: Ended, env: NodeJS.ProcessEnv): string {
  const printed = (...words: string[]): string =>
    execFileSync(process.execPath, [cli, '--cwd', workspace, ...words], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
  const [run = ''] = readdirSync(join(workspace, '.ce-workspace', 'runs'));
  const modules = new Set(ofType({ events }, 'generation-started').map(({ module }) => module));
  const transcripts = [...modules, 'frontend'].map((module) => printed('transcript', run, module));
  return [
    ...[printed('status'), printed('status', '--json'), printed('report'), printed('verify')],
    ...[printed('report', '--json'), printed('agents', run, '--json'), ...transcripts],
  ].join('\n');
}

test.each([
  { sandbox: 'prefer', refuses: /^never$/, exit: 0, seals: 8 },
  { sandbox: 'off', refuses: /Module: cli\b/, exit: 3, seals: 7 },
] as const)(
  'no key is kept, printed or given to anybody, however agents go after it; sandbox: $sandbox',
  async ({ sandbox, refuses, exit, seals }) => {
    await using server = await startNosyServer(refuses);
    await using temporary = await tempFolder();
    const env = {
      ...{ ANTHROPIC_API_KEY: key, ASHLAR_BASE_URL: server.url },
      ...{ SIGNING_PASSPHRASE: other, TMPDIR: temporary.path },
    };
    const leaks = new Set<string>();
    await using runs = new ExampleRuns({
      always: [],
      atStart: ['--agents', 'anthropic', '--sandbox', sandbox],
      env,
      mayEndWith: exit,
      // What checks leave about while they run is theirs where nothing keeps them apart.
      watch: ({ type }, folder) => {
        if (sandbox === 'off' || type !== 'check-finished') return;
        for (const at of [join(folder, 'cache'), temporary.path]) {
          for (const path of leaksBelow(at)) leaks.add(path);
        }
      },
    });
    const ended = await runs.complete();
    expect([ended.exit, ended.seals.size]).toEqual([exit, seals]);
    expect([...leaks]).toEqual([]);

    // What was tried did happen: the spy ran, was seen, and found nothing or was struck out.
    const spied = ofType(ended, 'check-finished').flatMap(({ result }) => result.evidence);
    const found = spied.map(({ says }) => says).filter((says) => says.includes('spied: '));
    expect(found.join('\n')).toContain('ASHLAR_EFFECT=');
    // Apart from the machine it sees itself alone; beside it, the engine's environment too.
    expect(found.join('\n').includes('•••')).toBe(sandbox === 'off');
    const summaries = ofType(ended, 'submission-received').map(({ summary }) => summary);
    expect(summaries.every((summary) => summary.includes('The key is ••• and •••.'))).toBe(true);

    expect([...leaksBelow(ended.folder), ...leaksBelow(temporary.path)]).toEqual([]);
    const stored = storedIn(ended.workspace);
    expect(stored).toContain('spied.txt');
    expect(holds(stored)).toBe(false);
    const warned = /note: secrets: .* ANTHROPIC_API_KEY, SIGNING_PASSPHRASE in the environment/;
    expect(warned.test(ended.stderr)).toBe(sandbox === 'off');
    expect(holds(JSON.stringify(ended.events) + ended.stderr)).toBe(false);
    const shown = told(ended, env);
    expect(shown).toContain('The key is ••• and •••.');
    expect(holds(shown)).toBe(false);
    // No agent is ever told either: what tools, checks and others say is rid of it before.
    const heard = server.service.messages.flatMap(({ body }) =>
      body.messages.filter(({ role }) => role === 'user'),
    );
    expect(JSON.stringify(heard)).toContain('spied: ');
    expect(holds(JSON.stringify(heard))).toBe(false);
  },
);
