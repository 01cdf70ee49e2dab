import type { Uri } from 'vscode';

/** The plan files of this window. */
export interface Plans {
  /** Everything that lies in the folders, by path; at most a few hundred. */
  find(): Promise<Uri[]>;
  /** Tries a plan with its files and contracts, and shows what was found. */
  check(plan: Uri): Promise<void>;
}
