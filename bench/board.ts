import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RunEvent } from '../src/core/events.ts';
import { card, type Card } from '../src/core/projections/card.ts';
import { chronicle, type Chronicle } from '../src/core/projections/chronicle.ts';
import { replay } from '../src/core/projections/timeline.ts';
import { upcastEvent } from '../src/core/upcast.ts';
import { changesPerSecond, paintBoard, type Painted, type Told } from './board-page.ts';
import { boardPlan, playRun } from './board-run.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { latencies } from './latency.ts';
import { watchLive } from './live-board.ts';
import { previewed } from './preview-page.ts';
import { median, timed } from './timing.ts';

/** Modules whose run takes just over 20,000 events. */
const foldedModules = 1_400;
/** With what a board of as many may take. */
const boards = [
  { modules: 1_000, firstMs: 700, changes: 6 },
  { modules: 5_000, firstMs: 1_000, changes: 11 },
] as const;
/** Of the main thread, in a frame in which it is moved. */
const frameTargetMs = { cards: 11, tiles: 33 };
const previewedModules = 200;
/** From a text of a plan to its picture. */
const redrawnMs = 100;
/** A board that is opened again shows a run of tens of modules within this. */
const reopenedMs = 300;

/** What the board costs: folding a run, showing it, keeping up with it, loading it. */
export const board: Part = {
  name: 'board',
  measure: async ({ quick }) => [
    ...(await folding(quick ? 3 : 9)),
    ...(await painting(quick)),
    ...(await reopening(quick)),
    ...(await following(quick)),
    ...(await previewing(quick)),
    ...(await sizes()),
  ],
};

async function folding(samples: number): Promise<Figure[]> {
  const events = playRun(boardPlan(foldedModules)).flat();
  const folded = await timed(samples, 2, () => chronicle(events));
  const replayed = await timed(samples, 2, () => replay(events));
  const told = cardsOf(events);
  const cards = await timed(samples, 1, () => cardsOf(events, told.chronicle));
  return [
    figure('fold 20,000 events', folded.coreMs, 'ms', 300, `${events.length} events`),
    figure('fold beside a replay', folded.coreMs / replayed.coreMs, '×', 1.5),
    figure('1,400 cards, none changed', cards.coreMs, 'ms', 3),
  ];
}

function cardsOf(
  events: readonly RunEvent[],
  of: Chronicle | null = chronicle(events),
): { readonly chronicle: Chronicle; readonly cards: readonly Card[] } {
  if (of === null) throw new Error('there are no events');
  const cards = of.state.plan.modules.map((_, node) => card(of, node));
  return { chronicle: of, cards };
}

/** In a browser, with the changes of ten seconds in the middle of a run. */
async function painting(quick: boolean): Promise<Figure[]> {
  if (!existsSync('dist/board/board.js')) throw new Error('run `npm run build` first');
  const figures: Figure[] = [];
  for (const board of boards) figures.push(...(await paintingOf(board, quick)));
  return figures;
}

async function paintingOf(board: (typeof boards)[number], quick: boolean): Promise<Figure[]> {
  const decisions = playRun(boardPlan(board.modules));
  const changes = changesPerSecond * (quick ? 3 : 10);
  const from = Math.floor((decisions.length - changes) / 2);
  const told: Told = {
    before: decisions.slice(0, from).flat(),
    changes: decisions.slice(from, from + changes),
  };
  const figures: Figure[] = [];
  for (const cards of [false, true]) {
    const painted: Painted[] = [];
    for (let i = 0; i < (quick ? 1 : 3); i++) {
      const one = await paintBoard(told, cards);
      if (typeof one === 'string') {
        process.stdout.write(`  no browser to paint the board in: ${one}\n`);
        return [];
      }
      painted.push(one);
    }
    figures.push(...paintedFigures(board, told, painted, cards));
  }
  return figures;
}

/** The recorded example, in a page that is new to it. */
async function reopening(quick: boolean): Promise<Figure[]> {
  const text = await readFile('test/webview/journals/tiny-lang.jsonl', 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const before = lines.map((line) => upcastEvent(JSON.parse(line) as RunEvent));
  const painted: Painted[] = [];
  for (let i = 0; i < (quick ? 1 : 5); i++) {
    const one = await paintBoard({ before, changes: [] }, false);
    if (typeof one === 'string') return [];
    painted.push(one);
  }
  const wall = median(painted.map(({ firstWallMs }) => firstWallMs)).toFixed(0);
  const core = median(painted.map(({ firstMs }) => firstMs));
  const note = `${before.length} events; ${wall} ms on the wall`;
  return [figure('opened again, from the run’s arrival', core, 'ms', reopenedMs, note)];
}

/** From a journal on the disk to the board, and a board that is hidden meanwhile. */
async function following(quick: boolean): Promise<Figure[]> {
  const [{ modules }] = boards;
  const decisions = playRun(boardPlan(modules));
  const [watched, hidden] = quick ? [40, 40] : [300, 200];
  const middle = Math.floor(decisions.length / 2);
  const before = decisions.slice(0, middle).flat();
  const told = decisions.slice(middle, middle + watched);
  const untold = decisions.slice(middle + watched, middle + watched + hidden);
  const live = await watchLive(before, told, untold, quick ? 1 : 5);
  if (typeof live === 'string') return [];
  const core = median(live.reopened.map(({ coreMs }) => coreMs));
  const wall = median(live.reopened.map(({ wallMs }) => wallMs)).toFixed(0);
  const all = { before, changes: [...told, ...untold] };
  const note = `${modules} modules, which is a first paint; ${wall} ms on the wall`;
  return [
    ...latencies(live.appended, live.seen, `board of ${modules} that follows it`),
    figure('messages to a hidden board', live.sentHidden, '', 0, `${hidden} decisions`),
    figure('opened again, from its being ready', core, 'ms', boards[0].firstMs, note),
    figure('shown wrongly when opened again', wrongLabels(all, live), '', 0),
  ];
}

/** A plan that is typed: read in the host, and drawn again in the preview. */
async function previewing(quick: boolean): Promise<Figure[]> {
  const drawn = await previewed(previewedModules, quick ? 6 : 30);
  if (typeof drawn === 'string') return [];
  const read = median(drawn.map(({ readMs }) => readMs));
  const redraw = median(drawn.map(({ drawMs }) => drawMs));
  const wall = median(drawn.map(({ wallMs }) => wallMs)).toFixed(0);
  const note = `read in ${read.toFixed(0)} ms; ${wall} ms on the wall`;
  return [figure(`preview of ${previewedModules} modules`, read + redraw, 'ms', redrawnMs, note)];
}

function paintedFigures(
  { modules, firstMs, changes }: (typeof boards)[number],
  told: Told,
  painted: readonly Painted[],
  cards: boolean,
): Figure[] {
  const middle = (of: (one: Painted) => number): number => median(painted.map(of));
  const as = `${modules} as ${cards ? 'cards' : 'tiles'}`;
  const { length } = told.changes;
  const longest = middle(({ longestTaskMs }) => longestTaskMs);
  const first = middle(({ firstMs }) => firstMs);
  const wall = middle(({ firstWallMs }) => firstWallMs).toFixed(0);
  const whence = `${told.before.length} events; ${wall} ms on the wall`;
  const wrong = Math.max(...painted.map((one) => wrongLabels(told, one)));
  const resyncs = Math.max(...painted.map((one) => one.resyncs));
  const shown = Math.min(...painted.map(({ labels }) => labels.filter(Boolean).length));
  return [
    ...(cards ? [] : [figure(`${modules} modules, first paint`, first, 'ms', firstMs, whence)]),
    figure(
      `100 changes a second, ${as}`,
      100 * middle(({ mainThread }) => mainThread),
      '% of the main thread',
      changes,
    ),
    figure(`longest task meanwhile, ${as}`, longest, 'ms', 50, 'of the thread'),
    figure(
      `${cards ? 'a frame of a pan' : 'a step of a scroll'}, ${as}`,
      middle(({ frameMs }) => frameMs),
      'ms',
      frameTargetMs[cards ? 'cards' : 'tiles'],
    ),
    figure(`shown wrongly after ${length} changes, ${as}`, wrong, '', 0, `${shown} in view`),
    figure(`asked for the run again, ${as}`, resyncs, '', 0),
  ];
}

/** What is in view must say what the same events say here: nothing got lost on the way. */
function wrongLabels({ before, changes }: Told, { labels }: Pick<Painted, 'labels'>): number {
  const { cards } = cardsOf([...before, ...changes.flat()]);
  return cards.filter(({ id, word }, node) => {
    const label = labels[node];
    return typeof label === 'string' && !label.startsWith(`${id}, ${word}`);
  }).length;
}

/** Entries, and what they load at once by late imports. */
const bundles = [
  ['extension', 104, 'dist/extension/extension.cjs', []],
  [
    ...(['board', 668, 'dist/board/board.js'] as const),
    ['src/webview/board/Board.tsx', 'src/webview/graph/Graph.tsx'],
  ],
] as const;

/** Of what is loaded at once, as built last. */
async function sizes(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, target, entry, late] of bundles) {
    const text = await readFile(`build/meta/${name}.json`, 'utf8');
    const { outputs } = JSON.parse(text) as Meta;
    figures.push(figure(`${name} bundle`, eagerBytes(outputs, entry, late) / 1000, 'kB', target));
  }
  return figures;
}

/** The entry's file, the chunks of these sources, and all that they import at their top. */
function eagerBytes(outputs: Meta['outputs'], entry: string, late: readonly string[]): number {
  const chunks = late.map((source) => {
    const chunk = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === source);
    if (chunk === undefined) throw new Error(`${source} has no chunk of its own`);
    return chunk;
  });
  const seen = new Set([entry, ...chunks]);
  let bytes = 0;
  // The set grows while it is walked.
  for (const path of seen) {
    bytes += outputs[path]?.bytes ?? 0;
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && next in outputs) seen.add(next);
    }
  }
  return bytes;
}

interface Meta {
  readonly outputs: Readonly<Record<string, Output | undefined>>;
}

interface Output {
  readonly bytes: number;
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}
