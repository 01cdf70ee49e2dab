import type { Plan } from '../src/core/plan/plan.ts';
import { LivePlan } from '../src/engine/live-plan.ts';
import type { PreviewHostMessage } from '../src/protocol/preview.ts';
import { openPage, taskSeconds } from './board-page.ts';
import { shapeOf } from './shapes.ts';
import { timed } from './timing.ts';

export interface Drawn {
  /** Of the host's thread: from the text to the plan. */
  readonly readMs: number;
  /** Of the page's main thread: from the plan to its picture. */
  readonly drawMs: number;
  readonly wallMs: number;
}

/** Changes a plan's text and looks at its preview, again and again: another estimate, or another need. */
export async function previewed(modules: number, times: number): Promise<Drawn[] | string> {
  const live = new LivePlan('/nowhere');
  return openPage('preview', { before: [], changes: [] }, async (page, cdp, address) => {
    const ready = new Promise((resolve) => {
      void page.exposeFunction('benchHost', resolve).then(() => page.goto(address));
    });
    await ready;
    const tell = async (plan: Plan): Promise<number> => {
      const message: PreviewHostMessage = { type: 'preview-plan', plan, estimates: '' };
      return page.evaluate<number>(`bench.drawn(${JSON.stringify(JSON.stringify(message))})`);
    };
    await tell(await read(live, textOf(modules, 0)));
    await page.locator('[data-node]').first().waitFor();
    const drawn: Drawn[] = [];
    for (let turn = 1; turn <= times + warmTurns; turn++) {
      const text = textOf(modules, turn);
      const { coreMs: readMs } = await timed(1, 1, () => read(live, text));
      const before = await taskSeconds(cdp);
      const wallMs = await tell(await read(live, text));
      const drawMs = ((await taskSeconds(cdp)) - before) * 1_000;
      const shown = await page.locator('[data-node="0"]').getAttribute('aria-label');
      const words = shown ?? (await page.locator('[data-node="0"]').innerText());
      if (!words.includes(`${minutesOf(turn) + 1} min`)) {
        throw new Error(`turn ${turn} is not what is drawn: ${words}`);
      }
      if (turn > warmTurns) drawn.push({ readMs, drawMs, wallMs });
    }
    return drawn;
  });
}

/** The compiler sees it a few times first. */
const warmTurns = 5;

async function read(live: LivePlan, text: string): Promise<Plan> {
  const { plan, troubles } = await live.read(text, 'bench.plan.yaml');
  if (plan === null) throw new Error(`the plan cannot be drawn: ${JSON.stringify(troubles)}`);
  return plan;
}

const minutesOf = (turn: number): number => 10 + (turn % 40);

/** Every second turn the last module needs another one besides. */
function textOf(modules: number, turn: number): string {
  const { needs } = shapeOf('layered', modules);
  const written = needs.map((on, node) => {
    const besides = node === modules - 1 && turn % 2 === 1 ? [turn % 20] : [];
    const needed = [...new Set([...on, ...besides])].map((need) => `m-${need}`).join(', ');
    return [
      `  m-${node}:`,
      `    purpose: It does its part of the whole, the ${node}th of them.`,
      `    owns: [src/m-${node}/**]`,
      `    contract: { file: contracts/m-${node}.md, tests: [tests/m-${node}/**], stub: [stubs/m-${node}/**] }`,
      `    needs: [${needed}]`,
      `    checks: { unit: node --test tests/m-${node} }`,
      `    estimate: { minutes: ${node === 0 ? minutesOf(turn) : 20}, review: 1 }`,
    ].join('\n');
  });
  return `ashlar: 1\nmodules:\n${written.join('\n')}\n`;
}
