import { isInside, sealedWith } from '../graph.ts';
import { offerOf } from '../module-state.ts';
import type { RunState } from '../state.ts';

/** What is counted for confirming modules, and which of them are not where they belong. */
export function setFaults(
  state: RunState,
  settled: readonly boolean[],
  unmet: readonly number[],
): string[] {
  const { graph, modules } = state;
  const faults: string[] = [];
  const open = modules.toArray().map((module, node) => {
    const inSet = graph.componentOf[node] !== -1;
    const on = [...(graph.soft[node] ?? []), ...(inSet ? (graph.needs[node] ?? []) : [])];
    const count = on.filter((each) => !isInside(graph, node, each) && settled[each] !== true);
    if (state.open.get(node) !== count.length) faults.push(`open of ${module.id} is wrong`);
    return count.length;
  });
  graph.components.forEach((members, component) => {
    const lacking = members.filter((node) => offerOf(modules.get(node)) === null).length;
    const waiting = members.filter((node) => open[node] !== 0).length;
    const is = state.components.get(component);
    if (is.lacking !== lacking || is.waiting !== waiting) {
      faults.push(`component ${component} is ${is.lacking} ${is.waiting}`);
    }
  });
  for (let node = 0; node < modules.length; node++) {
    const { id, life, seal } = modules.get(node);
    const set = sealedWith(graph, node);
    const others = set.filter((each) => each !== node && offerOf(modules.get(each)) === null);
    const final = unmet[node] === 0 && others.length === 0 && set.every((each) => open[each] === 0);
    const wrong =
      (life.at === 'passed' && (life.seal !== null) !== final) ||
      (life.at === 'sealed' &&
        seal !== null &&
        (life.stale ? final : !final && set.length === 1)) ||
      (life.at === 'submitted' && (life.submission.again || life.submission.confirms) && !final);
    if (wrong) faults.push(`${id} is ${life.at}, ${final ? '' : 'not '}to be confirmed`);
  }
  return faults;
}
