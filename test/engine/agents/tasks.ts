import type { Amount } from '../../../src/core/budget.ts';
import { moduleId, nodeRef, order, runId, treeId } from '../../../src/core/ids.ts';
import { agentId } from '../../../src/engine/agents/agent-id.ts';
import type {
  BuilderTask,
  ContractAuthorTask,
  EvaluatorTask,
  IntegratorTask,
} from '../../../src/engine/agents/task.ts';

/** Tasks with nothing special about them; a test says what matters to it. */

const ample: Amount = { tokens: 1_000_000, microUsd: 10_000_000, turns: 100, ms: 3_600_000 };

const common = {
  run: runId('20260101-0000-test'),
  agent: agentId(order(7)),
  epoch: 1,
  allowance: ample,
  sources: [],
};
const contract = { version: 1, text: 'Turns text into tokens.' };
const paths = { file: 'contracts/lexer.md', tests: ['tests/lexer/**'], stub: ['stubs/lexer/**'] };

export const builderTask = (over: Partial<BuilderTask> = {}): BuilderTask => ({
  ...common,
  role: 'generator',
  module: moduleId('lexer'),
  attempt: 1,
  contract,
  paths,
  commands: [],
  folder: '/nowhere',
  owns: ['src/lexer/**'],
  evidence: [],
  handoffs: [],
  asked: [],
  partners: [],
  ...over,
});

export const evaluatorTask = (over: Partial<EvaluatorTask> = {}): EvaluatorTask => ({
  ...common,
  role: 'evaluator',
  module: moduleId('lexer'),
  attempt: 1,
  contract,
  paths,
  subject: treeId('0'.repeat(40)),
  folder: '/nowhere',
  reviewer: 1,
  checks: [],
  summary: 'Done.',
  changed: { files: [], more: 0 },
  ...over,
});

export const integratorTask = (over: Partial<IntegratorTask> = {}): IntegratorTask => ({
  ...common,
  role: 'integrator',
  gate: nodeRef('tier', 'frontend'),
  attempt: 1,
  check: {
    check: 'cross',
    outcome: 'failed',
    passed: 0,
    failed: 1,
    durationMs: 5,
    cached: false,
    evidence: [],
  },
  between: [],
  evidence: [],
  contracts: [],
  folder: '/nowhere',
  ...over,
});

export const contractAuthorTask = (over: Partial<ContractAuthorTask> = {}): ContractAuthorTask => ({
  ...common,
  role: 'contract-author',
  module: moduleId('lexer'),
  version: 2,
  draft: 1,
  purpose: 'Turn text into tokens.',
  owns: ['src/lexer/**'],
  paths,
  checks: [],
  needs: [],
  reason: 'The parser needs columns.',
  evidence: [],
  folder: '/nowhere',
  ...over,
});
