import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';
import type { Way } from '../../../src/core/way.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { choosePlanAndRun, runPlan } from '../../../src/extension/actions/run-plan.ts';
import type { Began } from '../../../src/extension/runs/runs.ts';

const editor = vi.hoisted(() => ({ isTrusted: true }));

vi.mock('vscode', () => ({
  ProgressLocation: { Notification: 15 },
  commands: {},
  l10n: { t: (text: string) => text },
  window: {
    activeTextEditor: undefined,
    withProgress: async (_: unknown, work: (...given: unknown[]) => Promise<unknown>) =>
      work({}, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    asRelativePath: ({ path }: Uri) => path,
    getConfiguration: () => ({ get: () => false }),
  },
}));

const plan = { scheme: 'file', path: '/x/words.plan.yaml' } as unknown as Uri;
let started: [Uri, Way | undefined][] = [];

function parts(): ActionParts {
  const began = { ok: true, notes: [], diagnostics: [], key: {} } as unknown as Began;
  return {
    plans: { find: async () => Promise.resolve([plan]), show: () => undefined },
    runs: {
      onDidChange: () => ({ dispose: () => undefined }),
      start: async (uri: Uri, _: unknown, way?: Way) => {
        started.push([uri, way]);
        return Promise.resolve(began);
      },
    },
  } as unknown as ActionParts;
}

beforeEach(() => {
  started = [];
});

describe('a plan is run', () => {
  it('side by side, without a question about the way', async () => {
    await choosePlanAndRun(parts());
    await runPlan(parts(), plan);
    expect(started).toEqual([
      [plan, 'parallel'],
      [plan, 'parallel'],
    ]);
  });

  it('in sequence where that is asked for', async () => {
    await choosePlanAndRun(parts(), 'sequential');
    await runPlan(parts(), plan, 'sequential');
    expect(started).toEqual([
      [plan, 'sequential'],
      [plan, 'sequential'],
    ]);
  });
});
