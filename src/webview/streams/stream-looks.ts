import type { StreamStatus } from '../../core/projections/streams.ts';
import { looks, type Look } from '../parts/looks.ts';

/** What stands sealed and is judged again waits for others, as its words say. */
export const streamLook = (shape: StreamStatus['shape']): Look =>
  looks[shape === 'stale' ? 'waiting' : shape];

export function barTone(shape: StreamStatus['shape']): 'run' | 'review' | 'plain' | 'muted' {
  switch (looks[shape].tone) {
    case 'run':
      return 'run';
    case 'review':
      return 'review';
    case 'plain':
    case 'you':
      return 'plain';
    case 'pass':
    case 'fail':
    case 'revise':
    case 'muted':
      return 'muted';
  }
}

/** Lanes that many plans have by these names. */
const icons: Readonly<Record<string, string | undefined>> = {
  frontend: 'symbol-structure',
  backend: 'server-process',
  tooling: 'terminal',
  docs: 'book',
  documentation: 'book',
  testing: 'beaker',
  tests: 'beaker',
  security: 'shield',
  data: 'database',
  infrastructure: 'server-environment',
};

export const streamIcon = (id: string): string => icons[id] ?? 'layers';
