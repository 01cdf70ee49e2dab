import type { Uri } from 'vscode';
import type { Diagnostic } from '../../engine/plan/diagnostic.ts';

/** The plan files of this window. */
export interface Plans {
  /** Everything that lies in the folders, by path; at most a few hundred. */
  find(): Promise<Uri[]>;
  /** Tries a plan with its files and contracts, underlines what was found, and says how it ended. */
  check(plan: Uri): Promise<void>;
  /** Draws the plan beside its text, and when what would be worked on; follows what is typed. */
  preview(plan: Uri): Promise<void>;
  /**
   * Underlines what was found elsewhere, until the text changes. `isWhole`: nothing else is wrong;
   * otherwise it was not even looked at, and what is underlined stays.
   */
  show(plan: Uri, diagnostics: readonly Diagnostic[], isWhole: boolean): void;
}
