import type {
  PrerequisiteResult,
  RecordPrerequisite,
  RecordPrerequisites,
} from './commands/run-result.ts';
import type { Deciding } from './deciding.ts';
import type { RunPhase } from './state.ts';

/** One result, as soon as it is there: people see the list grow. */
export function recordPrerequisite(deciding: Deciding, command: RecordPrerequisite): void {
  if (isAwaited(deciding, command)) note(deciding, command.result);
}

/** All of them: GO, or what is missing, and then the run waits for a person. */
export function recordPrerequisites(deciding: Deciding, command: RecordPrerequisites): void {
  if (!isAwaited(deciding, command)) return;
  for (const result of command.results) note(deciding, result);
  const { phase } = deciding.state;
  const names = checkedOf(phase).flatMap(({ name, passed }) => (passed ? [] : [name]));
  deciding.emit(
    names.length === 0 ? { type: 'go-given' } : { type: 'prerequisites-missing', names },
  );
}

/** A run that was cancelled meanwhile does not start for good news. */
function isAwaited(
  deciding: Deciding,
  { order }: RecordPrerequisite | RecordPrerequisites,
): boolean {
  const { phase } = deciding.state;
  if (phase.at === 'checking' && phase.order === order) return true;
  deciding.rejectLate(order, null, 'prerequisites of a run that is past them');
  return false;
}

/** What was told once stays as it was told. */
function note(deciding: Deciding, { name, passed, evidence }: PrerequisiteResult): void {
  if (checkedOf(deciding.state.phase).some((each) => each.name === name)) return;
  deciding.emit({ type: 'prerequisite-checked', name, passed, evidence });
}

const checkedOf = (phase: RunPhase) => (phase.at === 'checking' ? phase.checked : []);
