import { moduleScope } from '../../core/accounts.ts';
import type { ModuleId } from '../../core/ids.ts';
import { t } from '../../core/language.ts';
import { nodeRef, type TreeId } from '../../core/ids.ts';
import { whyOf } from '../../core/projections/why.ts';
import { whyAnswer } from '../../core/projections/why-words.ts';
import { isOver } from '../../core/state.ts';
import { permissions } from '../drawer/permissions.ts';
import { shownModule, type ShownModule } from '../drawer/shown-module.ts';
import { host } from '../host.ts';
import { standstill } from '../standstill.ts';
import { board, type BoardState } from '../store.ts';
import type { ModuleKey } from './module-keys.ts';

/** Does with a module what its key stands for; where that is not possible, the board says why not. */
export function actOn(module: ModuleId, key: ModuleKey): void {
  const now = board.store.getState();
  const shown = now.chronicle === null ? null : shownModule(now.chronicle, module);
  if (shown === null) return;
  now.say(done(shown, key, now) ?? '');
}

/** What is to be said of it; null where what happens says enough. */
function done(shown: ShownModule, key: ModuleKey, now: BoardState): string | null {
  const { id, chronicle } = shown;
  const { version, history } = shown.module.contract;
  const without = withoutFiles(now, key);
  if (without !== null) return without;
  switch (key) {
    case 'o':
      if (version === 0) return t('{0} has no contract yet', id);
      host.act({ do: 'open-contract', module: id, version });
      return null;
    case 'v': {
      const before = history.at(-2);
      if (before === undefined) return t('The contract of {0} was not amended', id);
      host.act({ do: 'diff-contract', module: id, from: before.version, to: version });
      return null;
    }
    case 'd': {
      const last = chronicle.history.submissions.get(shown.node).at(-1);
      if (last === undefined) return t('{0} has handed in nothing yet', id);
      host.act({ do: 'diff-submission', module: id, tree: last.tree });
      return null;
    }
    case 'e':
      return evidence(shown);
    case 't':
      host.act({ do: 'open-transcript', module: id });
      return null;
    case 'w':
      return why(shown, now);
    case 'a':
    case 'r':
      return change(shown, key === 'a' ? 'amend' : 'reopen', now);
    case 'm': {
      const refused = standstill(now) ?? (isOver(chronicle.state) ? t('The run is over') : null);
      if (refused !== null) return t('More budget for {0}: {1}', id, refused);
      host.act({ do: 'raise-budget', scope: moduleScope(id) });
      return null;
    }
  }
}

/** Why what a key opens cannot be opened at all. */
function withoutFiles({ source }: BoardState, key: ModuleKey): string | null {
  if (source === null || !'ovdet'.includes(key)) return null;
  return source.kind === 'export'
    ? t('An export holds no files.')
    : t('A run from a file comes without files.');
}

function evidence({ id, chronicle }: ShownModule): string | null {
  const ref = nodeRef('module', id);
  const last = chronicle.history.verdicts.findLast(({ gate }) => gate === ref);
  if (last === undefined) return t('{0} was not judged yet', id);
  const found = last.evidence.find(({ file }) => file !== null);
  if (found === undefined) return t('The last verdict on {0} names no file', id);
  const { file, line } = found;
  const tree = last.subject as TreeId | null;
  if (file !== null) host.act({ do: 'open-evidence', module: id, tree, file, line });
  return null;
}

function why({ id, chronicle }: ShownModule, now: BoardState): string {
  now.select(id);
  now.trace({ blockers: true });
  const driven = now.moment !== null || now.driver !== 'nobody';
  const answer = whyOf(chronicle, { asked: `module ${id}`, at: chronicle.state.at, driven });
  return answer.ok ? whyAnswer(answer.why) : '';
}

function change({ id, chronicle }: ShownModule, does: 'amend' | 'reopen', now: BoardState) {
  const still = standstill(now);
  if (still === null && now.drafts.has(id)) {
    now.amend(id);
    return null;
  }
  const refused = permissions(chronicle.state, id, still)[does];
  if (refused !== null) {
    return does === 'amend' ? t('Amend {0}: {1}', id, refused) : t('Reopen {0}: {1}', id, refused);
  }
  host.act({ do: does, module: id });
  now.amend(id);
  return null;
}
