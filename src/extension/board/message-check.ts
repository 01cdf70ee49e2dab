import type { ModuleId, RunId } from '../../core/ids.ts';
import type { Action, BoardMessage, Question, RunKey, Show } from '../../protocol/board.ts';
import { Fields, Misfit } from './message-fields.ts';

const maxLine = 10_000_000;

/**
 * What a webview sent, if it is exactly a message of the protocol; null for anything else. The
 * webview is the untrusted side: every field is looked at, and what comes out is built anew, so
 * nothing that the protocol does not know gets in.
 */
export function checkMessage(value: unknown): BoardMessage | null {
  try {
    return message(new Fields(value));
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

/** The key of a run, as it comes from outside; null for anything else. */
export function checkRunKey(value: unknown): RunKey | null {
  try {
    return runKey(new Fields(value));
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

/** A module of a run, as a lens names it; null for anything else. */
export function checkModuleKey(
  value: unknown,
): { readonly key: RunKey; readonly module: ModuleId } | null {
  try {
    const fields = new Fields(value);
    return { key: runKey(fields), module: fields.module('module') };
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

/** A pull request as an answer of the chat names it; null for anything else. */
export function checkPullRequestAsked(
  value: unknown,
): { readonly run: RunId | null; readonly title: string | null } | null {
  try {
    const fields = new Fields(value);
    return {
      run: fields.isNull('run') ? null : fields.run('run'),
      title: fields.isNull('title') ? null : fields.text('title'),
    };
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

function message(fields: Fields): BoardMessage {
  const type = fields.word('type');
  switch (type) {
    case 'ready':
    case 'resync':
      return { type };
    case 'act':
      return {
        ...{ type, run: fields.isNull('run') ? null : fields.run('run') },
        action: action(fields.inside('action')),
      };
    case 'ask': {
      const id = fields.whole('id', 0, Number.MAX_SAFE_INTEGER);
      return { type, id, question: question(fields.inside('question')) };
    }
    default:
      throw new Misfit();
  }
}

function action(fields: Fields): Action {
  const what = fields.word('do');
  switch (what) {
    case 'run-example':
    case 'create-plan':
    case 'open-walkthrough':
    case 'open-folder':
    case 'manage-trust':
    case 'show-output':
    case 'reload-window':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'export-run':
      return { do: what };
    case 'raise-budget':
      return fields.lacks('scope') ? { do: what } : { do: what, scope: fields.scope('scope') };
    case 'retry-provider':
      return fields.lacks('provider')
        ? { do: what }
        : { do: what, provider: fields.agent('provider') };
    case 'switch-agents':
      return fields.lacks('pool') ? { do: what } : { do: what, pool: fields.pool('pool') };
    case 'run-plan':
      return fields.lacks('uri') ? { do: what } : { do: what, uri: fields.uri('uri') };
    case 'open-plan':
      return { do: what, uri: fields.uri('uri') };
    case 'select-run':
    case 'open-board':
    case 'open-postmortem':
      return { do: what, key: runKey(fields.inside('key')) };
    case 'approve':
    case 'reject':
      return {
        ...{ do: what, gate: fields.gate('gate'), submission: fields.digest('submission') },
        note: fields.text('note'),
      };
    case 'reopen':
    case 'amend':
    case 'open-draft':
    case 'discard-draft':
    case 'decide-dispute':
    case 'open-transcript':
    case 'open-sealed':
      return { do: what, module: fields.module('module') };
    case 'confirm-draft':
      return { do: what, module: fields.module('module'), reason: fields.text('reason') };
    case 'open-insight':
      return { do: what, file: fields.note('file') };
    case 'open-contract':
      return { do: what, module: fields.module('module'), version: fields.version('version') };
    case 'diff-contract':
      return { do: what, ...between(fields) };
    case 'diff-submission':
    case 'compare-submission':
      return { do: what, module: fields.module('module'), tree: fields.tree('tree') };
    case 'open-evidence':
      return {
        ...{ do: what, module: fields.module('module') },
        tree: fields.isNull('tree') ? null : fields.tree('tree'),
        file: fields.path('file'),
        line: fields.isNull('line') ? null : fields.whole('line', 1, maxLine),
      };
    case 'open-gate-evidence':
      return {
        ...{ do: what, gate: fields.tierOrGate('gate'), file: fields.path('file') },
        line: fields.isNull('line') ? null : fields.whole('line', 1, maxLine),
      };
    case 'diff-approval':
    case 'compare-approval':
      return { do: what, gate: fields.gate('gate'), submission: fields.digest('submission') };
    case 'show':
      return { do: what, show: show(fields.inside('show')) };
    default:
      throw new Misfit();
  }
}

function question(fields: Fields): Question {
  const about = fields.word('about');
  switch (about) {
    case 'contract':
      return { about, ...between(fields) };
    case 'tests':
      return { about, module: fields.module('module') };
    case 'submission':
      return { about, module: fields.module('module'), tree: fields.tree('tree') };
    case 'approval':
      return { about, gate: fields.gate('gate'), submission: fields.digest('submission') };
    default:
      throw new Misfit();
  }
}

function show(fields: Fields): Show {
  const view = fields.word('view');
  switch (view) {
    case 'graph':
    case 'streams':
    case 'gates':
    case 'table':
    case 'account':
      return { view };
    case 'module':
    case 'amendment':
      return { view, module: fields.module('module') };
    default:
      throw new Misfit();
  }
}

const between = (fields: Fields) => ({
  module: fields.module('module'),
  from: fields.version('from'),
  to: fields.version('to'),
});

function runKey(fields: Fields): RunKey {
  return { folder: fields.uri('folder'), run: fields.run('run') };
}
