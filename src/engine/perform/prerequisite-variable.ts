import type { VariablePrerequisite } from '../../core/plan/plan.ts';
import { holds, missing, type Found } from './prerequisite-room.ts';

/** Whether a variable is set as it should be. Nothing that is said of it holds its value. */
export function checkVariable(
  environment: NodeJS.ProcessEnv,
  { env, pattern }: VariablePrerequisite,
): Found {
  const value = environment[env];
  if (value === undefined) return missing(`${env} is not set.`);
  if (value === '') return missing(`${env} is empty.`);
  if (pattern === null || looksLike(value, pattern)) return holds;
  return missing(`${env} is set, but does not look like ${pattern}.`);
}

/** `*` stands for anything. In steps that grow with the text, whatever the pattern. */
export function looksLike(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
