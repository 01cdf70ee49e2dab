import { lstat, readFile, readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { PersonCommand } from '../core/commands/person.ts';
import { isRuling } from '../core/conflict.ts';
import { decide } from '../core/decide.ts';
import { gateState } from '../core/lookup.ts';
import { subjectOf } from '../core/decide-person.ts';
import { isName, gateId, isDigest, moduleId, type ModuleId, type RunId } from '../core/ids.ts';
import { poolKinds } from '../core/plan/plan.ts';
import { knownAgents } from '../core/plan/rule-pools.ts';
import type { RunState } from '../core/state.ts';
import { systemClock } from './clock.ts';
import { errorCode } from './journal/durable.ts';
import { awaitAnswer, putCommand } from './journal/inbox-client.ts';
import { keepContract } from './perform/amend.ts';
import { modulePlan } from '../core/graph.ts';
import { contractNow } from './contract-now.ts';
import { budgetCommand, type BudgetRequest } from './budget-command.ts';
import { readRun, type RunRecord } from './run-record.ts';
import type { RunSession } from './run-session.ts';
import type { Unstamped } from './run-loop.ts';
import { resumeRun } from './start-run.ts';
import { amendContract, type ContractChange } from './store/amend-contract.ts';
import { Store } from './store/store.ts';

/** What a person asks of a run, in words and files; names are checked here. */
export type PersonRequest =
  | { readonly type: 'pause' | 'resume' }
  | { readonly type: 'cancel'; readonly reason: string }
  | ({ readonly type: 'budget' } & BudgetRequest)
  /** `provider` null: all that are waited for. */
  | { readonly type: 'retry-provider'; readonly provider: string | null }
  /** Names are checked here. */
  | { readonly type: 'agents'; readonly pool: string; readonly agent: string }
  | {
      readonly type: 'approve';
      readonly gate: string;
      readonly submission: string;
      readonly note: string;
    }
  /** `submission` null: whatever the gate asks about now. */
  | {
      readonly type: 'reject';
      readonly gate: string;
      readonly submission: string | null;
      readonly note: string;
    }
  /** `decision` is checked here. */
  | {
      readonly type: 'resolve';
      readonly conflict: number;
      readonly decision: string;
      readonly reason: string;
    }
  /** `contractPath`: the contract's new text, or a folder with its changed files; null: the reason is added to it. */
  | {
      readonly type: 'reopen' | 'amend';
      readonly module: string;
      readonly reason: string;
      readonly contractPath: string | null;
      /** Files that are taken out of the contract; none unless given. Only beside a folder. */
      readonly removed?: readonly string[];
    };

export type Sent = { readonly ok: true; readonly how: 'done' | 'left-for-resume' } | Failed;

interface Failed {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

const answerTimeoutMs = 15_000;
const maxContractBytes = 4 * 1024 * 1024;
const maxContractFiles = 1_000;

const failed = (code: string, message: string): Failed => ({ ok: false, code, message });

/**
 * Brings a person's command to a run from whichever process: through the inbox where somebody
 * drives it; else it is tried on the journal, and left in the inbox for the next driver.
 */
export async function sendCommand(
  workspace: string,
  run: RunId,
  request: PersonRequest,
  by = 'command line',
): Promise<Sent> {
  const read = await readRun(workspace, run);
  return read.ok ? bringCommand(workspace, read.record, request, by) : read;
}

/** A run as far as bringing it a command goes; whoever follows it knows all this already. */
export type Addressee = Pick<RunRecord, 'run' | 'folder' | 'state' | 'driver'>;

/** The same for a run that was read before. */
export async function bringCommand(
  workspace: string,
  record: Addressee,
  request: PersonRequest,
  by: string,
): Promise<Sent> {
  const built = await buildCommand(workspace, record, request, by);
  if (!built.ok) return built;
  const { command } = built;
  if (record.driver === null) {
    // Nobody is there to answer, so the rules answer here, on what is recorded.
    const decision = decide(record.state, { ...command, at: record.state.at });
    if (!decision.ok) return { ok: false, ...decision.refusal };
    if (request.type === 'cancel') return cancelHere(workspace, record.run, command);
  }
  const clock = systemClock();
  const put = await putCommand(record.folder, { ...command }, { clock });
  if (!put.ok) return put;
  if (record.driver === null) return { ok: true, how: 'left-for-resume' };
  const answer = await awaitAnswer(record.folder, put.id, { clock, timeoutMs: answerTimeoutMs });
  if (answer === null) return { ok: true, how: 'left-for-resume' };
  return answer.accepted ? { ok: true, how: 'done' } : { ok: false, ...answer };
}

/** A cancelled run ends in its postmortem, so somebody must drive it there. */
async function cancelHere(
  workspace: string,
  run: RunId,
  command: Unstamped<PersonCommand>,
): Promise<Sent> {
  const opened = await resumeRun(workspace, run, {
    agents: null,
    script: null,
    models: null,
    speed: 1,
    autoApprove: false,
    stayOpen: false,
    observe: () => undefined,
    onNote: () => undefined,
  });
  if (!opened.ok) return opened;
  await using session: RunSession = opened.session;
  const refusal = await session.ask(command);
  if (refusal !== null) return { ok: false, ...refusal };
  await session.finished;
  return { ok: true, how: 'done' };
}

/** A request as the rules take it, or why it does not fit the run. */
export type Built = { readonly ok: true; readonly command: Unstamped<PersonCommand> } | Failed;

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
      return agentsCommand(request, by);
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

function agentsCommand(
  { pool, agent }: Extract<PersonRequest, { type: 'agents' }>,
  by: string,
): Built {
  const of = poolKinds.find((each) => each === pool);
  if (of === undefined) {
    const message = `there is no pool ${JSON.stringify(pool.slice(0, 80))}; name planners, builders or reviewers`;
    return failed('unknown-pool', message);
  }
  if (!isName(agent)) {
    const message = `${JSON.stringify(agent.slice(0, 80))} is no agent provider's name; name one of ${knownAgents.join(', ')}`;
    return failed('unknown-agents', message);
  }
  return { ok: true, command: { type: 'switch-agents', pool: of, agent, by } };
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
    return failed('unknown-gate', `the plan has no gate ${request.gate}; it has ${gates}`);
  }
  const gate = gateId(request.gate);
  const asked = request.submission ?? subjectOf(gateState(state, gate));
  if (asked === null) {
    return failed('nothing-to-approve', `${gate} does not wait for a decision now`);
  }
  if (!isDigest(asked)) {
    const message = '--subject wants the 64 digits that `ashlar status` prints';
    return failed('bad-subject', message);
  }
  const type = request.type === 'approve' ? 'approve-gate' : 'reject-gate';
  return { ok: true, command: { type, gate, submission: asked, by, note } };
}

async function contractCommand(
  workspace: string,
  { run, state }: Pick<RunRecord, 'run' | 'state'>,
  request: Extract<PersonRequest, { type: 'reopen' | 'amend' }>,
  by: string,
): Promise<Built> {
  const { reason } = request;
  if (!isName(request.module) || !state.graph.moduleIndex.has(moduleId(request.module))) {
    return failed('unknown-module', `the plan has no module ${request.module}`);
  }
  const module = moduleId(request.module);
  const node = state.graph.moduleIndex.get(module) ?? 0;
  const plan = modulePlan(state.plan, node).contract;
  await using store = await Store.open(workspace);
  const change =
    request.contractPath === null
      ? await withReason(store, state, module, reason)
      : await readChange(resolve(workspace, request.contractPath), request.removed ?? []);
  if ('ok' in change) return change;
  const amended = await amendContract(store, await contractNow(store, state, node), plan, change);
  if (!amended.ok) return failed(amended.failure.code, amended.failure.message);
  const { tree } = amended.contract;
  await keepContract(store, run, module, tree);
  const type = request.type === 'reopen' ? 'reopen-module' : 'amend-contract';
  return { ok: true, command: { type, module, contract: tree, reason, by } };
}

/** The contract with the reason as its last paragraph: the least that can be asked for anew. */
async function withReason(
  store: Store,
  state: RunState,
  module: ModuleId,
  reason: string,
): Promise<ContractChange> {
  const node = state.graph.moduleIndex.get(module) ?? 0;
  const { file } = modulePlan(state.plan, node).contract;
  const { version } = state.modules.get(node).contract;
  const tree = await contractNow(store, state, node);
  const text = (await store.readFile(tree, `contract/${file}`))?.toString('utf8') ?? '';
  if (version === 0 && text === '') return { type: 'text', text: `# ${module}\n\n${reason}\n` };
  const amendment = `\n## Amended in version ${version + 1}\n\n${reason}\n`;
  return { type: 'text', text: `${text.trimEnd()}\n${amendment}` };
}

async function readChange(
  path: string,
  removed: readonly string[],
): Promise<ContractChange | Failed> {
  try {
    const stats = await lstat(path);
    if (stats.isFile()) {
      if (stats.size > maxContractBytes)
        return failed('contract-too-large', `${path} is too large`);
      return { type: 'text', text: await readFile(path, 'utf8') };
    }
    if (stats.isDirectory()) return await readFolder(path, removed);
    return failed('contract-unreadable', `${path} is neither a file nor a folder`);
  } catch (error) {
    const why = errorCode(error) ?? String(error);
    return failed('contract-unreadable', `${path} cannot be read (${why})`);
  }
}

async function readFolder(
  path: string,
  removed: readonly string[],
): Promise<ContractChange | Failed> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const count = files.length + removed.length;
  if (count === 0 || count > maxContractFiles) {
    return failed(
      'contract-unreadable',
      `${path} holds ${files.length} files; 1 to ${maxContractFiles} can be taken`,
    );
  }
  const changed = files.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    return { path: relative(path, file).split(sep).join('/'), content: await readFile(file) };
  });
  const gone = removed.map((each) => ({ path: each, content: null }));
  return { type: 'files', files: [...(await Promise.all(changed)), ...gone] };
}
