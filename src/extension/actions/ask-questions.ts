import { CancellationTokenSource, l10n, window } from 'vscode';
import type { AskPerson } from '../../engine/architect/question-round.ts';
import { plainLabel, plainMessage } from '../native/shown-text.ts';

/** Asks one question after the other; null where the person leaves, or planning is cancelled. */
export const askQuestions: AskPerson = async (questions, signal) => {
  const token = new CancellationTokenSource();
  const cancel = (): void => token.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answers: string[] = [];
    for (const [index, { question, options }] of questions.entries()) {
      const title = l10n.t('Question {0} of {1}', index + 1, questions.length);
      const chosen = options.length === 0 ? null : await choose(title, question, options, token);
      const answer = chosen === null ? await type(title, question, token) : chosen;
      if (answer === undefined || signal.aborted) return null;
      answers.push(answer);
    }
    return answers;
  } finally {
    signal.removeEventListener('abort', cancel);
    token.dispose();
  }
};

/** null: none of them. undefined: left. */
async function choose(
  title: string,
  question: string,
  options: readonly string[],
  { token }: CancellationTokenSource,
): Promise<string | null | undefined> {
  const items: { label: string; answer: string | null }[] = [
    ...options.map((option) => ({ label: plainLabel(option), answer: option })),
    { label: l10n.t('Something else…'), answer: null },
  ];
  const picked = await window.showQuickPick(
    items,
    { title, placeHolder: plainMessage(question, 500), ignoreFocusOut: true },
    token,
  );
  return picked === undefined ? undefined : picked.answer;
}

/** An empty answer says that it does not matter. */
function type(
  title: string,
  question: string,
  { token }: CancellationTokenSource,
): Thenable<string | undefined> {
  const prompt = l10n.t(
    '{0} Leave it empty where it does not matter.',
    plainMessage(question, 500),
  );
  return window.showInputBox({ title, prompt, ignoreFocusOut: true }, token);
}
