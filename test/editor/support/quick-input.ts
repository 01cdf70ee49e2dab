import type { EditorWindow } from './window.ts';

/** Chooses from the list that the window shows at its top. */
export async function pick({ quickInput }: EditorWindow, name: string | RegExp): Promise<void> {
  await quickInput.getByRole('option', { name }).first().click();
}

/** Answers the question that the window asks at its top; without a text, with what stands there. */
export async function answer(window: EditorWindow, asks: string, text?: string): Promise<void> {
  const { page, quickInput } = window;
  await quickInput.filter({ hasText: asks }).waitFor();
  if (text !== undefined) await quickInput.locator('input').first().fill(text);
  await page.keyboard.press('Enter');
  await quickInput.filter({ hasText: asks }).waitFor({ state: 'hidden' });
}
