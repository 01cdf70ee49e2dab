import type { RunId } from '../../core/ids.ts';
import { objectId, type ObjectType } from './object-id.ts';
import type { StoredObject } from './object-reader.ts';
import { runRef } from './ref-name.ts';
import type { Store } from './store.ts';
import { parseTree } from './tree-object.ts';

interface Step {
  readonly oid: string;
  /** Null where a ref may lead to anything. */
  readonly type: ObjectType | null;
  /** How it was reached, for people. */
  readonly where: string;
}

const readAhead = 32;
const maxFindings = 100;

/**
 * Reads everything that the refs of a run lead to and holds each object against its id. Gives what
 * is broken, in words, at most 100; nothing where the run's content is whole.
 */
export async function verifyObjects(store: Store, run: RunId): Promise<string[]> {
  const prefix = runRef(run);
  const seen = new Set<string>();
  const findings: string[] = [];
  let open: Step[] = (await store.listRefs(prefix)).map(({ ref, oid }) => {
    return { oid: oid ?? '', type: null, where: ref.slice(prefix.length + 1) };
  });
  while (open.length > 0 && findings.length < maxFindings) {
    const next: Step[] = [];
    for (let at = 0; at < open.length; at += readAhead) {
      const batch = open
        .slice(at, at + readAhead)
        .filter(({ oid }) => !seen.has(oid) && seen.add(oid));
      for (const result of await examineAll(store, batch)) {
        if (typeof result === 'string') findings.push(result);
        else next.push(...result);
      }
    }
    open = next;
  }
  return findings.slice(0, maxFindings);
}

/** A broken object ends the reader, and with it those asked for at the same time: they are asked for again, alone. */
async function examineAll(store: Store, steps: readonly Step[]) {
  const reads = await Promise.allSettled(steps.map(({ oid }) => store.readObject(oid)));
  const results: (readonly Step[] | string)[] = [];
  for (const [index, step] of steps.entries()) {
    const read = reads[index];
    const object =
      read?.status === 'fulfilled'
        ? read.value
        : await store.readObject(step.oid).catch(() => null);
    results.push(examine(store, step, object));
  }
  return results;
}

/** What an object leads to, or what is wrong with it. */
function examine(store: Store, step: Step, object: StoredObject | null): readonly Step[] | string {
  const { oid, where } = step;
  if (object === null) return `${where}: object ${oid} is missing or cannot be read`;
  if (step.type !== null && step.type !== object.type) {
    return `${where}: object ${oid} is a ${object.type}, not a ${step.type}`;
  }
  if (objectId(store.format, object.type, object.content) !== oid) {
    return `${where}: the content of object ${oid} is not what was stored`;
  }
  switch (object.type) {
    case 'blob':
    case 'tag':
      return [];
    case 'commit':
      return readCommitSteps(object.content.toString('utf8'), where);
    case 'tree':
      return parseTree(object.content, store.format)
        .filter(({ mode }) => mode !== '160000')
        .map(({ name, mode, oid: inner }) => {
          const type = mode === '40000' ? 'tree' : 'blob';
          return { oid: inner, type, where: `${where}/${name}` };
        });
  }
}

function readCommitSteps(text: string, where: string): Step[] {
  const head = text.slice(0, text.indexOf('\n\n'));
  const links = [...head.matchAll(/^(tree|parent) ([0-9a-f]+)$/gm)];
  return links.map(([, word = '', oid = '']) => {
    return { oid, type: word === 'tree' ? 'tree' : 'commit', where };
  });
}
