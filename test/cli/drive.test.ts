import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallPlan, Story } from '../core/projections/story.ts';
import { drive } from './drive-story.ts';
import { engineWith, FakeSession } from './fake-engine.ts';
import type { Arguments } from '../../src/cli/arguments.ts';
import { modelOptions, type Environment } from '../../src/cli/model-options.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { invoke } from './invoke.ts';

const complete = (story: Story): Story => {
  story.toApproval().approve('ship').deliver();
  const order = (story.events.at(-1)?.seq ?? 0) as never;
  return story.do({ type: 'record-postmortem', order, digest: 'a'.repeat(64) as never });
};

describe('run ends with a code that scripts can rely on', () => {
  it('0 where it is complete, with where the result is and what to type next', async () => {
    const terminal = new FakeTerminal();
    const { session, story, code } = await drive(new Story(), terminal);
    complete(story);
    session.end();
    expect(await code).toBe(0);
    expect(terminal.stdout).toContain(
      'Result: branch ashlar/20260301-1200-ab3d (commit 999999999999)',
    );
    expect(terminal.stdout).toContain('git merge ashlar/20260301-1200-ab3d');
    expect(terminal.stdout).toContain('Report: ashlar report 20260301-1200-ab3d');
    expect(terminal.leaks).toBe(0);
  });

  it('1 where it was cancelled', async () => {
    const { session, story, code } = await drive(new Story(), new FakeTerminal());
    const results = [{ name: 'node', passed: false, evidence: [] }];
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    story.do({ type: 'cancel-run', by: 'sam', reason: 'there is no node here' });
    const order = (story.events.at(-1)?.seq ?? 0) as never;
    story.do({ type: 'record-postmortem', order, digest: 'a'.repeat(64) as never });
    session.end();
    expect(await code).toBe(1);
  });

  it('3 where prerequisites are missing, with the list of them and what to do', async () => {
    const terminal = new FakeTerminal();
    const { session, story, code } = await drive(
      new Story({
        ...smallPlan(),
        prerequisites: [
          { name: 'tools', timeoutMs: null, remedy: null, run: 'false' },
          { name: 'key', timeoutMs: null, remedy: 'Ask Ada for one.', env: 'KEY', pattern: null },
        ],
      }),
      terminal,
    );
    const says = 'KEY is not set.';
    const evidence = [
      { kind: 'check', check: 'key', test: null, file: null, line: null, says } as const,
    ];
    const results = [
      { name: 'tools', passed: true, evidence: [] },
      { name: 'key', passed: false, evidence },
    ];
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    session.end();
    expect(await code).toBe(3);
    expect(terminal.stdout).toContain('Nothing has started: 1 prerequisite missing');
    expect(terminal.stdout).toContain('key: KEY is not set. Ask Ada for one.');
    expect(terminal.stdout).toContain('resume 20260301-1200-ab3d');
  });

  it('3 where it waits for a person, paused ones too', async () => {
    const { session, story, code } = await drive(new Story(), new FakeTerminal());
    story.go().do({ type: 'pause-run', by: 'sam' });
    session.end();
    expect(await code).toBe(3);
  });

  it('2 where its journal cannot be written, and says how to go on', async () => {
    const terminal = new FakeTerminal();
    const { session, code } = await drive(new Story(), terminal);
    session.fail(new Error('no space is left on the disk'));
    expect(await code).toBe(2);
    expect(terminal.stderr).toContain('go on: ashlar resume 20260301-1200-ab3d');
    expect(terminal.stderr).toContain('ashlar: no space is left on the disk');
  });
});

describe('an interrupt', () => {
  it('stops the driver cleanly the first time, and says how to go on', async () => {
    const terminal = new FakeTerminal();
    const { session, story, code } = await drive(new Story(), terminal);
    story.go();
    session.tell();
    terminal.interrupt();
    expect(session.stopped).toBe(true);
    expect(await code).toBe(130);
    expect(terminal.stderr).toContain('ashlar resume 20260301-1200-ab3d\n');
    expect(terminal.exits).toEqual([]);
    expect(terminal.leaks).toBe(0);
  });

  it('says where models are asked, where that was said', async () => {
    const terminal = new FakeTerminal();
    const options = ['--base-url', 'http://localhost:8080/a'];
    const { session, story, code } = await drive(new Story(), terminal, options);
    story.go();
    session.tell();
    terminal.interrupt();
    expect(await code).toBe(130);
    const line = 'ashlar resume 20260301-1200-ab3d --base-url http://localhost:8080/a\n';
    expect(terminal.stderr).toContain(`go on later with: ${line}`);
    expect(terminal.stdout).toContain(`Go on: ${line}`);
  });

  it('ends at once the second time', async () => {
    const terminal = new FakeTerminal();
    const { session, code } = await drive(new Story(), terminal);
    session.stop = () => undefined;
    terminal.interrupt();
    terminal.interrupt();
    expect(terminal.exits).toEqual([130]);
    session.end();
    await code;
  });
});

it('a closed pipe stops the driver, so that nothing works on unseen', async () => {
  const terminal = new FakeTerminal();
  const { session, code } = await drive(new Story(), terminal, ['--json']);
  terminal.close();
  expect(session.stopped).toBe(true);
  expect(await code).toBe(2);
});

it('the key comes from the environment alone, and a variable that is set to nothing is not set', () => {
  const given = { option: () => null } as unknown as Arguments;
  const service = (env: Environment) => modelOptions(given, env).service;
  expect(service({ ANTHROPIC_API_KEY: ' k \n' }).apiKey).toBe('k');
  expect(service({ ANTHROPIC_API_KEY: '  ' }).apiKey).toBeNull();
  expect(service({ ASHLAR_BASE_URL: 'https://a', ANTHROPIC_BASE_URL: 'https://b' }).baseURL).toBe(
    'https://a',
  );
  expect(service({ ANTHROPIC_BASE_URL: 'https://b' }).baseURL).toBe('https://b');
});

it('the key may come from a file, which goes before the environment', async () => {
  await using folder = await tempFolder();
  const at = (name: string, text: string): string => {
    writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  };
  const given = { option: () => null } as unknown as Arguments;
  const service = (file: string) =>
    modelOptions(given, { ASHLAR_KEY_FILE: file, ANTHROPIC_API_KEY: 'other' }).service;
  expect(service(at('key', ' sk-1\n')).apiKey).toBe('sk-1');
  for (const [file, why] of [
    [join(folder.path, 'none'), 'cannot be read (ENOENT)'],
    [folder.path, 'cannot be read (EISDIR)'],
    [at('empty', '\n'), 'is empty'],
    [at('two', 'a b'), 'holds more than a key'],
    ['/dev/zero', 'holds more than a key'],
  ] as const) {
    const { apiKey, keyHint } = service(file);
    expect(apiKey).toBeNull();
    expect(keyHint).toContain(`ASHLAR_KEY_FILE names a file that ${why}`);
    expect(keyHint).not.toContain(file);
  }
});

describe('options reach the session', () => {
  it.each([
    [['--yes'], { autoApprove: true }],
    [['--speed', '20'], { speed: 20 }],
    [['--agents', 'scripted'], { agents: 'scripted' }],
    [['--script', 'play'], { script: 'play' }],
    [
      ['--model', 'planners=claude-opus-5-5,builders=claude-haiku-5-5'],
      {
        models: {
          choice: { planners: 'claude-opus-5-5', builders: 'claude-haiku-5-5' },
          service: { apiKey: null, baseURL: null },
        },
      },
    ],
    [
      ['--model', 'local', '--base-url', 'http://localhost:8080'],
      {
        models: {
          choice: { planners: 'local', builders: 'local', reviewers: 'local' },
          service: { baseURL: 'http://localhost:8080' },
        },
      },
    ],
    [[], { autoApprove: false, speed: 1, agents: null, script: null, stayOpen: false }],
  ])('%j', async (options, wanted) => {
    const { session, code } = await drive(new Story(), new FakeTerminal(), options);
    expect(session.options).toMatchObject(wanted);
    session.end();
    await code;
  });
});

describe('resume', () => {
  it('begins with where the run stands, and ends a pause', async () => {
    const story = new Story().go().do({ type: 'pause-run', by: 'sam' });
    const session = new FakeSession(story);
    session.events.push(...story.events);
    const terminal = new FakeTerminal();
    const { engine } = engineWith(story);
    const { code } = invoke('resume', {
      terminal,
      engine: { ...engine, resumeRun: (_w, _r, o) => session.open(o) },
    });
    await session.opened;
    expect(session.asked).toEqual([{ type: 'resume-run', by: 'sam' }]);
    story.do({ type: 'resume-run', by: 'sam' });
    session.end();
    await code;
    expect(terminal.stdout).toContain('run 20260301-1200-ab3d goes on');
    expect(terminal.stdout).toContain('resumed by sam');
  });

  it('says what is spent where a budget would leave nothing, and what to give', async () => {
    const story = new Story().go().submit('lexer').pass('lexer');
    const spent = story.state.spent.tokens;
    expect(spent).toBeGreaterThan(1);
    for (const driver of [null, { pid: 7, host: 'there' }]) {
      const { engine, sent } = engineWith(story, driver);
      const { code, terminal } = invoke(`resume --tokens ${spent}`, { engine });
      expect(await code).toBe(2);
      expect(terminal.stderr).toContain(
        `the run has spent ${spent} tokens already, so that a budget of ${spent} leaves nothing; give --tokens more than ${spent}`,
      );
      expect(sent).toEqual([]);
    }
    const { engine, sent } = engineWith(story, { pid: 7, host: 'there' });
    expect(await invoke(`resume --tokens ${spent + 1}`, { engine }).code).toBe(0);
    expect(sent).toMatchObject([{ type: 'budget', tokens: spent + 1 }]);
  });

  it('takes over from another host only where a person names it', async () => {
    const story = new Story().go();
    const session = new FakeSession(story);
    session.events.push(...story.events);
    const gone: unknown[] = [];
    const { engine } = engineWith(story, { pid: 7, host: 'there' });
    const resume = (words: string) =>
      invoke(`resume ${words}`, {
        engine: {
          ...engine,
          resumeRun: (_w, _r, options) => {
            gone.push(options.goneHost);
            return session.open(options);
          },
        },
      });
    for (const [words, says] of [
      [
        '',
        'by process 7 on there; if that process has ended: ashlar resume 20260301-1200-ab3d --take-over-from there',
      ],
      ['--take-over-from here', 'is driven by process 7 on there, and not on here'],
    ] as const) {
      const { code, terminal } = resume(words);
      expect(await code).toBe(2);
      expect(terminal.stderr).toContain(says);
    }
    expect(gone).toEqual([]);
    const { code } = resume('--take-over-from there');
    await session.opened;
    session.end();
    await code;
    expect(gone).toEqual(['there']);
  });

  it('only ends the pause where another process drives the run', async () => {
    const story = new Story().go().do({ type: 'pause-run', by: 'sam' });
    const { engine, sent } = engineWith(story, { pid: 7, host: 'there' });
    const { code } = invoke('resume', { engine });
    expect(await code).toBe(0);
    expect(sent).toEqual([{ type: 'resume' }]);
  });
});
