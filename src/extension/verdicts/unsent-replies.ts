import { CommentMode, l10n, type Comment, type CommentThread } from 'vscode';
import { severalLines } from '../../core/projections/safe-text.ts';

/** What a person wrote in a thread and nobody took. */
export interface Unsent {
  readonly thread: CommentThread;
  /** As it was written. */
  readonly text: string;
}

/** Of one thread; nobody writes more in vain. */
const mostKept = 8;

const kept = new WeakMap<CommentThread, readonly Comment[]>();
const meanings = new WeakMap<Comment, string>();
const threads = new WeakMap<Comment, CommentThread>();

/** It stays in the thread, however often that is drawn anew, until it is asked for. */
export function keepUnsent(thread: CommentThread, text: string): void {
  if (text.trim() === '') return;
  const comment: Comment = {
    author: { name: l10n.t('you') },
    body: severalLines(text, 60, 4_000).join('\n'),
    label: l10n.t('not asked for'),
    mode: CommentMode.Preview,
    contextValue: 'unsent',
  };
  meanings.set(comment, text);
  threads.set(comment, thread);
  const before = of(thread).filter((each) => meanings.get(each) !== text);
  kept.set(thread, [...before, comment].slice(-mostKept));
  withUnsent(thread, thread.comments);
}

/** It was asked for after all, or is written otherwise now. */
export function dropUnsent(thread: CommentThread, text: string): void {
  kept.set(
    thread,
    of(thread).filter((each) => meanings.get(each) !== text),
  );
  withUnsent(thread, thread.comments);
}

/** A thread is drawn: with what was written in it in vain below. */
export function withUnsent(thread: CommentThread, said: readonly Comment[]): void {
  thread.comments = [...said.filter((each) => !meanings.has(each)), ...of(thread)];
}

/** A thread goes; what was written in it does not. */
export function moveUnsent(from: CommentThread, to: CommentThread): void {
  for (const comment of of(from)) keepUnsent(to, meanings.get(comment) ?? '');
}

/** What is kept, as the editor hands it to a command that stands beside it; null for anything else. */
export function unsentOf(given: unknown): Unsent | null {
  if (typeof given !== 'object' || given === null) return null;
  const text = meanings.get(given as Comment);
  const thread = threads.get(given as Comment);
  return text === undefined || thread === undefined ? null : { thread, text };
}

const of = (thread: CommentThread): readonly Comment[] => kept.get(thread) ?? [];
