import { t } from '../../core/language.ts';
import type { RunEvent } from '../../core/events.ts';
import type { ModuleId } from '../../core/ids.ts';
import { chronicle } from '../../core/projections/chronicle.ts';
import { impact, type Impact } from '../../core/projections/impact.ts';

/**
 * What a person's amendment would lead to now. It asks the rules themselves, so it comes with the
 * engine and is not loaded at activation.
 */
export function followsFrom(
  events: readonly RunEvent[],
  module: ModuleId,
  kind: 'reopen' | 'amend',
): Impact | { readonly refused: string } {
  const told = chronicle(events);
  return told === null ? { refused: t('the run has not begun') } : impact(told, module, kind);
}
