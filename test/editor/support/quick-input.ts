import type { EditorWindow } from './window.ts';

/** Chooses from the list that the window shows at its top. */
export async function pick({ quickInput }: EditorWindow, name: string | RegExp): Promise<void> {
  await quickInput.getByRole('option', { name }).first().click();
}

/** Answers the question that the window asks at its top; without a text, with what stands there. */
export async function answer(window: EditorWindow, asks: string, text?: string): Promise<void> {
  const { quickInput } = window;
  await quickInput.filter({ hasText: asks }).waitFor();
  const input = quickInput.locator('input').first();
  if (text !== undefined) await input.fill(text);
  // Wherever the focus is: what is drawn behind it may have taken it.
  await input.press('Enter');
  await quickInput.filter({ hasText: asks }).waitFor({ state: 'hidden' });
}
