import { readSubmission, type Submission, type SubmissionRules } from '../store/submission.ts';
import { isFolderFault } from './folder-fault.ts';
import type { World } from './world.ts';

/** What an agent left in its folder; a text where it left it so that it cannot be read. */
export async function readLeft(
  { store }: World,
  path: string,
  rules: SubmissionRules,
): Promise<Submission | string> {
  try {
    return await readSubmission(store, path, rules);
  } catch (error) {
    if (!isFolderFault(error)) throw error;
    return error.message;
  }
}
