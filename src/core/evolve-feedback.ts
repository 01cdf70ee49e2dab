import type { Draft } from './draft.ts';
import type { FeedbackGiven, FeedbackTaken } from './events/feedback.ts';
import { hasPassed } from './feedback.ts';
import { moduleNode } from './lookup.ts';
import { putModule, restingLife } from './settle.ts';
import type { Channel, FeedbackState } from './state.ts';
import type { ModuleState } from './module-state.ts';

/** A direction in which nothing was said yet. */
export const silent: Channel = {
  spoke: false,
  given: 0,
  taken: 0,
  findings: [],
  unconverged: false,
};

/** Folds what the two sides of a feedback pair tell each other. */
export function evolveFeedback(draft: Draft, event: FeedbackGiven | FeedbackTaken): void {
  const from = moduleNode(draft, event.from);
  const to = moduleNode(draft, event.type === 'feedback-given' ? event.to : event.module);
  // What is sealed is not written again for what is found in it: it was heard, and nothing counts.
  const counts = draft.modules.get(to).seal === null;
  changeChannel(draft, from, to, (channel) => {
    if (event.type === 'feedback-taken') return { ...channel, taken: channel.given, findings: [] };
    return counts ? given(channel, event) : { ...channel, spoke: true };
  });
  if (event.type === 'feedback-taken') take(draft, to, event);
}

function given(channel: Channel, { round, findings, over }: FeedbackGiven): Channel {
  const said = { ...channel, spoke: true, unconverged: over };
  if (over || findings.length === 0) return said;
  return { ...said, given: round, findings: [...channel.findings, ...findings] };
}

/** What has passed goes into another turn, unless it says why not; what is sealed stays so. */
function take(draft: Draft, node: number, { evidence, unanswered }: FeedbackTaken): void {
  const module = draft.modules.get(node);
  if (module.seal !== null) return;
  const told: ModuleState = { ...module, evidence: [...module.evidence, ...evidence] };
  const { life } = module;
  if (!hasPassed(life) || unanswered !== undefined) {
    putModule(draft, node, told);
    return;
  }
  const seeded = { ...told, seed: life.submission.tree };
  putModule(draft, node, { ...seeded, life: restingLife(draft, node, seeded) });
}

/** A module was sealed: what it and its partners said until then is done with. */
export function endFeedback(draft: Draft, node: number): void {
  for (const pair of draft.graph.feedbackOf[node] ?? []) {
    draft.feedback = draft.feedback.set(pair, { fromA: silent, fromB: silent });
  }
}

/** What was said under an older contract of a side counts no more. */
export function forgetFeedback(draft: Draft, node: number): void {
  for (const pair of draft.graph.feedbackOf[node] ?? []) {
    const { fromA, fromB } = draft.feedback.get(pair);
    const ofA = draft.graph.feedback[pair]?.a === node;
    const anew = (channel: Channel, own: boolean): Channel => ({
      ...silent,
      spoke: channel.spoke && !own,
    });
    draft.feedback = draft.feedback.set(pair, {
      fromA: anew(fromA, ofA),
      fromB: anew(fromB, !ofA),
    });
  }
}

function changeChannel(
  draft: Draft,
  from: number,
  to: number,
  change: (channel: Channel) => Channel,
): void {
  for (const pair of draft.graph.feedbackOf[from] ?? []) {
    const sides = draft.graph.feedback[pair];
    if (sides === undefined || (sides.a !== to && sides.b !== to)) continue;
    const before = draft.feedback.get(pair);
    const side: keyof FeedbackState = sides.a === from ? 'fromA' : 'fromB';
    draft.feedback = draft.feedback.set(pair, { ...before, [side]: change(before[side]) });
  }
}
