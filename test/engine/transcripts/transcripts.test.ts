import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Command } from '../../../src/core/commands.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId, order } from '../../../src/core/ids.ts';
import type { AgentOutcome } from '../../../src/engine/agents/outcome.ts';
import type { AgentTask } from '../../../src/engine/agents/task.ts';
import type { TranscriptEntry, TranscriptPen } from '../../../src/engine/agents/transcript.ts';
import {
  listTranscripts,
  readTranscript,
  transcriptsFolder,
} from '../../../src/engine/transcripts/read-transcripts.ts';
import { keysOf } from '../../../src/engine/known-keys.ts';
import { redacted, secretsOf } from '../../../src/engine/transcripts/secrets.ts';
import {
  maxTranscriptChars,
  TranscriptFile,
} from '../../../src/engine/transcripts/transcript-file.ts';
import {
  parseTranscriptName,
  transcriptName,
  type TranscriptOf,
} from '../../../src/engine/transcripts/transcript-name.ts';
import { plan } from '../../support/scenario-plan.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { writeFiles } from '../../support/tiny-workspace.ts';

const lexer: TranscriptOf = {
  ...{ kind: 'module', id: moduleId('lexer'), attempt: 2, role: 'evaluator' },
  ...{ order: order(57), agent: 1 },
};
const at = Date.UTC(2026, 0, 1, 12, 30);

/** What a pen leaves of these entries. */
async function written(entries: readonly TranscriptEntry[], redact = (text: string) => text) {
  await using folder = await tempFolder();
  const around = { folder: transcriptsFolder(folder.path), redact, now: () => at };
  {
    await using pen = new TranscriptFile({ ...lexer, provider: 'anthropic' }, around);
    for (const entry of entries) pen.write(entry);
  }
  const [row] = await listTranscripts(folder.path, 'lexer', 2);
  const mode = statSync(join(around.folder, row!.file)).mode & 0o777;
  return { text: (await readTranscript(folder.path, row!.file)) ?? '', row, mode };
}

describe('a transcript', () => {
  it('is Markdown that people read, in the order in which things happened', async () => {
    const { text, row, mode } = await written([
      { kind: 'told', text: 'Judge it.' },
      { kind: 'tool-used', tool: 'read_file', input: '{"path":"a.js"}' },
      { kind: 'tool-answered', tool: 'read_file', ok: false, text: 'there is no such file' },
      { kind: 'said', text: 'Nothing to judge.' },
    ]);
    expect(row).toMatchObject(lexer);
    expect(mode).toBe(0o600);
    expect(text.split('\n').filter((each) => each.startsWith('#'))).toEqual([
      '# lexer: evaluator, 2',
      '## 12:30:00 is told',
      '## 12:30:00 uses read_file',
      '## 12:30:00 read_file refuses',
      '## 12:30:00 says',
    ]);
  });

  it('cannot be drawn into by what agents say, nor obeyed by a terminal', async () => {
    const said = '```\n# Not a heading\n````\n\u001b[2J\u202egone';
    const { text } = await written([{ kind: 'said', text: said }]);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
    const body = text.slice(text.indexOf('says'));
    expect(body).toMatch(/\n`````text\n```\n# Not a heading\n````\n[^`]*\n`````\n$/);
  });

  it('is bounded, entry by entry and as a whole, and says where it was cut', async () => {
    const long = 'x'.repeat(100_000);
    const one = await written([{ kind: 'said', text: long }]);
    expect(one.text.length).toBeLessThan(30_000);
    expect(one.text).toContain('… cut: 76000 characters …');
    const many = await written(Array.from({ length: 150 }, () => ({ kind: 'said', text: long })));
    expect(many.text.length).toBeLessThan(maxTranscriptChars + 1_000);
    expect(many.text).toMatch(/\*\*Cut here:\*\* \d+ more entries are not kept/);
  });

  it('is rid of secrets before it is cut, so that no half of one stays', async () => {
    const redact = (text: string): string => text.replaceAll('planted-secret', '•••');
    const head = 'y'.repeat(11_993);
    const { text } = await written(
      [{ kind: 'said', text: `${head}planted-secret${'z'.repeat(90_000)}` }],
      redact,
    );
    expect(text).not.toContain('planted');
  });

  it('ends no run that cannot write it', async () => {
    await using pen = new TranscriptFile(
      { ...lexer, provider: 'anthropic' },
      { folder: '/dev/null/nowhere', redact: (text) => text, now: () => at },
    );
    pen.write({ kind: 'said', text: 'a word' });
  });

  it('steers no terminal either where somebody else wrote it', async () => {
    await using folder = await tempFolder();
    const name = transcriptName(lexer);
    writeFiles(folder.path, {
      [`transcripts/${name}`]: 'red: \u001b[31m\u001b]0;title\u0007\u009b2J\n',
    });
    expect(await readTranscript(folder.path, name)).toBe('red: 2J\n');
  });

  it('is found by its name alone, and nothing else is read in its place', async () => {
    expect(parseTranscriptName(transcriptName(lexer))).toEqual(lexer);
    for (const name of [
      '../x.md',
      'a.md',
      'module.lexer.1.evaluator.57-1.md.new',
      'x.y.1.z.1-1.md',
    ]) {
      expect(parseTranscriptName(name)).toBeNull();
    }
    await using folder = await tempFolder();
    const { mkdirSync } = await import('node:fs');
    mkdirSync(transcriptsFolder(folder.path));
    const link = join(transcriptsFolder(folder.path), transcriptName(lexer));
    symlinkSync('/etc/hostname', link);
    expect(await readTranscript(folder.path, transcriptName(lexer))).toBeNull();
    expect(await readTranscript(folder.path, '../journal.jsonl')).toBeNull();
    expect(await listTranscripts(`${folder.path}/none`, 'lexer', null)).toEqual([]);
  });
});

describe('secrets', () => {
  const of = plan({ modules: { lexer: {}, database: {} } });
  const env = {
    SERVICE_API_KEY: 'a-value-of-its-own',
    DB_PASSWORD: 'database',
    GREETING: 'hello there, world',
    KEY_DIR: '/home/me/keys-are-here',
    SHORT_TOKEN: 'abc',
  };

  it('are values whose names call them so, and keys that the engine was given', () => {
    const clean = secretsOf(env, of, () => ['given-to-the-engine']);
    expect(clean('a-value-of-its-own and given-to-the-engine')).toBe('••• and •••');
    expect(clean(encodeURIComponent('a-value-of-its-own'))).toBe('•••');
    expect(clean('hello there, world')).toBe('hello there, world');
    expect(clean('/home/me/keys-are-here')).toBe('/home/me/keys-are-here');
  });

  it('are the keys of now and of before, whenever a person gives them', () => {
    const [first, later] = ['given-at-the-start', 'given-meanwhile'];
    const service = { apiKey: null as string | null, baseURL: null, keyHint: '' };
    const clean = secretsOf({}, of, keysOf(service));
    expect(clean(`${first}, ${later}`)).toBe(`${first}, ${later}`);
    service.apiKey = ` ${first}\n`;
    expect(clean(`${first}, ${later}`)).toBe(`•••, ${later}`);
    service.apiKey = later;
    expect(clean(`${first}, ${later}`)).toBe('•••, •••');
    service.apiKey = null;
    expect(clean(`${first}, ${later}`)).toBe('•••, •••');
    expect(secretsOf({}, of, keysOf(service))(later)).toBe('•••');
  });

  it.each([
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'GITHUB_TOKEN'],
    ...['GH_PAT', 'NPM_TOKEN', 'NPM_CONFIG__AUTHTOKEN', 'npm_config__auth', 'openai_api_key'],
    ...['SIGNING_PASSPHRASE', 'SENTRY_DSN', 'PGPASSWORD', 'MYSQL_PWD', 'SSHPASS', 'apiKey'],
    ...['GOOGLE_CREDENTIALS', 'OPENAI_APIKEY', 'clientSecret', 'SESSION_COOKIE', 'SSH_PRIVATE_KEY'],
    ...['AZURE_STORAGE_CONNECTION_STRING', 'DB_PASS', 'SLACK_SIGNING_SECRET', 'BEARER', 'jwt'],
  ])('are what %s holds', (name) => {
    expect(
      secretsOf({ [name]: 'correct horse battery' }, of, () => [])('a correct horse battery'),
    ).toBe('a •••');
  });

  it.each([
    ...['DATABASE_URL', 'REDIS_URI', 'npm_config_registry', 'https_proxy', 'CELERY_BROKER'],
  ])('are what %s opens a URL with', (name) => {
    const clean = secretsOf({ [name]: 'db+tcp://me:swordfish-9@host:99/x' }, of, () => []);
    expect(clean('at db+tcp://me:swordfish-9@host:99/x')).toBe('at •••');
    expect(clean('password=swordfish-9 of host:99')).toBe('password=••• of host:99');
    expect(secretsOf({ [name]: 'https://host:99/x' }, of, () => [])('https://host:99/x')).not.toBe(
      '•••',
    );
  });

  it.each([
    ...[
      'SSH_AUTH_SOCK',
      'PGPASSFILE',
      'PWD',
      'OLDPWD',
      'SSL_KEY_FILE',
      'GIT_AUTHOR_NAME',
      'PATH',
      'MONKEY_NAME',
    ],
    ...[
      'KEYBOARD_LAYOUT',
      'COMPASS_HOME',
      'TOKENIZER_MODE',
      'AWS_REGION',
      'AWS_PROFILE',
      'PATTERN',
    ],
  ])('are not what %s holds', (name) => {
    expect(secretsOf({ [name]: 'Ada of Example' }, of, () => [])('Ada of Example')).toBe(
      'Ada of Example',
    );
  });

  it('are never what the plan calls its own parts by', () => {
    expect(secretsOf(env, of, () => [])('database')).toBe('database');
  });

  it.each([
    `sk-ant-api03-${'aB3_'.repeat(12)}`,
    `ghp_${'a1B2'.repeat(9)}`,
    'AKIAIOSFODNN7EXAMPLE',
    `xoxb-${'1234567890-'.repeat(3)}abc`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'s'.repeat(20)}`,
    '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
  ])('are what looks like a key: %s', (key) => {
    const clean = secretsOf({}, of, () => []);
    expect(clean(`before ${key} after`)).toBe('before ••• after');
  });

  it('are not what the run itself is told apart by', () => {
    const clean = secretsOf({}, of, () => []);
    const ours = [
      'a'.repeat(40),
      'b3'.repeat(32),
      '20260301-1200-ab3d',
      'src/task-list/sk-index.ts',
    ];
    for (const text of ours) expect(clean(text)).toBe(text);
  });

  it('are taken out wherever they stand, and what holds none stays the same thing', () => {
    const clean = (text: string): string => text.replaceAll('hush', '•••');
    const value = { says: 'hush', list: [{ deep: 'a hush' }], n: 3, none: null };
    expect(redacted(value, clean)).toEqual({
      says: '•••',
      list: [{ deep: 'a •••' }],
      n: 3,
      none: null,
    });
    const free = { list: [{ deep: 'x' }] };
    expect(redacted(free, clean)).toBe(free);
  });
});

describe('the orchestrator', () => {
  it('has no handle on a transcript: a pen writes, and gives nothing back', () => {
    expectTypeOf<keyof TranscriptPen>().toEqualTypeOf<'write'>();
    expectTypeOf<TranscriptPen['write']>().returns.toBeVoid();
    // Nothing that comes in, is decided or is given to an agent can hold an entry of one.
    type Holds<Whole> = Whole extends Whole ? Extract<Whole[keyof Whole], TranscriptEntry> : never;
    expectTypeOf<Holds<Command>>().toBeNever();
    expectTypeOf<Holds<RunEvent>>().toBeNever();
    expectTypeOf<Holds<AgentOutcome>>().toBeNever();
    expectTypeOf<Holds<AgentTask>>().toBeNever();
  });

  it('does not import what reads them, neither the rules nor the loop nor what performs', () => {
    const files = (folder: string): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name));
    const own = [
      'run-loop.ts',
      'performing.ts',
      'run-session.ts',
      'start-run.ts',
      'composition.ts',
    ];
    const orchestrator = [
      ...files('src/core'),
      ...files('src/engine/perform'),
      ...files('src/engine/agents'),
      ...own.map((name) => `src/engine/${name}`),
    ];
    const reading = orchestrator.filter((path) =>
      /\b(?:listTranscripts|readTranscript)\b/.test(readFileSync(path, 'utf8')),
    );
    expect(orchestrator.length).toBeGreaterThan(100);
    expect(reading).toEqual([]);
  });
});
