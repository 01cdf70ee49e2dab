import { expect } from 'vitest';
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

/** Answers the question where a file goes, in the editor's own dialog for that. */
export async function saveAs({ quickInput }: EditorWindow, path: string): Promise<void> {
  const input = quickInput.locator('input').first();
  // What is typed before it has looked at its folder is added to what it shows then.
  await expect.poll(() => input.inputValue()).toMatch(/[^/]$/);
  await quickInput.getByRole('option').first().waitFor();
  await input.fill(path);
  await expect.poll(() => input.inputValue()).toBe(path);
  await input.press('Enter');
  await quickInput.getByRole('button', { name: 'OK' }).waitFor({ state: 'hidden' });
}
