import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckPlan } from '../../core/plan/plan.ts';
import type { Invocation, WritablePath } from './invocation.ts';
import { readReportFile } from './read-report-file.ts';
import { readJunit } from './reporters/junit.ts';
import { TapParser } from './reporters/tap.ts';

/** The command as it is; what it prints and writes is the report, so anybody could have made it. */
const plain = {
  env: {},
  planted: [],
  failingExit: null,
  onStdout: null,
  writable: [],
} satisfies Partial<Invocation>;

export function invokeExit(check: CheckPlan): Invocation {
  return { ...plain, command: check.run, assurance: 'exit', report: async () => null };
}

export function invokeTap(check: CheckPlan): Invocation {
  const parser = new TapParser();
  return {
    ...plain,
    command: check.run,
    assurance: 'report',
    onStdout: (chunk) => parser.push(chunk),
    report: async () => parser.end(),
  };
}

/**
 * A file that is there before the run is taken away: it is nobody's report. In a sandbox the tree
 * cannot be written, so a folder of ours stands in for the report's; where that folder holds
 * something else as well, a single file does (which a runner can write, but not replace).
 */
export async function invokeJunit(
  check: CheckPlan,
  folder: string,
  exchange: string,
  sandboxed: boolean,
): Promise<Invocation> {
  const target = join(folder, check.reportFile);
  await rm(target, { recursive: true, force: true });
  const standIn = sandboxed ? await reportStandIn(check.reportFile, folder, exchange) : null;
  return {
    ...plain,
    command: check.run,
    assurance: 'report',
    writable: standIn === null ? [] : [standIn.mount],
    report: async () => {
      const file = await readReportFile(standIn?.report ?? target);
      return file.ok ? readJunit(file.text) : file;
    },
  };
}

async function reportStandIn(
  reportFile: string,
  folder: string,
  exchange: string,
): Promise<{ readonly mount: WritablePath; readonly report: string }> {
  const parent = dirname(reportFile);
  const standIn = join(exchange, 'junit');
  if (parent !== '.' && !(await exists(join(folder, parent)))) {
    await mkdir(join(folder, parent), { recursive: true });
    await mkdir(standIn);
    const report = join(standIn, reportFile.slice(parent.length + 1));
    return { mount: { source: standIn, path: parent }, report };
  }
  await writeFile(join(folder, reportFile), '');
  await writeFile(standIn, '');
  return { mount: { source: standIn, path: reportFile }, report: standIn };
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
