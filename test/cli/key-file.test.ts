import { execFile, execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import type { Arguments } from '../../src/cli/arguments.ts';
import { readKeyFile } from '../../src/cli/key-file.ts';
import { modelOptions, type Environment } from '../../src/cli/model-options.ts';
import { tempFolder } from '../support/temp-folder.ts';

const given = { option: () => null } as unknown as Arguments;
const service = (env: Environment) => modelOptions(given, env).service;

it('a key that was put where the name of its file belongs is never said', () => {
  const key = 'sk-ant-of-somebody-0123456789';
  const { apiKey, keyHint } = service({ ASHLAR_KEY_FILE: key });
  expect(apiKey).toBeNull();
  expect(keyHint).not.toContain('of-somebody');
  expect(keyHint).toContain('ASHLAR_KEY_FILE names a file that cannot be read (ENOENT)');
  expect(keyHint).toContain('name a file that holds the key, not the key itself');
});

it('a file is read when a key is first asked for, and once in the same surroundings', async () => {
  await using folder = await tempFolder();
  const file = join(folder.path, 'key');
  const env = { ASHLAR_KEY_FILE: file };
  const [early, later] = [service(env), service(env)];
  writeFileSync(file, 'the-first-key');
  expect(early.apiKey).toBe('the-first-key');
  // As of a pipe, which gives it once.
  writeFileSync(file, '');
  expect([later.apiKey, early.apiKey]).toEqual(['the-first-key', 'the-first-key']);
  expect(service({ ...env }).apiKey).toBeNull();
});

it('where a key is not taken, the variable is named from which it came', async () => {
  await using folder = await tempFolder();
  const file = join(folder.path, 'key');
  writeFileSync(file, 'the-key');
  const [named, set] = [{ ASHLAR_KEY_FILE: file }, { ANTHROPIC_API_KEY: 'another-key' }];
  expect(service(set).keyHint).toMatch(/^the key came from ANTHROPIC_API_KEY: set another there/);
  const ofFile = /^the key came from the file that ASHLAR_KEY_FILE names: put another into it/;
  expect(service(named).keyHint).toMatch(ofFile);
  expect(service(named).keyHint).not.toContain('ANTHROPIC_API_KEY');
  expect(service({ ...named, ...set }).keyHint).toMatch(
    /goes before ANTHROPIC_API_KEY, which is set too$/,
  );
});

test.skipIf(process.platform === 'win32')(
  'a pipe into which nobody writes is given up, and one that somebody writes into is read to its end',
  async () => {
    await using folder = await tempFolder();
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const limits = { forWriterMs: 50, forEndMs: 50 };
    expect(readKeyFile(pipe, limits)).toEqual({
      ok: false,
      why: 'is a pipe into which nobody writes',
    });

    // A pipe that is open for both has a writer who does not come to an end.
    const both = openSync(pipe, constants.O_RDWR);
    writeSync(both, 'half-a-');
    expect(readKeyFile(pipe, limits)).toEqual({
      ok: false,
      why: 'does not come to its end',
    });
    closeSync(both);

    const writer = execFile('sh', ['-c', `(printf half-a-; printf 'key\\n') > '${pipe}'`]);
    expect(readKeyFile(pipe)).toEqual({ ok: true, key: 'half-a-key' });
    writer.kill();
  },
);
