import { issue, type Issue, type IssuePath } from './issue.ts';
import { allOf, phrase } from '../phrase.ts';
import { isUrl, urlFault } from './prerequisite-url.ts';
import type { Prerequisite } from './plan.ts';
import type { PrerequisiteFile } from './schema-prerequisite.ts';

type Fields = Exclude<PrerequisiteFile, string>;

const kinds = ['run', 'env', 'program', 'service', 'mcp'] as const;

/** Fields that say something of one kind alone. */
const details = { pattern: 'env', version: 'program', pass: 'mcp' } as const;

/** Prerequisites in the order of the file; one that asks for nothing, or for two things, is left out. */
export function normalisePrerequisites(
  file: Readonly<Record<string, PrerequisiteFile>>,
  issues: Issue[],
): Prerequisite[] {
  return Object.entries(file).flatMap(([name, each]) => {
    const fields = typeof each === 'string' ? { run: each } : each;
    const path = ['prerequisites', name];
    return normalisePrerequisite(name, fields, path, issues) ?? [];
  });
}

function normalisePrerequisite(
  name: string,
  fields: Fields,
  path: IssuePath,
  issues: Issue[],
): Prerequisite | null {
  const asked = kinds.filter((kind) => fields[kind] !== undefined);
  const [kind] = asked;
  if (kind === undefined || asked.length > 1) {
    const message =
      kind === undefined
        ? phrase('prerequisite {0} asks for nothing', name)
        : phrase('prerequisite {0} asks for {1} at once', name, allOf(asked));
    const fix = phrase('Give it exactly one of {0}.', kinds.join(', '));
    issues.push(issue('invalid-value', path, message, fix));
    return null;
  }
  for (const [field, of] of Object.entries(details)) {
    if (fields[field as keyof typeof details] === undefined || of === kind) continue;
    const message = phrase('"{0}" goes with "{1}", not with "{2}"', field, of, kind);
    issues.push(
      issue('invalid-value', [...path, field], message, phrase('Remove one of the two.')),
    );
  }
  const url = fields.service ?? fields.mcp ?? '';
  if (isUrl(url)) {
    const fault = urlFault(url);
    if (fault !== null) {
      const message = phrase('the URL of prerequisite {0} {1}', name, fault);
      issues.push(issue('invalid-value', [...path, kind], message, urlFix));
    }
    if (fields.pass !== undefined) {
      const message = phrase(
        '"pass" of prerequisite {0} goes with a command, not with a URL',
        name,
      );
      const fix = phrase('Remove "pass", or give the command that starts the server.');
      issues.push(issue('invalid-value', [...path, 'pass'], message, fix));
    }
  }
  return prerequisite(name, fields);
}

/** A URL is recorded with the plan, and shown wherever it is told of. */
const urlFix = phrase(
  'Give the address alone: what needs a secret is reached by a command that is given a variable.',
);

function prerequisite(name: string, fields: Fields): Prerequisite | null {
  const { run, env, program, service, mcp, seconds, remedy } = fields;
  const timeoutMs = seconds === undefined ? null : Math.ceil(seconds * 1_000);
  const common = { name, timeoutMs, remedy: remedy ?? null };
  if (run !== undefined) return { ...common, run };
  if (env !== undefined) return { ...common, env, pattern: fields.pattern ?? null };
  if (program !== undefined) return { ...common, program, version: fields.version ?? null };
  if (service !== undefined) return { ...common, service };
  return mcp === undefined ? null : { ...common, mcp, pass: fields.pass ?? [] };
}
