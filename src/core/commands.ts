import type { AgentResult } from './commands/agent-result.ts';
import type { BuilderResult } from './commands/builder-result.ts';
import type { ContractResult } from './commands/contract-result.ts';
import type { DisputeResult } from './commands/dispute-result.ts';
import type { DriverCommand } from './commands/driver.ts';
import type { HandoffResult } from './commands/handoff-result.ts';
import type { JudgingResult } from './commands/judging-result.ts';
import type { PersonCommand } from './commands/person.ts';
import type { RunResult } from './commands/run-result.ts';

/** What effects bring back. */
export type EffectResult =
  | RunResult
  | BuilderResult
  | HandoffResult
  | JudgingResult
  | DisputeResult
  | ContractResult
  | AgentResult;

/** All that a run can be told. */
export type Command = DriverCommand | PersonCommand | EffectResult;
