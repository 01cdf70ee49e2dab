import type { LanguageModelChat } from 'vscode';
import { oneLine } from '../../core/projections/safe-text.ts';
import { ModelFailure } from '../../engine/agents/model/chat-model.ts';

const tooLarge = /too (?:long|large)|token limit|context (?:length|window)|maximum context/i;
const filtered = /content.?filter|was filtered|got filtered|responsible ai/i;

/** Why a language model of the editor gave no answer, with what a person can do. */
export function editorFailure(error: unknown, { name }: Pick<LanguageModelChat, 'name'>): Error {
  const model = oneLine(name, 80);
  const says = oneLine(wordsOf(error), 300);
  switch (codeOf(error)) {
    case 'NotFound':
      return new ModelFailure(
        'no-model',
        `the editor no longer offers ${model}: sign in to the extension that brings it and try the agent provider again, or switch the agents`,
      );
    case 'NoPermissions':
      return new ModelFailure(
        'no-model',
        `Ashlar may not use ${model}: allow it when the editor asks, or in “Accounts: Manage Language Model Access”, and try the agent provider again`,
      );
    // A quota that is used up, or too much asked in a short time: it goes on by itself.
    case 'Blocked':
      return new ModelFailure('provider-down', `${model} is not to be had just now: ${says}`);
    default:
      return tooLarge.test(says)
        ? new ModelFailure('too-large', `${model}: ${says}`)
        : new ModelFailure('provider-down', `${model} gave no answer: ${says}`);
  }
}

/** A model that is kept from an answer for what the answer says has refused the task. */
export const isFiltered = (error: unknown): boolean => filtered.test(wordsOf(error));

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null;

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
