import { describe, expect, it } from 'vitest';
import type { ToolAnswer } from '../../../src/engine/tools/tool.ts';
import { answerAsked } from '../../../src/extension/assist/chat-answer.ts';

/** A chat whose tools answer as they are told. */
async function asked(
  command: string | undefined,
  prompt: string,
  {
    answer = () => ({ ok: true, text: 'first\nsecond' }),
    plan = null,
  }: {
    readonly answer?: (tool: string, input: object) => ToolAnswer;
    readonly plan?: string | null;
  } = {},
) {
  const used: [string, object][] = [];
  const buttons: string[] = [];
  const given: unknown[] = [];
  let text = '';
  await answerAsked(
    { command, prompt },
    {
      use: async (tool, input) => {
        used.push([tool, input]);
        return answer(tool, input);
      },
      onlyPlan: async () => plan,
    },
    {
      markdown: (more) => (text += more),
      button: (_, id, about) => {
        buttons.push(id);
        given.push(about);
      },
    },
  );
  return { used, buttons, given, text };
}

describe('@ashlar', () => {
  it('tells why from the state, by a name or by a sentence that holds one', async () => {
    expect((await asked('why', ' parser ')).used).toEqual([['why', { module: 'parser' }]]);
    const answer = (_: string, input: object): ToolAnswer => {
      const { module } = input as { module: string };
      return { ok: module === 'parser', text: module === 'parser' ? 'it waits' : 'no such name' };
    };
    const sentence = await asked('why', 'is the parser waiting?', { answer });
    expect(sentence.text).toBe('it waits\n\n');
    expect((await asked('why', 'what?', { answer })).text).toBe('**Not done:** no such name\n\n');
    expect((await asked('why', '')).used).toEqual([]);
  });

  it.each([
    ['ce-parallel-plan', ' ', [], ['ashlar.planGoal']],
    [
      'ce-parallel-exec',
      'a.plan.yaml',
      [['run', { plan: 'a.plan.yaml', way: 'parallel' }]],
      ['ashlar.openBoard'],
    ],
    ['ce-parallel-exec', '', [], ['ashlar.runPlan']],
    [
      'ce-parallel-review',
      'lexer',
      [
        ['status', {}],
        ['verdicts', { module: 'lexer' }],
      ],
      ['ashlar.openBoard', 'ashlar.approveGate'],
    ],
    ['ce-pr', '', [['pr', {}]], ['ashlar.preparePullRequest']],
    [
      'ce-parallel-pr',
      '20260301-1200-ab3d',
      [['pr', { run: '20260301-1200-ab3d' }]],
      ['ashlar.preparePullRequest'],
    ],
    [
      'ce-parallel-pr',
      'A small language',
      [['pr', { title: 'A small language' }]],
      ['ashlar.preparePullRequest'],
    ],
    [undefined, 'hello', [['status', {}]], ['ashlar.openBoard']],
  ])('/%s %s uses %j and offers %j', async (command, prompt, used, buttons) => {
    const answer = await asked(command, prompt);
    expect(answer.used).toEqual(used);
    expect(answer.buttons).toEqual(buttons);
  });

  it.each([
    ['ce-plan', '`/ce-exec` with words.plan.yaml', 'ashlar.runPlanSequentially'],
    ['ce-parallel-plan', '`/ce-parallel-exec` with words.plan.yaml', 'ashlar.runPlan'],
  ])('/%s plans, and says how its plan is run its own way', async (command, says, button) => {
    const answer = () => ({ ok: true, text: 'Wrote it', plan: 'words.plan.yaml' });
    const { used, buttons, text } = await asked(command, 'count words', { answer });
    expect(used).toEqual([['plan', { goal: 'count words' }]]);
    expect(text).toContain(says);
    expect(buttons).toEqual([button, 'ashlar.checkPlan']);
    // What came back is questions: there is nothing to run yet.
    expect((await asked(command, 'count words')).buttons).toEqual([]);
  });

  it('leads to the pull request that was prepared: of that run, or under that title', async () => {
    const run = '20260301-1200-ab3d';
    expect((await asked('ce-pr', run)).given).toEqual([{ run, title: null }]);
    const title = 'A small language';
    expect((await asked('ce-pr', title)).given).toEqual([{ run: null, title }]);
    expect((await asked('ce-pr', '')).given).toEqual([undefined]);
  });

  it('runs the one plan that there is', async () => {
    const { used } = await asked('ce-exec', '', { plan: 'x/only.plan.yaml' });
    expect(used).toEqual([['run', { plan: 'x/only.plan.yaml', way: 'sequential' }]]);
  });

  it('offers nothing after what was not done', async () => {
    const { buttons, text } = await asked('ce-parallel-exec', 'a.plan.yaml', {
      answer: () => ({ ok: false, text: 'the plan is refused' }),
    });
    expect({ buttons, text }).toEqual({
      buttons: [],
      text: '**Not done:** the plan is refused\n\n',
    });
  });

  it('lets nothing that an agent wrote be markup', async () => {
    const { text } = await asked('why', 'x', {
      answer: () => ({ ok: true, text: '[a](command:evil)\n```\n[b](command:evil)' }),
    });
    expect(text).toContain('\\[a\\](command:evil)');
    expect(text).toContain('````text\n```\n[b](command:evil)\n````');
  });
});
