/** One rule that holds inside the editor, and how it is tried. */
export interface HostTest {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** One at a time, each with its own limit; says what held, and fails with all that did not. */
export async function runSuite(tests: readonly HostTest[], limitMs: number): Promise<void> {
  const failures: string[] = [];
  for (const { title, run } of tests) {
    try {
      await within(limitMs, run());
      console.log(`ok   ${title}`);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.error(`FAIL ${title}\n${why}`);
      failures.push(title);
    }
  }
  console.log(`${tests.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0) throw new Error(`failed in the editor: ${failures.join('; ')}`);
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done after ${limitMs} ms`));
    }, limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
