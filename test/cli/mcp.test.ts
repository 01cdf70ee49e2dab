import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import type { PreparedRun } from '../../src/engine/check-plan.ts';
import { smallPlan, Story } from '../core/projections/story.ts';
import { engineWith, fakeEngine, FakeSession, run } from './fake-engine.ts';
import { call, Served } from './served.ts';

const driver = { pid: 7, host: 'here' };
const subject = 'f'.repeat(64);

describe('what is offered', () => {
  it.each([
    ['', ['status', 'verdicts', 'why', 'report', 'check_plan', 'plan', 'run', 'resume', 'pr']],
    ['--read-only', ['status', 'verdicts', 'why', 'report']],
    ['--read-only --allow-approve', ['status', 'verdicts', 'why', 'report']],
    [
      '--allow-approve',
      [
        ...['status', 'verdicts', 'why', 'report', 'check_plan', 'plan', 'run', 'resume', 'pr'],
        ...['approve', 'reject'],
      ],
    ],
  ])('with `%s` is this and no more', async (options, names) => {
    const { engine, sent } = engineWith(new Story().toApproval(), driver);
    await using served = new Served(engine, options);
    const client = await served.client();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(names);
    if (names.includes('approve')) return;
    const approving = { run, gate: 'ship', subject };
    await expect(call(client, 'approve', approving)).rejects.toThrow('there is no tool approve');
    expect(sent).toEqual([]);
  });

  it('says of each what it may do, and takes no field but its own', async () => {
    await using served = new Served(engineWith(new Story().go()).engine, '--allow-approve');
    const { tools } = await (await served.client()).listTools();
    const hints = (name: string) => tools.find((each) => each.name === name)?.annotations;
    expect(hints('why')).toMatchObject({ readOnlyHint: true });
    expect(hints('run')).toMatchObject({ readOnlyHint: false, openWorldHint: true });
    expect(hints('approve')).toMatchObject({ destructiveHint: true });
    expect(tools.every(({ inputSchema }) => inputSchema.additionalProperties === false)).toBe(true);
  });
});

describe('a run as a model outside sees it', () => {
  it('tells status, verdicts, why and report of the latest run', async () => {
    const story = new Story().go().submit('lexer').fail('lexer', 'numbers\u001b[2J are cut off');
    await using served = new Served(engineWith(story, driver).engine);
    const client = await served.client();
    const { text } = await call(client, 'status');
    expect(text).toContain(`tiny, run ${run}: build`);
    expect(text).toContain('- parser: Waiting for lexer');
    const verdicts = await call(client, 'verdicts', { module: 'lexer' });
    expect(verdicts.text).toMatch(/^- FAIL module:lexer by checks/);
    expect(verdicts.text).toContain('says: numbers are cut off');
    expect((await call(client, 'why', { module: 'parser' })).text).toContain('waits for lexer');
    expect(await call(client, 'report')).toEqual({ text: '# report', isError: false });
  });

  it('names what an approval must name', async () => {
    await using served = new Served(engineWith(new Story().toApproval(), driver).engine);
    const { text } = await call(await served.client(), 'status');
    expect(text).toContain(`gate ship, subject ${subject}`);
  });

  it.each([
    ['why', {}, 'module is missing'],
    ['why', { module: 'nobody' }, 'has no module, tier or gate nobody'],
    ['why', { module: '../../x' }, 'names no module'],
    ['why', { module: 7 }, 'module must be a text'],
    ['status', { run: 'latest' }, "is no run's id"],
    ['status', { verbose: true }, 'there is no field verbose; the fields are: run'],
    ['verdicts', { module: 'gate:nobody' }, 'no module, tier or gate'],
    ['check_plan', { plan: '../else.plan.yaml' }, 'must be a path inside the workspace'],
    ['check_plan', { plan: '/etc/passwd' }, 'must be a path inside the workspace'],
    ['check_plan', { plan: 'C:\\x.yaml' }, 'must be a path inside the workspace'],
    ['run', { plan: '.ce-workspace/runs/x.plan.yaml' }, 'must be a path inside the workspace'],
    ['run', { plan: 'notes.txt' }, 'is no plan file'],
    ['plan', { goal: ' ' }, 'goal must be a text'],
    ['plan', { goal: 'x', answers: Array(21).fill('y') }, 'at most 20 texts'],
  ])('%s refuses %j, saying why', async (name, input, says) => {
    await using served = new Served(engineWith(new Story().go()).engine);
    const { text, isError } = await call(await served.client(), name, input);
    expect({ text, isError }).toEqual({
      text: expect.stringContaining(says) as string,
      isError: true,
    });
  });
});

describe("a person's decision through a model", () => {
  it('names exactly what it is about, in whose name and through whom', async () => {
    const by: string[] = [];
    const { engine, sent } = engineWith(new Story().toApproval(), driver);
    const recording: Engine = {
      ...engine,
      sendCommand: (workspace, id, request, who) => {
        by.push(who);
        return engine.sendCommand(workspace, id, request, who);
      },
    };
    await using served = new Served(recording, '--allow-approve');
    const client = await served.client();
    const wrong = await call(client, 'approve', { run, gate: 'ship', subject: 'latest' });
    expect(wrong).toMatchObject({ isError: true });
    expect(wrong.text).toContain('64 digits');
    expect(await call(client, 'approve', { run, gate: 'ship' })).toMatchObject({ isError: true });
    expect(await call(client, 'reject', { run, gate: 'ship', subject })).toMatchObject({
      isError: true, // a rejection without a note helps nobody
    });
    expect(sent).toEqual([]);
    const { text } = await call(client, 'approve', { run, gate: 'ship', subject, note: 'fits' });
    expect(text).toBe('Gate ship is approved');
    expect(sent).toEqual([{ type: 'approve', gate: 'ship', submission: subject, note: 'fits' }]);
    expect(by).toEqual(['sam, through claude code']);
  });

  it.each([
    ['left-for-resume', 'nobody drives it now; it counts when the run is resumed'],
    ['not-answered-yet', 'whoever drives it has not answered yet; `status` tells when it counts'],
  ] as const)('is told as kept where it is %s', async (how, says) => {
    const { engine } = engineWith(new Story().toApproval(), driver);
    const keeping: Engine = { ...engine, sendCommand: async () => ({ ok: true, how }) };
    await using served = new Served(keeping, '--allow-approve');
    const given = { run, gate: 'ship', subject, note: 'fits' };
    const { text } = await call(await served.client(), 'approve', given);
    expect(text).toBe(`Kept for run ${run}: ${says}`);
  });
});

describe('a run that is started through a model', () => {
  const prepared = { plan: smallPlan(), contracts: [] } as unknown as PreparedRun;
  const starting = (story: Story, session: FakeSession): Engine => ({
    ...engineWith(story, driver).engine,
    checkPlan: async () => ({ ok: true, diagnostics: [], prepared, notes: ['as it is'] }),
    startRun: (_prepared, options) => session.open(options),
    resumeRun: (_workspace, _run, options) => session.open(options),
  });

  it('is answered once it has begun, waits for people, and stops where it is at the end', async () => {
    const story = new Story().go();
    const session = new FakeSession(story);
    const served = new Served(starting(story, session));
    const client = await served.client();
    const { text } = await call(client, 'run', { plan: 'tiny.plan.yaml' });
    expect(text).toBe(
      `Run ${run} has begun; it goes on by itself, and \`status\` tells how\nnote: as it is`,
    );
    expect(session.options).toMatchObject({ stayOpen: true, autoApprove: false });
    session.stop = () => {
      session.stopped = true;
      session.end();
    };
    await served[Symbol.asyncDispose]();
    expect(session.stopped).toBe(true);
  });

  it('is not gone on with where a person has paused it', async () => {
    const story = new Story().go().do({ type: 'pause-run', by: 'sam' });
    const session = new FakeSession(story);
    await using served = new Served(starting(story, session));
    const { text, isError } = await call(await served.client(), 'resume', { run });
    expect({ text, isError }).toEqual({
      text: expect.stringContaining('was paused by a person') as string,
      isError: true,
    });
    expect(session.options).toBeNull();
  });

  it('is refused where the plan is', async () => {
    const engine: Engine = {
      ...starting(new Story(), new FakeSession(new Story())),
      checkPlan: async () => ({ ok: true, diagnostics: [], prepared: null, notes: [] }),
    };
    await using served = new Served(engine);
    expect(await call(await served.client(), 'run', { plan: 'a.plan.yaml' })).toEqual({
      ...{ text: 'the plan is refused; `check_plan` tells why', isError: true },
    });
  });

  it('is not begun once its caller has given up', async () => {
    let gaveUp = false;
    const engine: Engine = {
      ...fakeEngine({}),
      checkPlan: ({ signal }) =>
        new Promise((_, reject) =>
          signal?.addEventListener('abort', () => {
            gaveUp = true;
            reject(new Error('aborted'));
          }),
        ),
    };
    await using served = new Served(engine);
    const client = await served.client();
    const giving = new AbortController();
    const calling = client.callTool(
      { name: 'run', arguments: { plan: 'a.plan.yaml' } },
      undefined,
      {
        signal: giving.signal,
      },
    );
    giving.abort('enough');
    await expect(calling).rejects.toThrow('enough');
    await expect.poll(() => gaveUp).toBe(true);
  });
});

it.each([
  ['nonsense', { id: null, error: { code: -32_700 } }],
  ['[]', { id: null, error: { code: -32_600 } }],
  ['{"jsonrpc":"2.0","id":1,"method":"resources/list"}', { id: 1, error: { code: -32_601 } }],
  ['{"jsonrpc":"1.0","id":1,"method":"ping"}', { id: 1, error: { code: -32_600 } }],
  ['{"jsonrpc":"2.0","id":{},"method":"ping"}', { id: null, error: { code: -32_600 } }],
  ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":7}', { error: { code: -32_602 } }],
  ['{"jsonrpc":"2.0","id":1,"method":"tools/call"}', { id: 1, error: { code: -32_602 } }],
  [`"${'x'.repeat(1_000_001)}"`, { id: null, error: { code: -32_700 } }],
])('answers what it cannot take with what is wrong, and goes on (%#)', async (line, answer) => {
  await using served = new Served(engineWith(new Story().go()).engine);
  const client = await served.client();
  served.terminal.type(`${line}\n`);
  expect(served.lines.at(-1)).toMatchObject(answer);
  await client.ping();
});

it('takes the last line without an end of its own, too', async () => {
  await using served = new Served(engineWith(new Story().go()).engine);
  await served.client();
  served.terminal.type('{"jsonrpc":"2.0","id":"last","method":"ping"}');
  served.terminal.type(null);
  expect(served.lines.at(-1)).toEqual({ jsonrpc: '2.0', id: 'last', result: {} });
});

it.each([
  ['2025-11-25', '2025-11-25'],
  ['2025-06-18', '2025-06-18'],
  ['2025-03-26', '2024-11-05'], // its servers must take batches
  ['2024-11-05', '2024-11-05'],
  ['2031-01-01', '2025-11-25'],
  ['1999-01-01', '2025-11-25'],
  [7, '2025-11-25'],
])('a client that asks for %s is offered %s', async (protocolVersion, offered) => {
  await using served = new Served(engineWith(new Story().go()).engine);
  await served.client();
  const params = { protocolVersion, clientInfo: { name: 'x', version: '1' }, capabilities: {} };
  const asked = { jsonrpc: '2.0', id: 'again', method: 'initialize', params };
  served.terminal.type(`${JSON.stringify(asked)}\n`);
  expect(served.lines.at(-1)).toMatchObject({ result: { protocolVersion: offered } });
});
