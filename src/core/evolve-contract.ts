import { plannersSource } from './contract-version.ts';
import type { Draft } from './draft.ts';
import type {
  AmendmentFailed,
  ContractAmended,
  ContractRefused,
  ContractWritten,
} from './events/contract.ts';
import { forgetFeedback } from './evolve-feedback.ts';
import { withLife } from './settle.ts';
import type { Amending, ContractState, ModuleState } from './module-state.ts';

/** A version whose tests were listed. */
export function written(contract: ContractState, event: ContractWritten): ContractState {
  const { version, listing, tests } = event;
  if (version === contract.version) {
    return { ...contract, listing, tests, refusals: 0, refused: [] };
  }
  const first = {
    version,
    tree: event.contract,
    reason: '',
    source: 'plan',
    at: event.at,
  } as const;
  const history = [first];
  return { version, tree: event.contract, listing, tests, history, refusals: 0, refused: [] };
}

/** A new version: what is at work for the old one ends first, the rest is put to the new tests. */
export function amended(
  draft: Draft,
  node: number,
  module: ModuleState,
  event: ContractAmended,
): ModuleState {
  forgetFeedback(draft, node);
  const { version, reason, source, at } = event;
  const tree = event.contract;
  const { contract, life } = module;
  // A draft that was refused gives way to the next one of its number.
  const earlier = contract.history.filter((each) => each.version < version);
  const history = [...earlier, { version, tree, reason, source, at }];
  const fresh = version > contract.version;
  const { refusals, refused } = fresh ? notRefused : contract;
  const byPerson = source === 'person' && isUsedUp(module);
  const next: ModuleState = {
    ...module,
    contract: { version, tree, listing: null, tests: 0, history, refusals, refused },
    judged: 0,
    confirmations: 0,
    judgement: null,
    replaces: false,
    grants: module.grants + (fresh && (byPerson || source === 'exhaustion') ? 1 : 0),
    steps: byPerson ? 0 : module.steps,
  };
  if (life.at === 'generating') return { ...next, life: { ...life, ending: true } };
  if (life.at === 'evaluating') return { ...next, life: { ...life, outdated: true } };
  if (life.at === 'verifying' && life.order !== null) {
    return { ...next, life: { ...life, outdated: true } };
  }
  if (life.at === 'amending' && life.order !== null && source === 'person') {
    return { ...next, life: { ...life, superseded: true } };
  }
  if (life.at === 'submitted' || life.at === 'passed') {
    return withLife(draft, node, { ...next, seed: life.submission.tree });
  }
  return withLife(draft, node, next);
}

/** Whether its budget is used up and nothing has given it a fresh one yet, under whoever's hands it is. */
function isUsedUp({ life, contract }: ModuleState): boolean {
  if (life.at === 'abandoned') return true;
  // A draft that was refused brought its grant with it.
  if (contract.refusals > 0) return false;
  if (life.at === 'escalated') return life.reason === 'exhausted';
  if (life.at !== 'amending' || life.superseded) return false;
  return life.source === 'exhaustion' || life.source === 'split';
}

const notRefused = { refusals: 0, refused: [] } as const;

/** A planner's draft that decides nothing: the planner is asked again, or a person is, as told. */
export function refused(module: ModuleState, event: ContractRefused): ModuleState {
  const source = plannersSource(module.contract);
  if (source === null) return module;
  const refusals = module.contract.refusals + 1;
  const contract = { ...module.contract, refusals, refused: event.evidence };
  if (event.again !== true) return { ...module, contract };
  const reason = `the last draft was refused (${event.code})`;
  const asked = { order: null, source, reason, epoch: 1, superseded: false } as const;
  return { ...module, contract, life: { at: 'amending', ...asked } };
}

/** A planner came back with nothing: another one is asked, or it is not needed any more. */
export function amendmentFailed(
  draft: Draft,
  node: number,
  module: ModuleState & { readonly life: Amending },
  { evidence = [], unserved }: AmendmentFailed,
): ModuleState {
  const { life, contract } = module;
  if (life.superseded) return withLife(draft, node, module);
  const next = { ...life, order: null, epoch: life.epoch + (unserved === true ? 0 : 1) };
  if (evidence.length === 0) return { ...module, life: next };
  return { ...module, contract: { ...contract, refused: evidence }, life: next };
}
