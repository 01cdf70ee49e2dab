import { phrase } from '../core/phrase.ts';
import { isRuling } from '../core/conflict.ts';
import { subjectOf } from '../core/decide-person.ts';
import { gateId, isDigest, isName } from '../core/ids.ts';
import { gateState } from '../core/lookup.ts';
import { isModelName } from '../core/plan/model-name.ts';
import { poolKinds } from '../core/plan/plan.ts';
import { knownAgents } from '../core/plan/rule-pools.ts';
import type { RunState } from '../core/state.ts';
import { budgetCommand } from './budget-command.ts';
import { contractCommand } from './contract-command.ts';
import { switchNotes } from './open-models.ts';
import { failed, type Built, type PersonRequest } from './person-request.ts';
import { runFolder } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';
import { readSettings } from './session-settings.ts';

/** For a run as it is now; a contract that it names is in the store when this resolves. */
export async function buildCommand(
  workspace: string,
  record: Pick<RunRecord, 'run' | 'state'>,
  request: PersonRequest,
  by: string,
): Promise<Built> {
  switch (request.type) {
    case 'pause':
      return { ok: true, command: { type: 'pause-run', by } };
    case 'resume':
      return { ok: true, command: { type: 'resume-run', by } };
    case 'cancel':
      return { ok: true, command: { type: 'cancel-run', by, reason: request.reason } };
    case 'budget':
      return budgetCommand(request, by);
    case 'retry-provider':
      return { ok: true, command: { type: 'retry-provider', provider: request.provider, by } };
    case 'agents':
      return agentsCommand(workspace, record, request, by);
    case 'approve':
    case 'reject':
      return gateCommand(record.state, request, by);
    case 'resolve':
      return rulingCommand(request, by);
    case 'reopen':
    case 'amend':
      return contractCommand(workspace, record, request, by);
  }
}

async function agentsCommand(
  workspace: string,
  { run, state: { plan } }: Pick<RunRecord, 'run' | 'state'>,
  { pool, agent, model }: Extract<PersonRequest, { type: 'agents' }>,
  by: string,
): Promise<Built> {
  const of = poolKinds.find((each) => each === pool);
  if (of === undefined) {
    const message = phrase(
      'there is no pool {0}; name planners, builders or reviewers',
      JSON.stringify(pool.slice(0, 80)),
    );
    return failed('unknown-pool', message);
  }
  if (!isName(agent)) {
    const message = phrase(
      "{0} is no agent provider's name; name one of {1}",
      JSON.stringify(agent.slice(0, 80)),
      knownAgents.join(', '),
    );
    return failed('unknown-agents', message);
  }
  if (model !== null && !isModelName(model)) {
    const message = phrase(
      "{0} is no model's id; name one as {1} calls it, such as claude-sonnet-5-5, or none for its own",
      JSON.stringify(model.slice(0, 80)),
      agent,
    );
    return failed('bad-model', message);
  }
  if (model !== null && agent === 'scripted') {
    const message = phrase(
      'scripted agents are no model; leave the model out, or name other agents',
    );
    return failed('bad-model', message);
  }
  const named = model === null ? {} : { model };
  const notes = switchNotes(plan, of, agent, model, await readSettings(runFolder(workspace, run)));
  return { ok: true, command: { type: 'switch-agents', pool: of, agent, ...named, by }, notes };
}

function rulingCommand(
  { conflict, decision, reason }: Extract<PersonRequest, { type: 'resolve' }>,
  by: string,
): Built {
  if (!isRuling(decision)) {
    return failed('bad-decision', `--decision wants uphold, overturn or amend, not ${decision}`);
  }
  return { ok: true, command: { type: 'resolve-conflict', conflict, decision, reason, by } };
}

function gateCommand(
  state: RunState,
  request: Extract<PersonRequest, { type: 'approve' | 'reject' }>,
  by: string,
): Built {
  const { note } = request;
  if (!isName(request.gate) || !state.graph.gateIndex.has(gateId(request.gate))) {
    const gates = state.plan.gates.map(({ id }) => id).join(', ');
    return failed(
      'unknown-gate',
      phrase('the plan has no gate {0}; it has {1}', request.gate, gates),
    );
  }
  const gate = gateId(request.gate);
  const asked = request.submission ?? subjectOf(gateState(state, gate));
  if (asked === null) {
    return failed('nothing-to-approve', phrase('{0} does not wait for a decision now', gate));
  }
  if (!isDigest(asked)) {
    const message = '--subject wants the 64 digits that `ashlar status` prints';
    return failed('bad-subject', message);
  }
  const type = request.type === 'approve' ? 'approve-gate' : 'reject-gate';
  return { ok: true, command: { type, gate, submission: asked, by, note } };
}
