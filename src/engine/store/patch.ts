/** One line of a difference, as people read it. */
export interface PatchLine {
  /** `gap`: lines that are the same on both sides were left out here. */
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

/** What one content became. */
export interface Patch {
  readonly lines: readonly PatchLine[];
  readonly added: number;
  readonly removed: number;
  /** There are more lines than `lines` holds, or one of the two is no text. */
  readonly cut: boolean;
}

const maxLines = 400;
const maxLineChars = 500;

/** Controls and marks that turn the direction of writing: what is shown must be what is there. */
const unprintable = /(?!\t)[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The name of a patch: the ids of the two contents, null where there is none on that side. */
export const patchKey = (before: string | null, after: string | null): string =>
  `${before ?? ''}..${after ?? ''}`;

/**
 * Reads what `git diff-tree -p --full-index` writes. Patches are told apart by the ids of their
 * contents, so the names of files, which anybody may have chosen, are never parsed.
 */
export function readPatches(text: string): Map<string, Patch> {
  const patches = new Map<string, Patch>();
  let patch: PatchInMaking | null = null;
  /** What is left of the current hunk, by its own header: nothing in it can pass for a header. */
  let before = 0;
  let after = 0;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (before > 0 || after > 0) {
      if (line.startsWith('\\')) continue;
      if (!line.startsWith('+')) before -= 1;
      if (!line.startsWith('-')) after -= 1;
      patch?.take(line);
      continue;
    }
    const ids = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(line);
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (line.startsWith('diff --git ')) {
      patch = null;
    } else if (ids !== null) {
      patch = new PatchInMaking();
      patches.set(patchKey(present(ids[1]), present(ids[2])), patch);
    } else if (hunk !== null) {
      before = Number(hunk[1] ?? 1);
      after = Number(hunk[2] ?? 1);
      patch?.startHunk(line);
    } else if (line.startsWith('Binary files ') && patch !== null) {
      patch.cut = true;
    }
  }
  if ((before > 0 || after > 0) && patch !== null) patch.cut = true;
  return patches;
}

/** Git writes zeros where there is nothing on a side. */
const present = (id: string | undefined): string | null =>
  id === undefined || /^0+$/.test(id) ? null : id;

class PatchInMaking implements Patch {
  readonly lines: PatchLine[] = [];
  added = 0;
  removed = 0;
  cut = false;

  startHunk(header: string): void {
    const atTop = /^@@ -[01](,\d+)? \+[01](,\d+)? @@/.test(header);
    if (this.lines.length > 0 || !atTop) this.#push({ kind: 'gap', text: '' });
  }

  take(line: string): void {
    const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
    if (kind !== 'same') this[kind] += 1;
    this.#push({ kind, text: showLine(line.slice(1)) });
  }

  #push(line: PatchLine): void {
    if (this.lines.length < maxLines) this.lines.push(line);
    else this.cut = true;
  }
}

function showLine(text: string): string {
  const whole = text.replace(/\r$/, '');
  const shown = whole.length > maxLineChars ? `${whole.slice(0, maxLineChars)}…` : whole;
  return shown.replace(unprintable, '\ufffd');
}
