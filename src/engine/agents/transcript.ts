/**
 * Takes down what an agent is told, says and does, for people alone: nothing that a run decides by
 * can read it back (law 8). There is no way from a pen to what it wrote.
 */
export interface TranscriptPen {
  /** Bounded and rid of secrets where it is written; what is too much leaves a mark. Never throws. */
  write(entry: TranscriptEntry): void;
}

export type TranscriptEntry = Told | Said | Thought | ToolUsed | ToolAnswered | Noted;

/** What the agent was given to read: its instructions, its task, news. */
export interface Told {
  readonly kind: 'told';
  readonly text: string;
}

export interface Said {
  readonly kind: 'said';
  readonly text: string;
}

/** What it thought aloud, where its model shows that. */
export interface Thought {
  readonly kind: 'thought';
  readonly text: string;
}

export interface ToolUsed {
  readonly kind: 'tool-used';
  readonly tool: string;
  /** As text: for most tools JSON. */
  readonly input: string;
}

export interface ToolAnswered {
  readonly kind: 'tool-answered';
  readonly tool: string;
  readonly ok: boolean;
  readonly text: string;
}

/** What befell it: a call that was made again, a wait, a part of the conversation that was dropped. */
export interface Noted {
  readonly kind: 'noted';
  readonly text: string;
}

/** For agents of whom nothing is taken down. */
export const noPen: TranscriptPen = { write: () => undefined };
