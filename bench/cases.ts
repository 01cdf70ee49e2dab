import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunEvent } from '../src/core/events.ts';
import { placesOf } from '../src/core/schedule/plan-problem.ts';
import { simulate } from '../src/core/schedule/simulate.ts';
import type { Plan } from '../src/core/plan/plan.ts';
import { loadPlan } from '../src/engine/plan/load.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { reworkFigures } from './rework.ts';
import { temporaryFolder } from './temporary-folder.ts';

const cli = resolve('dist/cli/ashlar.mjs');
const folder = 'examples/cases';

/** A case as it is told: what one after the other takes and what side by side is said to take. */
interface Case {
  readonly name: string;
  /** Minutes; null where nothing is claimed. */
  readonly claimed: number | null;
  /** The seconds that a run of it is to take, about. */
  readonly seconds: number;
}

const cases: readonly Case[] = [
  { name: 'api-endpoint', claimed: 180, seconds: 0 },
  { name: 'api-endpoint-pieces', claimed: 180, seconds: 12 },
  { name: 'eight-people', claimed: 180, seconds: 12 },
  { name: 'user-management', claimed: 180, seconds: 12 },
  { name: 'user-management-tested-after', claimed: 180, seconds: 12 },
  { name: 'full-stack', claimed: 13, seconds: 12 },
  { name: 'full-stack-loose', claimed: 13, seconds: 12 },
  { name: 'test-phase', claimed: 10, seconds: 8 },
  { name: 'independent-features', claimed: null, seconds: 8 },
  { name: 'layers', claimed: null, seconds: 8 },
  { name: 'feature-slices', claimed: null, seconds: 12 },
  { name: 'continuous-integration', claimed: null, seconds: 12 },
  { name: 'six-level-team', claimed: null, seconds: 30 },
];

/**
 * What is claimed of working side by side, what no schedule can beat, and what is reached: in
 * virtual time, and by a run with real gates whose agents take a second for some minutes.
 */
export const casesPart: Part = {
  name: 'cases',
  measure: async ({ quick }) => {
    const figures: Figure[] = [];
    for (const each of cases) figures.push(...(await measure(each, quick)));
    return [...figures, ...(quick ? [] : await reworkFigures(cli))];
  },
};

async function measure({ name, claimed, seconds }: Case, quick: boolean): Promise<Figure[]> {
  const file = `${name}.plan.yaml`;
  const { plan } = loadPlan(await readFile(join(folder, name, file), 'utf8'), file);
  if (plan === null) throw new Error(`${name} cannot be read`);
  const sum = plan.modules.reduce((all, { estimate }) => all + estimate.minutes, 0);
  const bound = workBound(plan);
  const told = claimed === null ? '' : `; claimed ${sum} → ${claimed}`;
  const { minutes } = simulate(plan, { builders: null, seed: 1, mayGoOn: () => false });
  const figures = [
    figure(`${name}: lower bound, work alone`, bound, 'min', null, `${sum} one by one${told}`),
    figure(`${name}: previewed, with review and handing out`, minutes.ashlar, 'min'),
  ];
  if (quick || seconds === 0 || !existsSync(cli)) return figures;
  const speed = Math.round((bound * 60) / seconds);
  const reached = await reachedMinutes(name, file, speed);
  const over = `${Math.round(100 * (reached / bound - 1))} % over the bound; ${speed} times as fast`;
  return [...figures, figure(`${name}: reached by a run`, reached, 'min', null, over)];
}

/** The longest chain, and the work over the places: no schedule of the builders alone is shorter. */
function workBound(plan: Plan): number {
  const work = plan.modules.reduce((all, { estimate }) => all + estimate.minutes, 0);
  return Math.max(longestChain(plan), work / placesOf(plan).builders);
}

/** Through hard edges between modules; what is soft can begin at once. */
function longestChain(plan: Plan): number {
  const byName = new Map(plan.modules.map((module) => [`module:${module.id}`, module]));
  const known = new Map<string, number>();
  const until = (name: string): number => {
    const module = byName.get(name);
    if (module === undefined) return 0;
    let found = known.get(name);
    if (found === undefined) {
      const before = module.needs.filter(({ kind }) => kind === 'hard').map(({ on }) => until(on));
      found = module.estimate.minutes + Math.max(0, ...before);
      known.set(name, found);
    }
    return found;
  };
  return Math.max(...[...byName.keys()].map(until));
}

/** From GO to the last seal, in the agents' minutes. */
async function reachedMinutes(name: string, file: string, speed: number): Promise<number> {
  await using place = await temporaryFolder();
  await cp(join(folder, name), place.path, {
    recursive: true,
    filter: (path) => !path.includes('.ce-workspace'),
  });
  const events = await run(place.path, file, speed);
  const go = events.find(({ type }) => type === 'go-given');
  const last = events.filter(({ type }) => type === 'module-sealed').at(-1);
  const finished = events.find((event) => event.type === 'run-finished');
  if (go === undefined || last === undefined || finished?.outcome !== 'complete') {
    throw new Error(`${name} was not completed`);
  }
  return ((last.at - go.at) * speed) / 60_000;
}

function run(workspace: string, file: string, speed: number): Promise<readonly RunEvent[]> {
  const words = ['--cwd', workspace, 'run', file, '--yes', '--json', '--speed', `${speed}`];
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) {
        reject(new Error(`${file} ended with ${code}`));
        return;
      }
      const lines = Buffer.concat(out).toString().split('\n');
      done(lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RunEvent));
    });
  });
}
