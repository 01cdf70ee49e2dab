import { beforeEach, expect, it, vi } from 'vitest';
import { runId } from '../../../src/core/ids.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { resumeRun } from '../../../src/extension/actions/drive-run.ts';
import type { Began, ForeignDriver, LiveRun } from '../../../src/extension/runs/runs.ts';

/** What a person is asked, and answers. */
const editor = vi.hoisted(() => ({
  asked: [] as { text: string; detail: string }[],
  answer: undefined as string | undefined,
}));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...args: readonly unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
  },
  window: {
    showWarningMessage: (text: string, { detail }: { detail: string }) => {
      editor.asked.push({ text, detail });
      return Promise.resolve(editor.answer);
    },
  },
}));

vi.mock('../../../src/extension/late-door.ts', async () => {
  const { hasEnded } = await import('../../../src/extension/actions/has-ended.ts');
  return { late: () => ({ hasEnded }) };
});

beforeEach(() => {
  editor.asked.length = 0;
  editor.answer = undefined;
});

const key = { folder: 'file:///w', run: runId('20260301-1200-ab3d') };
const foreign = { pid: 7, host: 'a-machine', nonce: '7'.repeat(32) };

/** What is asked of a run that another host holds until a person says that it does not. */
function rig(since = foreign) {
  const resumed: (ForeignDriver | undefined)[] = [];
  const resume = async (_: unknown, gone?: ForeignDriver): Promise<Began> => {
    resumed.push(gone);
    const holds = gone === undefined ? foreign : since;
    return gone?.nonce === holds.nonce
      ? { ok: true, key, notes: [], diagnostics: [] }
      : { ok: false, code: 'foreign-host', message: 'no', diagnostics: [], foreign: holds };
  };
  const refused: string[] = [];
  const parts: unknown = { runs: { resume }, refused: (says: string) => refused.push(says) };
  return { resumed, refused, parts: parts as ActionParts, run: { key } as LiveRun };
}

it('takes a run over from another host once a person says that its process has ended', async () => {
  const { resumed, refused, parts, run } = rig();
  editor.answer = 'Take Over';
  await resumeRun(parts, run);
  expect(editor.asked).toMatchObject([
    { text: 'Take run ab3d over from a-machine?', detail: expect.stringContaining('Process 7') },
  ]);
  expect(resumed).toEqual([undefined, foreign]);
  expect(refused).toEqual([]);
});

it('asks again where another process there has taken the run since', async () => {
  const since = { ...foreign, pid: 9, nonce: '9'.repeat(32) };
  const { resumed, parts, run } = rig(since);
  editor.answer = 'Take Over';
  await resumeRun(parts, run);
  expect(editor.asked.map(({ detail }) => /Process \d/.exec(detail)?.[0])).toEqual([
    'Process 7',
    'Process 9',
  ]);
  expect(resumed).toEqual([undefined, foreign, since]);
});

it('leaves it alone where the person does not know', async () => {
  const { resumed, parts, run } = rig();
  await resumeRun(parts, run);
  expect(editor.asked).toHaveLength(1);
  expect(resumed).toEqual([undefined]);
});
