import type { ExtensionContext } from 'vscode';
import type { RunKey } from '../../protocol/board.ts';
import { keyText } from '../runs/run-place.ts';

const name = 'ashlar.records';
/** More boards of files than anybody has open. */
const mostRecords = 50;

type Kept = Pick<ExtensionContext, 'workspaceState'>;

const known = ({ workspaceState }: Kept): readonly string[] =>
  workspaceState.get<readonly string[]>(name, []);

/** So that a reload brings its board back; a page itself cannot have just any file read. */
export async function rememberRecord(context: Kept, key: RunKey): Promise<void> {
  const text = keyText(key);
  const others = known(context).filter((each) => each !== text);
  await context.workspaceState.update(name, [text, ...others].slice(0, mostRecords));
}

export const wasRecord = (context: Kept, key: RunKey): boolean =>
  known(context).includes(keyText(key));
