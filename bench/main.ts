import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { board } from './board.ts';
import { casesPart } from './cases.ts';
import { durability } from './durable.ts';
import { editor } from './editor.ts';
import { example } from './example.ts';
import type { Figure, Part } from './figure.ts';
import { orchestration } from './orchestration.ts';
import { peers } from './peers.ts';
import { large } from './large.ts';
import { models } from './models.ts';
import { replay } from './replay.ts';
import { resources } from './resources.ts';
import { scrub } from './scrub.ts';
import { schedule } from './schedule.ts';
import { streams } from './streams.ts';
import { waiting } from './waiting.ts';
import { committedFigures, tableOf, writeFigures } from './report.ts';

const parts: readonly Part[] = [
  ...[orchestration, peers, durability, replay, example, casesPart, board, editor],
  ...[scrub, schedule, resources, waiting, streams, large, models],
];

/** npm run bench [-- --only <part>] [--quick]. Quick figures are printed, not kept. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    part: { type: 'string' },
  },
});
if (values.part === undefined) await measureAll(values.only, values.quick);
else await measureHere(values.part, values.quick);

async function measureAll(only: string | undefined, quick: boolean): Promise<void> {
  const chosen = parts.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    const names = parts.map(({ name }) => name).join(', ');
    process.stderr.write(`there is no part ${only}; there are ${names}\n`);
    process.exitCode = 2;
  }
  for (const { name } of chosen) {
    process.stdout.write(`${name}\n`);
    const figures = await measureApart(name, quick);
    process.stdout.write(`${tableOf(figures, committedFigures(name))}\n`);
    if (!quick && figures.length > 0) await writeFigures(name, figures);
  }
}

/** Each part has a process of its own, so that none pays for another's garbage or types. */
function measureApart(part: string, quick: boolean): Promise<readonly Figure[]> {
  const args = ['--part', part, ...(quick ? ['--quick'] : [])];
  const child = fork(process.argv[1] ?? '', args, {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    let figures: readonly Figure[] | null = null;
    child.once('message', (message) => (figures = message as readonly Figure[]));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && figures !== null) resolve(figures);
      else reject(new Error(`measuring ${part} ended with ${code}`));
    });
  });
}

async function measureHere(name: string, quick: boolean): Promise<void> {
  const part = parts.find((each) => each.name === name);
  if (part === undefined) throw new Error(`there is no part ${name}`);
  const figures = await part.measure({ quick });
  if (process.send === undefined) process.stdout.write(tableOf(figures, new Map()));
  else process.send(figures);
}
