import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../src/core/events.ts';
import { canonicalJson, sha256 } from '../../src/engine/canonical-json.ts';
import { beginning, encodeDecision } from '../../src/engine/journal/codec.ts';

/** The bytes of a journal that holds these events, each a decision of its own. */
export function journalText(events: readonly RunEvent[]): string {
  const [first] = events;
  if (first?.type !== 'run-started') throw new Error('a journal begins with a run');
  let head = beginning(sha256(canonicalJson(first.plan)));
  const lines = events.map((event) => {
    const encoded = encodeDecision({ events: [event] }, head);
    ({ head } = encoded);
    return encoded.bytes.toString('utf8');
  });
  return lines.join('');
}

/** Lays a run into a workspace as its driver would have left it; gives its folder. */
export async function layRun(workspace: string, events: readonly RunEvent[]): Promise<string> {
  const [first] = events;
  if (first?.type !== 'run-started') throw new Error('a journal begins with a run');
  const folder = join(workspace, '.ce-workspace', 'runs', first.run);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'journal.jsonl'), journalText(events));
  return folder;
}
