/** Why a journal, or a part of it, cannot be relied on. */
export type JournalProblemCode =
  | 'file-too-large'
  | 'line-too-long'
  | 'line-unreadable'
  | 'version-unknown'
  | 'plan-mismatch'
  | 'lines-missing'
  | 'line-repeated'
  | 'chain-broken'
  | 'time-runs-back'
  | 'decision-broken'
  | 'tail-missing'
  | 'head-mismatch';

/** A fault that a crash does not explain. What stands before its line is not affected. */
export interface JournalProblem {
  readonly code: JournalProblemCode;
  /** 1-based; 0 where the file as a whole is meant. */
  readonly line: number;
  /** What was found, and what a person can do. */
  readonly message: string;
}

const restore = 'Restore the journal from a copy';

const messages: Readonly<Record<JournalProblemCode, string>> = {
  'file-too-large': `The journal is larger than any that this program writes. ${restore}.`,
  'line-too-long': `The line is longer than any that this program writes. ${restore}.`,
  'line-unreadable': `The line is not an event. It was edited or the disk is damaged. ${restore}.`,
  'version-unknown':
    'The line has a format that this version does not know. Use the version that wrote it, or a newer one.',
  'plan-mismatch': `The run does not begin with the plan it was started with. ${restore}.`,
  'lines-missing': `Lines before this one are missing. ${restore}.`,
  'line-repeated': `The line's number was used before. It was edited, or two programs wrote at once. ${restore}.`,
  'chain-broken': `The line before this one is not as it was written, or lines were exchanged. ${restore}.`,
  'time-runs-back': `The line is dated before the one it follows. ${restore}.`,
  'decision-broken': `Events that belong together are not all here. ${restore}.`,
  'tail-missing': `The journal ends before its anchored head: lines were cut off. ${restore}.`,
  'head-mismatch': `The line is not the one that was anchored as the head. ${restore}.`,
};

export function journalProblem(code: JournalProblemCode, line: number): JournalProblem {
  return { code, line, message: messages[code] };
}
