import type { PlanValue } from '../../core/plan/edit.ts';

/** A value on one line, as plans are written: `{ module: lexer, kind: soft }`. */
export function flowText(value: PlanValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${flowText(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Names and references; everything else is quoted, since YAML may read it as something else. */
const isPlain = (text: string): boolean =>
  /^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|y|n)$/.test(text);

const isList = (value: PlanValue): value is readonly PlanValue[] => Array.isArray(value);
