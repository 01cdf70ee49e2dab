import { oneLine } from '../../../core/projections/safe-text.ts';
import type { ToolUse } from './chat-model.ts';

/** What an agent does now, in a few words: the tool and what it is about. */
export function inShort({ name, input }: Pick<ToolUse, 'name' | 'input'>): string {
  if (typeof input !== 'object' || input === null) return name;
  const about = ['path', 'file_path', 'text', 'pattern', 'from', 'to'].map(
    (key) => (input as Record<string, unknown>)[key],
  );
  const first = about.find((value) => typeof value === 'string');
  return first === undefined ? name : `${name} ${oneLine(first, 120)}`;
}
