import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { scriptLimits } from './limits.ts';
import type { ScriptProblem } from './problem.ts';
import {
  arbiterTurn,
  builderTurn,
  contractTurn,
  integratorTurn,
  reviewTurn,
  splitTurn,
  type Turn,
} from './turn.ts';
import { listTurnFiles } from './turn-files.ts';
import {
  arbiterTurnSchema,
  builderTurnSchema,
  contractTurnSchema,
  integratorTurnSchema,
  reviewTurnSchema,
  splitTurnSchema,
} from './turn-schema.ts';
import { readTurnYaml } from './turn-yaml.ts';

export type Loaded<T> = T | { readonly problems: readonly ScriptProblem[] };

/** Reads the folder of one turn: its `turn.yaml`, and `files/` where the turn leaves any. */
export async function loadTurn(
  script: string,
  name: string,
  kind: Turn['kind'],
): Promise<Loaded<{ readonly turn: Turn }>> {
  const folder = join(script, name);
  const writes = kind === 'builder' || kind === 'contract' || kind === 'split';
  const problems: ScriptProblem[] = [];
  for (const entry of (await readdir(folder)).sort()) {
    const known = entry === 'turn.yaml' || (entry === 'files' && writes);
    if (!known && !isNote(entry)) {
      const message = writes
        ? 'is not part of a turn: it has a turn.yaml and files/'
        : 'is not part of a turn that judges: it has a turn.yaml only';
      problems.push({ file: `${name}/${entry}`, line: null, message });
    }
  }
  const listed = await listTurnFiles(join(folder, 'files'), `${name}/files`);
  problems.push(...listed.problems);

  const file = `${name}/turn.yaml`;
  const text = await readBounded(join(folder, 'turn.yaml'));
  if ('message' in text) return { problems: [...problems, { file, line: null, ...text }] };
  const read = <T>(schema: z.ZodType<T>, make: (value: T) => Turn): Loaded<{ turn: Turn }> => {
    const result = readTurnYaml(text.text, schema);
    if ('problems' in result) {
      problems.push(...result.problems.map((problem) => ({ file, ...problem })));
    } else if (problems.length === 0) return { turn: make(result.value) };
    return { problems };
  };
  switch (kind) {
    case 'builder':
      return read(
        builderTurnSchema.superRefine((value, context) => {
          value.handoffs.forEach(({ files }, index) => {
            files.forEach((path, at) => {
              if (listed.files.paths.includes(path)) return;
              const message = `${JSON.stringify(path)} is not one of the turn's files/`;
              context.addIssue({ code: 'custom', path: ['handoffs', index, 'files', at], message });
            });
          });
        }),
        (value) => builderTurn(value, listed.files),
      );
    case 'contract':
      return read(contractTurnSchema, (value) => contractTurn(value, listed.files));
    case 'split':
      return read(splitTurnSchema, (value) => splitTurn(value, listed.files));
    case 'review':
      return read(reviewTurnSchema, reviewTurn);
    case 'integrator':
      return read(integratorTurnSchema, integratorTurn);
    case 'arbiter':
      return read(arbiterTurnSchema, arbiterTurn);
  }
}

/** What authors and systems leave beside a script: Markdown and dot files. */
export function isNote(name: string): boolean {
  return name.startsWith('.') || name.endsWith('.md');
}

async function readBounded(path: string): Promise<{ text: string } | { message: string }> {
  const about = await lstat(path).catch(() => null);
  if (about === null) return { message: 'is missing' };
  if (!about.isFile()) return { message: 'is not a file' };
  if (about.size > scriptLimits.turnYamlBytes)
    return { message: `is larger than ${scriptLimits.turnYamlBytes} bytes` };
  return { text: await readFile(path, 'utf8') };
}
