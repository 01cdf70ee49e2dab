import { modulesAbove } from './consumers.ts';
import type { Draft } from './draft.ts';
import { putModule } from './settle.ts';

/**
 * A contract was amended, and with it its stub: whatever is being judged on that is judged on what
 * no longer stands, so neither a PASS nor a FAIL of it counts. Costs what stands on the module.
 */
export function outdateAbove(draft: Draft, node: number): void {
  for (const above of modulesAbove(draft.graph, node)) {
    const module = draft.modules.get(above);
    const { life } = module;
    if (life.at !== 'evaluating' || life.outdated) continue;
    putModule(draft, above, { ...module, life: { ...life, outdated: true } });
  }
}
