import { beforeEach, describe, expect, it, vi } from 'vitest';
import { poolChoices } from '../../../src/extension/actions/agent-words.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { modelChoices } from '../../../src/extension/actions/model-choices.ts';
import { switchAgents } from '../../../src/extension/actions/switch-agents.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { knownAgents } from '../../../src/core/plan/rule-pools.ts';
import { given } from '../../support/scenario.ts';
import { plan } from '../../support/scenario-plan.ts';

interface Item {
  readonly label: string;
  readonly description?: string;
}

/** What a person picks and types, in order, and what is shown. */
const editor = vi.hoisted(() => ({
  picks: [] as string[],
  types: null as string | null,
  refused: [] as (string | null)[],
  offered: [] as (string | Item)[][],
  warned: [] as string[],
}));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...given: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
  },
  lm: {
    selectChatModels: async () =>
      Promise.resolve([{ vendor: 'local', id: 'small', name: 'Small', maxInputTokens: 8_000 }]),
  },
  window: {
    showQuickPick: async (items: readonly (string | Item)[]) => {
      editor.offered.push([...items]);
      const wanted = editor.picks.shift();
      return Promise.resolve(
        items.find((item) => (typeof item === 'string' ? item : item.label) === wanted),
      );
    },
    showInputBox: async ({ validateInput }: { validateInput: (text: string) => string | null }) => {
      editor.refused = ['', 'two words', 'fine-1'].map(validateInput);
      return Promise.resolve(editor.types ?? undefined);
    },
    showWarningMessage: async (text: string) => Promise.resolve(editor.warned.push(text)),
    showInformationMessage: async () => Promise.resolve(undefined),
  },
}));

beforeEach(() => {
  Object.assign(editor, { picks: [], types: null, refused: [], offered: [], warned: [] });
});

/** A run of which agents are switched, and what it was asked for. */
function rig() {
  const asked: unknown[] = [];
  const engine = {
    knownAgents: async () => Promise.resolve(knownAgents),
    modelChoices: async (...of: Parameters<typeof modelChoices>) =>
      Promise.resolve(modelChoices(...of)),
    poolChoices,
  };
  const { state } = given(plan({ modules: { lexer: {} } }));
  const run: unknown = { key: { folder: 'f', run: 'r' }, replayed: { state }, engine };
  const send = async (_: unknown, request: unknown) => {
    asked.push(request);
    return Promise.resolve({ ok: true, how: 'done', notes: ['nobody knows what fine-1 costs'] });
  };
  const parts: unknown = { runs: { send }, refused: () => undefined };
  return { asked, run: run as LiveRun, parts: parts as ActionParts };
}

describe('switching agents from the palette or the board', () => {
  it('asks which model they are, with prices, and takes the provider’s own where none is named', async () => {
    const { asked, run, parts } = rig();
    editor.picks = ['anthropic', 'Its own'];
    await switchAgents(parts, run, 'builders');
    expect(asked).toEqual([{ type: 'agents', pool: 'builders', agent: 'anthropic', model: null }]);
    const [, models = []] = editor.offered;
    const [own] = models as Item[];
    expect(own?.description).toMatch(/^claude-sonnet-\d.*: \$\d.* in, \$\d.* out/);
    expect(editor.offered[0]).not.toContain('scripted');
  });

  it('takes one of the list, or one that is typed and is an id, and says what is not known of it', async () => {
    const { asked, run, parts } = rig();
    editor.picks = ['claude-code', 'claude-opus-5-5'];
    await switchAgents(parts, run, 'reviewers');
    editor.picks = ['anthropic', 'Another…'];
    editor.types = ' fine-1 ';
    await switchAgents(parts, run, 'builders');
    expect(asked).toEqual([
      { type: 'agents', pool: 'reviewers', agent: 'claude-code', model: 'claude-opus-5-5' },
      { type: 'agents', pool: 'builders', agent: 'anthropic', model: 'fine-1' },
    ]);
    expect(editor.refused).toEqual([
      expect.stringContaining('claude-sonnet-5-5'),
      expect.stringContaining('claude-sonnet-5-5'),
      null,
    ]);
    expect(editor.warned).toContainEqual(expect.stringContaining('obody knows what fine-1 costs'));
  });

  it('offers the models of the editor by their names, and asks scripted agents for none', async () => {
    const { asked, run, parts } = rig();
    editor.picks = ['vscode-lm', 'Small'];
    await switchAgents(parts, run, 'planners');
    expect(asked).toEqual([
      { type: 'agents', pool: 'planners', agent: 'vscode-lm', model: 'local/small' },
    ]);
    expect(editor.offered).toHaveLength(2);
  });

  it('does nothing where the person leaves', async () => {
    const { asked, run, parts } = rig();
    for (const picks of [[], ['anthropic'], ['anthropic', 'Another…']]) {
      editor.picks = picks;
      editor.types = null;
      await switchAgents(parts, run, 'builders');
    }
    expect(asked).toEqual([]);
  });
});
