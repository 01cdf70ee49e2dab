import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { loadProposal, readBounded } from './load-proposal.ts';
import { answerWithoutPlan, architectTurn, preconditionTurn, scoutTurn } from './planning-turn.ts';
import {
  architectTurnSchema,
  preconditionTurnSchema,
  scoutTurnSchema,
} from './planning-turn-schema.ts';
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
  const problems: ScriptProblem[] = [];
  for (const entry of (await readdir(folder)).sort()) {
    if (partsOf[kind].includes(entry) || isNote(entry)) continue;
    const message = `is not part of ${saysParts(kind)}`;
    problems.push({ file: `${name}/${entry}`, line: null, message });
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
    case 'scout':
      return read(scoutTurnSchema, scoutTurn);
    case 'precondition':
      return read(preconditionTurnSchema, preconditionTurn);
    case 'architect': {
      const file = readTurnYaml(text.text, architectTurnSchema);
      const instead = 'value' in file ? answerWithoutPlan(file.value) : null;
      if (instead !== null)
        return read(architectTurnSchema, (value) => architectTurn(value, instead));
      const loaded = await loadProposal(folder, name);
      if ('problems' in loaded) return { problems: [...problems, ...loaded.problems] };
      const proposed = { kind: 'proposed', ...loaded.proposal, files: listed.files } as const;
      return read(architectTurnSchema, (value) => architectTurn(value, proposed));
    }
  }
}

const partsOf: Readonly<Record<Turn['kind'], readonly string[]>> = {
  builder: ['turn.yaml', 'files'],
  contract: ['turn.yaml', 'files'],
  split: ['turn.yaml', 'files'],
  review: ['turn.yaml'],
  integrator: ['turn.yaml'],
  arbiter: ['turn.yaml'],
  scout: ['turn.yaml'],
  precondition: ['turn.yaml'],
  architect: ['turn.yaml', 'plan.yaml', 'design.md', 'files'],
};

function saysParts(kind: Turn['kind']): string {
  const parts = partsOf[kind];
  if (kind === 'scout' || kind === 'precondition')
    return 'a turn that only looks: it has a turn.yaml';
  if (parts.length === 1) return 'a turn that judges: it has a turn.yaml only';
  return parts.length === 2
    ? 'a turn: it has a turn.yaml and files/'
    : "an architect's turn: it has a turn.yaml, a plan.yaml, a design.md and files/";
}

/** What authors and systems leave beside a script: Markdown and dot files. */
export function isNote(name: string): boolean {
  return name.startsWith('.') || name.endsWith('.md');
}
