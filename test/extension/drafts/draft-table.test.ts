import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moduleId, runId, type ModuleId } from '../../../src/core/ids.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import type { ContractDraft } from '../../../src/engine/draft/contract-draft.ts';
import { DraftTable } from '../../../src/extension/drafts/draft-table.ts';
import { draftOfPath } from '../../../src/extension/drafts/draft-uri.ts';
import { Emitter } from '../../../src/extension/runs/emitter.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';

const lexer = moduleId('lexer');
const id = runId('20260301-1200-7f3a');

const draft = (more: Partial<ContractDraft> = {}): ContractDraft => ({
  ...{ kind: 'amend', module: lexer, from: 1, files: [], problem: '', stale: false },
  ...more,
});

/** A table over a disk that the test writes, with readings that it lets through one by one. */
function rig(onDisk: readonly ModuleId[] = []) {
  const appended = new Emitter<readonly RunEvent[]>();
  const run = {
    key: { folder: 'file:///project', run: id },
    onDidAppend: appended.event,
  } as unknown as LiveRun;
  const readings: ((found: ContractDraft | null | Error) => void)[] = [];
  const logged: string[] = [];
  let unsaved: string | null = null;
  const table = new DraftTable({
    list: async () => onDisk,
    read: () =>
      new Promise((resolve, reject) => {
        readings.push((found) => (found instanceof Error ? reject(found) : resolve(found)));
      }),
    unsaved: () => unsaved,
    log: (message) => logged.push(message),
  });
  const told: string[] = [];
  table.onDidChange(({ module }) => told.push(module));
  return {
    ...{ table, run, readings, told, logged },
    append: (events: readonly unknown[]) => appended.fire(events as RunEvent[]),
    edit: (name: string | null) => (unsaved = name),
    settle: () => new Promise((resolve) => setTimeout(resolve, 0)),
  };
}

describe('DraftTable', () => {
  it('finds the drafts of a run that is looked at, and tells when they are read', async () => {
    const { table, run, readings, told, settle } = rig([lexer]);
    expect(table.list(run)).toEqual([]);
    await settle();
    readings[0]!(draft());
    await settle();
    expect(table.list(run).map(({ module }) => module)).toEqual([lexer]);
    expect(told).toEqual([lexer]);
  });

  it('looks again which there are when that may be read at last', async () => {
    const onDisk: ModuleId[] = [];
    const { table, run, readings, told, settle } = rig(onDisk);
    expect(table.list(run)).toEqual([]);
    await settle();
    onDisk.push(lexer);
    table.reload();
    await settle();
    readings[0]!(draft());
    await settle();
    expect(told).toEqual([lexer]);
    expect(table.list(run)).toHaveLength(1);
  });

  it('never lets an older reading cover a newer one', async () => {
    const { table, run, readings, settle } = rig();
    const [older, newer] = [table.refresh(run, lexer), table.refresh(run, lexer)];
    await settle();
    readings[1]!(draft({ from: 2 }));
    await newer;
    readings[0]!(draft({ from: 1 }));
    await older;
    expect(table.get(run, lexer)?.from).toBe(2);
  });

  it('forgets a draft that is gone or cannot be read, and says why', async () => {
    const { table, run, readings, told, logged, settle } = rig();
    const first = table.refresh(run, lexer);
    await settle();
    readings[0]!(draft());
    await first;
    const second = table.refresh(run, lexer);
    await settle();
    readings[1]!(new Error('a link'));
    await second;
    expect(table.get(run, lexer)).toBeNull();
    expect(table.list(run)).toEqual([]);
    expect(told).toEqual([lexer, lexer]);
    expect(logged.join()).toContain('a link');
  });

  it('names a file that is not saved, unless the draft is stale anyway', async () => {
    const { table, run, readings, edit, settle } = rig();
    const first = table.refresh(run, lexer);
    await settle();
    readings[0]!(draft());
    await first;
    edit('contracts/lexer.md');
    expect(table.get(run, lexer)?.problem).toBe('contracts/lexer.md is not saved.');
    const second = table.refresh(run, lexer);
    await settle();
    readings[1]!(draft({ stale: true, problem: 'Another version came.' }));
    await second;
    expect(table.get(run, lexer)?.problem).toBe('Another version came.');
  });

  it('reads a draft anew when its module gets another version, and no other', async () => {
    const { table, run, readings, append, settle } = rig();
    const first = table.refresh(run, lexer);
    await settle();
    readings[0]!(draft());
    await first;
    append([
      { type: 'contract-amended', module: 'parser' },
      { type: 'contract-amended', module: 'lexer' },
      { type: 'go-given' },
    ]);
    await settle();
    expect(readings).toHaveLength(2);
  });
});

describe('draftOfPath', () => {
  const inside = (...path: string[]): string =>
    ['', 'project', '.ce-workspace', 'runs', id, 'drafts', ...path].join(sep);
  const workspace = `${sep}project`;

  it('tells which draft a file belongs to', () => {
    expect(draftOfPath(workspace, inside('lexer', 'files', 'contracts', 'lexer.md'))).toEqual({
      ...{ run: id, module: lexer },
    });
  });

  it.each([
    inside('lexer', 'draft.json'),
    inside('lexer', 'files'),
    inside('Lexer', 'files', 'a'),
    inside('lexer', 'changed', 'a'),
    `${sep}elsewhere${sep}a`,
    `${sep}project${sep}contracts${sep}lexer.md`,
  ])('tells nothing of %s', (path) => {
    expect(draftOfPath(workspace, path)).toBeNull();
  });
});
