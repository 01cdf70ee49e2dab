import type { NeedsYou } from '../core/projections/needs-you.ts';
import { duration } from '../core/projections/words.ts';
import type { RunId } from '../core/ids.ts';
import { shellWord } from '../engine/shell-word.ts';

/** One thing that needs a person, and the exact commands that would move it. */
export interface Request {
  readonly says: string;
  /** Lines. */
  readonly detail: readonly string[];
  readonly age: string | null;
  readonly commands: readonly string[];
}

export function requestOf(need: NeedsYou, run: RunId, program: string, at: number): Request {
  const { says, since } = need;
  const detail = need.detail === '' ? [] : need.detail.split('\n');
  const ms = since === null ? 0 : at - since;
  const age = ms < 1_000 ? null : duration(ms);
  const commands = commandsFor(need, run).map((words) =>
    [program, ...words.map(argument)].join(' '),
  );
  return { says, detail, age, commands };
}

function commandsFor(need: NeedsYou, run: RunId): string[][] {
  switch (need.kind) {
    case 'approval':
      return [
        ['approve', run, need.gate, '--subject', need.subject],
        ['reject', run, need.gate, '--note', '…'],
      ];
    case 'refused':
      return [
        ['reopen', run, '<module>', '--reason', '…'],
        ['approve', run, need.gate, '--subject', need.subject],
      ];
    case 'escalated':
      if (need.dispute !== null) {
        const { conflict, rulings } = need.dispute;
        return rulings.map((ruling) => [
          ...['resolve', run, `${conflict}`],
          ...['--decision', ruling, '--reason', '…'],
        ]);
      }
      return [
        [need.sealed ? 'reopen' : 'amend', run, need.module, '--reason', '…', '--contract', 'PATH'],
        ...(need.exhausted === null
          ? []
          : [['resume', run, '--scope', `module:${need.module}`, ...more(need.exhausted)]]),
      ];
    case 'blocked':
      return [['reopen', run, '<module>', '--reason', '…']];
    case 'prerequisites':
      return [
        ['resume', run],
        ['cancel', run],
      ];
    case 'undelivered':
    case 'paused':
      return [['resume', run]];
    case 'budget':
      return [
        ['resume', run, ...raising(need)],
        ['cancel', run],
      ];
    case 'provider':
      return [
        ['agents', run, '--again'],
        ...need.pools.map((pool) => ['agents', run, pool, '<provider>']),
        ...(need.code === 'no-model'
          ? need.pools.map((pool) => ['agents', run, pool, need.provider, '--model', '<model>'])
          : []),
      ];
  }
}

const bounds = {
  ...{ tokens: '--tokens', microUsd: '--usd', turns: '--turns', ms: '--minutes' },
  attempts: '--attempts',
};

/** The bound that is used up, of the budget that it belongs to. */
function raising({ scope, what }: Extract<NeedsYou, { kind: 'budget' }>): string[] {
  return [...(scope === 'run' ? [] : ['--scope', scope]), bounds[what], 'N'];
}

/** What lets a module go on; where nobody knows what it ran out of, what it most often is. */
const more = (what: keyof typeof bounds | 'unknown'): string[] =>
  what === 'unknown' ? ['--tokens', 'N', '--attempts', 'N'] : [bounds[what], 'N'];

/** What the person is to fill in stays as it is. */
const argument = (word: string): string =>
  word === '…' ? '"…"' : /^<[a-z]+>$/.test(word) ? word : shellWord(word);
