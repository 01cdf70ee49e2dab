import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { markdownBlock, oneLine, withoutControls } from '../../core/projections/safe-text.ts';
import type { TranscriptEntry, TranscriptPen } from '../agents/transcript.ts';
import type { Redaction } from '../gates/redaction.ts';
import { transcriptName, type TranscriptOf } from './transcript-name.ts';

/** Of one agent. Nobody reads more of it, and a run has many agents. */
export const maxTranscriptChars = 2 * 1024 * 1024;
/** Of one entry: the head and the tail of what is longer. */
const maxEntryChars = 24_000;

interface Surroundings {
  /** Of all transcripts of the run. */
  readonly folder: string;
  readonly redact: Redaction;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/** Who it is, as its first lines say. */
export interface Written extends TranscriptOf {
  readonly provider: string;
}

/**
 * One agent's transcript: Markdown, because people read it. Written from time to time while the agent
 * works, so that what a crash leaves can be read too. What cannot be written is left out: no run ends
 * for want of its transcripts.
 */
export class TranscriptFile implements TranscriptPen, AsyncDisposable {
  readonly #around: Surroundings;
  readonly #path: string;
  readonly #waiting: string[] = [];
  #chars = 0;
  #over = 0;
  #writing: Promise<void> = Promise.resolve();
  #broken = false;
  #closed = false;

  constructor(of: Written, around: Surroundings) {
    this.#around = around;
    this.#path = join(around.folder, transcriptName(of));
    this.#put(heading(of, around.now()));
  }

  write(entry: TranscriptEntry): void {
    if (this.#closed || this.#broken) return;
    const text = section(entry, this.#around.now(), this.#around.redact);
    if (this.#over > 0 || this.#chars + text.length > maxTranscriptChars) {
      this.#over++;
      return;
    }
    this.#put(text);
  }

  /** All that was told is on the disk, or never will be. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closed && this.#over > 0) {
      this.#put(
        `\n**Cut here:** ${this.#over} more entries are not kept, for there is too much of it.\n`,
      );
    }
    this.#closed = true;
    await this.#writing;
  }

  #put(text: string): void {
    this.#chars += text.length;
    this.#waiting.push(text);
    if (this.#waiting.length > 1) return;
    this.#writing = this.#writing.then(() => this.#flush());
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.splice(0).join('');
    if (this.#broken) return;
    try {
      await mkdir(this.#around.folder, { recursive: true });
      // For whoever owns the workspace, and for nobody else on the machine.
      await appendFile(this.#path, text, { mode: 0o600 });
    } catch {
      this.#broken = true;
    }
  }
}

function heading({ kind, id, role, attempt, provider, order }: Written, at: number): string {
  const whose = kind === 'module' ? id : kind === 'planning' ? kind : `${kind} ${id}`;
  const which = kind === 'planning' ? `number ${order}` : `ordered by event ${order}`;
  return [
    `# ${whose}: ${role}, ${attempt}`,
    '',
    `An agent of ${oneLine(provider, 60)}, ${which}; from ${iso(at)} on.`,
    'What it was told, said and did, for people to read. Secrets are taken out.',
    '',
  ].join('\n');
}

function section(entry: TranscriptEntry, at: number, redact: Redaction): string {
  const [title, text] = told(entry);
  const lines = shortened(redact(withoutControls(text))).split('\n');
  const time = iso(at).slice(11, 19);
  return `\n## ${time} ${redact(oneLine(title, 120))}\n\n${markdownBlock(lines).join('\n')}\n`;
}

function told(entry: TranscriptEntry): readonly [title: string, text: string] {
  switch (entry.kind) {
    case 'told':
      return ['is told', entry.text];
    case 'said':
      return ['says', entry.text];
    case 'thought':
      return ['thinks', entry.text];
    case 'tool-used':
      return [`uses ${entry.tool}`, entry.input];
    case 'tool-answered':
      return [`${entry.tool} ${entry.ok ? 'answers' : 'refuses'}`, entry.text];
    case 'noted':
      return ['note', entry.text];
  }
}

function shortened(text: string): string {
  if (text.length <= maxEntryChars) return text;
  const half = maxEntryChars / 2;
  const cut = text.length - maxEntryChars;
  return `${text.slice(0, half)}\n… cut: ${cut} characters …\n${text.slice(-half)}`;
}

const iso = (at: number): string => new Date(at).toISOString();
