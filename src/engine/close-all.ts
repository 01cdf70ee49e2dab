/** Takes every step whatever becomes of those before it: the lock, last, is always released. */
export async function closeAll(
  steps: readonly (() => Promise<void> | undefined)[],
  onNote: (text: string) => void,
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      onNote(`closing the run: ${String(error)}`);
    }
  }
}
