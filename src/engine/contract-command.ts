import { phrase } from '../core/phrase.ts';
import { modulePlan } from '../core/graph.ts';
import { isName, moduleId, type ModuleId } from '../core/ids.ts';
import type { RunState } from '../core/state.ts';
import { contractNow } from './contract-now.ts';
import { reasonOf } from './failure-line.ts';
import { errorCode } from './journal/durable.ts';
import { lstat, readFile, readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { keepContract } from './perform/amend.ts';
import { failed, type Built, type Failed, type PersonRequest } from './person-request.ts';
import type { RunRecord } from './run-record.ts';
import { amendContract, type ContractChange } from './store/amend-contract.ts';
import { Store } from './store/store.ts';

const maxContractBytes = 4 * 1024 * 1024;

const maxContractFiles = 1_000;

/** A new version of a contract, in the store when this resolves, and the command that names it. */
export async function contractCommand(
  workspace: string,
  { run, state }: Pick<RunRecord, 'run' | 'state'>,
  request: Extract<PersonRequest, { type: 'reopen' | 'amend' }>,
  by: string,
): Promise<Built> {
  const { reason } = request;
  if (!isName(request.module) || !state.graph.moduleIndex.has(moduleId(request.module))) {
    return failed('unknown-module', phrase('the plan has no module {0}', request.module));
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
        return failed('contract-too-large', phrase('{0} is too large', path));
      return { type: 'text', text: await readFile(path, 'utf8') };
    }
    if (stats.isDirectory()) return await readFolder(path, removed);
    return failed('contract-unreadable', phrase('{0} is neither a file nor a folder', path));
  } catch (error) {
    const code = errorCode(error);
    const why = code === null ? String(error) : reasonOf(code);
    return failed('contract-unreadable', phrase('{0} cannot be read: {1}', path, why));
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
      phrase('{0} holds {1} files; 1 to {2} can be taken', path, files.length, maxContractFiles),
    );
  }
  const changed = files.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    return { path: relative(path, file).split(sep).join('/'), content: await readFile(file) };
  });
  const gone = removed.map((each) => ({ path: each, content: null }));
  return { type: 'files', files: [...(await Promise.all(changed)), ...gone] };
}
