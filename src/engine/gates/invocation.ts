import type { PlantedCanary } from './canary.ts';
import type { Assurance } from './check-request.ts';
import type { Report } from './reporters/report.ts';

/** A file or folder of ours that stands in for a path of the tree and may be written. */
export interface WritablePath {
  readonly source: string;
  /** Root-relative. */
  readonly path: string;
}

/** How a check's command is started so that its tests are told, and how they are read. */
export interface Invocation {
  readonly command: string | readonly string[];
  /** Added to the child's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly planted: readonly PlantedCanary[];
  /** See `Observation`. */
  readonly failingExit: number | null;
  readonly assurance: Assurance;
  readonly onStdout: ((chunk: Buffer) => void) | null;
  /** Mounted where there is a sandbox; without one the tree itself can be written. */
  readonly writable: readonly WritablePath[];
  /** Once the child has ended. Null: the check tells nothing but its exit code. */
  readonly report: () => Promise<Report | null>;
}
