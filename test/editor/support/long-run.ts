import { readRun, type RunRecord } from '../../../src/engine/run-record.ts';
import { holds, quickFiles, quickScript } from '../../support/tiny-plan.ts';
import { writeFiles } from '../../support/tiny-workspace.ts';

/** For agents at twenty times their speed: longer than any test waits. */
export const slow = { 'ashlar.scriptedAgentSpeed': 20 };
/** Whoever goes on at this speed is done with all of it in seconds. */
export const fast = { 'ashlar.scriptedAgentSpeed': 1_000 };

/**
 * Writes a plan whose run soon asks a person about `early`, and is still at work on `gamma` then; the
 * gate `ship` comes last. The folder is no repository.
 */
export function writeLong(folder: string): void {
  const gates = `  early: { kind: approval, requires: [tier:pair], approvers: person }
  ship: { kind: approval, requires: [gate:accept], approvers: person }
`;
  const files = quickFiles({ gates });
  const pair =
    '  pair: { modules: [alpha, beta], checks: { cross: { run: sh tests/cross.sh } } }\n';
  const plan = (files['tiny.plan.yaml'] ?? '')
    .replace('tiers:\n', `tiers:\n${pair}`)
    .replace('modules: [alpha, beta, gamma]', 'includes: [pair]\n    modules: [gamma]');
  writeFiles(folder, { ...files, 'tiny.plan.yaml': plan });
  writeFiles(`${folder}/script`, {
    ...quickScript(),
    ...holds('gamma', 1, '3', 'seconds: 4000\n'),
  });
}

/** The latest run of a folder as its journal tells it. */
export async function latestRun(folder: string): Promise<RunRecord> {
  const read = await readRun(folder, null);
  if (!read.ok) throw new Error(read.message);
  return read.record;
}

/** Which modules were sealed, in the order of their seals. */
export const seals = ({ events }: RunRecord): string[] =>
  events.flatMap((event) => (event.type === 'module-sealed' ? [event.module] : []));
