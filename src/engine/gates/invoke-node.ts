import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckPlan } from '../../core/plan/plan.ts';
import { plantCanaries } from './canary.ts';
import { guardSource } from './guard.ts';
import type { Invocation } from './invocation.ts';
import { readReportFile } from './read-report-file.ts';
import { parseNodeTest, type NodeTestCommand } from './reporters/node-command.ts';
import { readNodeReport } from './reporters/node-report.ts';
import { nodeReporterSource } from './reporters/node-reporter.ts';
import { nodeTestFiles, stripsTypes } from './reporters/node-targets.ts';
import type { Report } from './reporters/report.ts';

interface Place {
  readonly folder: string;
  readonly testFiles: readonly string[];
  /** Where reporter and report lie. */
  readonly exchange: string;
  /** Of the `node` on the search path; null where it is not known. */
  readonly nodeVersion: string | null;
}

/**
 * `node --test` with our reporter. One plain call is taken apart: its files are named, canaries
 * are planted in them, and nobody but our reporter can write its report. What a shell must take
 * apart (`npm test`, several commands) is run as it is, with the reporter in the environment: its
 * tests are told, but what fails on purpose would stop it half-way, so there are no canaries.
 */
export async function invokeNode(check: CheckPlan, place: Place): Promise<Invocation> {
  const nonce = randomBytes(8).toString('hex');
  const key = randomBytes(32).toString('hex');
  const reporter = join(place.exchange, `reporter-${nonce}.mjs`);
  const report = join(place.exchange, `report-${nonce}`);
  const command = parseNodeTest(check.run);
  await writeFile(reporter, nodeReporterSource(key, report, command !== null), { mode: 0o600 });
  const read = async (): Promise<Report> => {
    const file = await readReportFile(report);
    return file.ok ? readNodeReport(file.text, key, command === null ? 'several' : 'one') : file;
  };
  const shared = { onStdout: null, writable: [], report: read };
  if (command === null) {
    const env = {
      NODE_OPTIONS: `--test-reporter="${reporter}" --test-reporter-destination=stdout`,
    };
    const assurance = 'report' as const;
    return { ...shared, command: check.run, env, planted: [], failingExit: null, assurance };
  }
  const guard = join(place.exchange, 'guard.cjs');
  await writeFile(guard, guardSource);
  const files = await nodeTestFiles(place.folder, command.targets, stripsTypes(place.nodeVersion));
  const contract = new Set(place.testFiles);
  const planted = await plantCanaries(
    place.folder,
    files.filter((file) => contract.size === 0 || contract.has(file)),
  );
  return {
    ...shared,
    command: [
      ...[command.program, ...command.options, '--require', guard, '--test'],
      ...['--test-reporter', reporter, '--test-reporter-destination', 'stdout'],
      ...(files.length > 0 ? files : command.targets),
    ],
    env: command.env,
    planted,
    failingExit: 1,
    assurance: planted.length > 0 && !sharesProcess(command) ? 'canaries' : 'report',
  };
}

/** Without a process for each file, the reporter has submissions beside it. */
function sharesProcess({ options }: NodeTestCommand): boolean {
  return options.some((option) => /^--(experimental-)?test-isolation/.test(option));
}
