import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ProgramPrerequisite } from '../../core/plan/plan.ts';
import { excerptLine } from '../gates/excerpt.ts';
import {
  holds,
  missing,
  runInRoom,
  type Found,
  type PrerequisiteRoom,
} from './prerequisite-room.ts';

const programTimeoutMs = 15_000;

/** Whether a program is on the search path, and of the version that is asked for. */
export async function checkProgram(
  room: PrerequisiteRoom,
  { program, version, timeoutMs }: ProgramPrerequisite,
): Promise<Found> {
  const path = await findProgram(program, room.env);
  if (path === null) return missing(`${program} is not on the search path.`);
  if (version === null) return holds;
  const end = await runInRoom(room, {
    ...{ command: askForVersion(path), pass: [], timeoutMs: timeoutMs ?? programTimeoutMs },
    ...{ on: null, input: null, onStdout: () => undefined },
  });
  if ('refused' in end) return missing(end.refused);
  if (end.startError !== null) {
    return missing(
      `${program} --version could not be started: ${excerptLine(end.startError, 200)}.`,
    );
  }
  if (end.timedOut) return missing(`${program} --version did not end in time.`);
  const [stdout, stderr] = [end.stdout.head.trim(), end.stderr.head.trim()];
  const found = versionIn(`${stdout}\n${stderr}`);
  if (found === null) {
    const says = excerptLine(stdout || stderr || 'nothing', 120);
    return missing(`${program} --version tells no version (${says}).`);
  }
  return fitsBounds(found, version)
    ? holds
    : missing(`${program} is version ${found}, not ${version}.`);
}

/** A script of Windows' own shell starts through that shell alone; everything else without one. */
export const askForVersion = (path: string): string | readonly string[] =>
  /\.(cmd|bat)$/i.test(path) ? `"${path}" --version` : [path, '--version'];

async function findProgram(program: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const endings = process.platform === 'win32' ? (env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const ending of endings) {
      const path = join(folder, program + ending);
      if (await isProgram(path)) return path;
    }
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The first version that a text tells: two numbers with a dot between them, or else the first one. */
export function versionIn(text: string): string | null {
  const head = text.slice(0, 4_000);
  const match = /\d{1,9}(?:\.\d{1,9})+/.exec(head) ?? /\d{1,9}/.exec(head);
  return match?.[0] ?? null;
}

/** Whether a version keeps all bounds: `>=20.1 <23`. A bare number is met by all that begin with it. */
export function fitsBounds(version: string, bounds: string): boolean {
  return bounds.split(' ').every((bound) => {
    const operator = operators.find((each) => bound.startsWith(each)) ?? '';
    const wanted = numbers(bound.slice(operator.length));
    const found = numbers(version);
    const order = compare(found, wanted);
    switch (operator) {
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      case '=':
      case '':
        return compare(found.slice(0, wanted.length), wanted) === 0;
    }
  });
}

const operators = ['>=', '<=', '>', '<', '='] as const;

const numbers = (version: string): number[] => version.split('.').map(Number);

/** What is left out counts as 0. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
