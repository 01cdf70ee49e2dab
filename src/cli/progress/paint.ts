import type { GateKind } from '../../core/projections/gate-status.ts';
import type { ModuleKind } from '../../core/projections/module-status.ts';

type Kind = ModuleKind | GateKind;

/** A shape for each state: colour alone tells nothing to many people and many terminals. */
export const glyphs: Readonly<Record<Kind, string>> = {
  waiting: '·',
  ready: '○',
  building: '▶',
  resting: '~',
  'handed-in': '◇',
  'in-review': '◆',
  'to-confirm': '◈',
  disputed: '≠',
  judging: '◆',
  sealed: '✓',
  passed: '✓',
  stale: '↻',
  contract: '§',
  'needs-you': '!',
  abandoned: '✗',
};

const colours: Readonly<Record<Kind, string>> = {
  waiting: '2',
  ready: '0',
  building: '36',
  resting: '33',
  'handed-in': '34',
  'in-review': '34',
  'to-confirm': '34',
  disputed: '33',
  judging: '34',
  sealed: '32',
  passed: '32',
  stale: '33',
  contract: '35',
  'needs-you': '1;33',
  abandoned: '31',
};

export function paint(kind: Kind, text: string, colour: boolean): string {
  return colour ? `\u001b[${colours[kind]}m${text}\u001b[0m` : text;
}

export const bold = (text: string, colour: boolean): string =>
  colour ? `\u001b[1m${text}\u001b[0m` : text;

/** `████░░░░` */
export function bar(share: number, columns: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * columns);
  return '█'.repeat(full) + '░'.repeat(columns - full);
}
