/** Where a run comes from that can only be looked at. */
export interface Source {
  /** `export`: the page itself is the file; `file`: it was opened in an editor. */
  readonly kind: 'export' | 'file';
  /** The file's name, for people; '' where the page is the file. */
  readonly name: string;
  /** UTC milliseconds: the run is shown as it was then. */
  readonly at: number;
  /** When it was exported, UTC milliseconds; null for a journal, which is no export. */
  readonly exportedAt: number | null;
  /** What wrote the export; '' for a journal. */
  readonly product: string;
  /** What was left out of it; null for a journal, which holds everything. */
  readonly leftOut: 'texts' | 'texts-but-evidence' | null;
  /** Why not all of it can be shown, and what to do; null where all is. */
  readonly problem: string | null;
}
