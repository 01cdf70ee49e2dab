import type { Amount } from '../../../src/core/budget.ts';
import { moduleId, nodeRef, order, treeId } from '../../../src/core/ids.ts';
import { agentId } from '../../../src/engine/agents/agent-id.ts';
import type {
  ArchitectTask,
  BuilderTask,
  ContractAuthorTask,
  EvaluatorTask,
  IntegratorTask,
  PreconditionTask,
  ScoutTask,
} from '../../../src/engine/agents/task.ts';
import { ownRun } from '../../support/own-run.ts';

/** Tasks with nothing special about them; a test says what matters to it. */

const ample: Amount = { tokens: 1_000_000, microUsd: 10_000_000, turns: 100, ms: 3_600_000 };

const common = {
  run: ownRun(),
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

const planning = {
  ...{ run: common.run, agent: common.agent, epoch: 1, allowance: ample },
  ...{ goal: 'A small language.', folder: '/nowhere' },
};
const informed = {
  ...planning,
  role: 'architect' as const,
  ...{ draft: 1, findings: [], answers: [], mayAsk: true },
};

export const scoutTask = (over: Partial<ScoutTask> = {}): ScoutTask => ({
  ...{ ...planning, role: 'scout', scout: 1, question: 'What is here?' },
  ...over,
});

export const preconditionTask = (over: Partial<PreconditionTask> = {}): PreconditionTask => ({
  ...{ ...informed, work: 'precondition' },
  ...over,
});

export const architectTask = (over: Partial<ArchitectTask> = {}): ArchitectTask => {
  const condition = { holds: true, says: 'It holds.', evidence: ['README.md:1'] };
  return {
    ...{ ...informed, work: 'plan', refused: null },
    assessment: {
      conditions: { modules: condition, interfaces: condition, workPerModule: condition },
      pieces: [
        {
          ...{ id: 'lexer', purpose: 'Reads.', minutes: 10, review: 1, tokens: 1_000 },
          needs: [{ on: 'tables', kind: 'soft' }],
        },
      ],
    },
    ...over,
  };
};
