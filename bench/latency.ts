import type { RunEvent } from '../src/core/events.ts';
import { figure, type Figure } from './figure.ts';

/** When each module's card first said what, in the order in which it said it. */
export type Seen = readonly { readonly label: string; readonly at: number }[];

/** From the append of an event to the picture that shows it, in 95 of 100. */
const paintedMs = 100;

/** Notes in the page what cards say, in the frame in which it is painted; first, when it began to look. */
export const watchCards = `
window.benchSeen = [];
const said = new Map();
const look = () => {
  const at = Date.now();
  for (const shown of document.querySelectorAll('[data-node]')) {
    // A card is called by its own words: the name first, then the state.
    const words = ['b', '.card-state > span'].map((part) => shown.querySelector(part)?.textContent);
    const spoken = shown.getAttribute('aria-label') ?? words.join(', ');
    const label = spoken.split(', ').slice(0, 2).join(', ');
    if (said.get(shown.dataset.node) === label) continue;
    said.set(shown.dataset.node, label);
    window.benchSeen.push({ label, at });
  }
};
look();
window.benchSeen = [{ label: '', at: Date.now() }];
new MutationObserver(() => requestAnimationFrame(() => setTimeout(look, 0))).observe(
  document.body,
  { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['aria-label'] },
);
`;

/**
 * From an event's own time, which is before it is synced, to the picture that shows it; the clock of
 * both is this machine's. What happened before the board had its first picture is left out: that is
 * how long a board takes to open.
 */
export function latencies(events: readonly RunEvent[], seen: Seen, where: string): Figure[] {
  const left = [...seen];
  const openedAt = left[0]?.at ?? Number.POSITIVE_INFINITY;
  const tookMs: number[] = [];
  for (const event of events) {
    const label = labelOf(event);
    if (label === null || event.at < openedAt) continue;
    const shown = left.findIndex((each) => each.label === label && each.at >= event.at);
    if (shown === -1) continue;
    tookMs.push((left[shown]?.at ?? 0) - event.at);
    left.splice(shown, 1);
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number): number => tookMs[Math.floor(tookMs.length * share)] ?? Number.NaN;
  const note = `${tookMs.length} changes of cards`;
  return [
    figure(`from the journal to the ${where}, half within`, at(0.5), 'ms', paintedMs, note),
    figure(`from the journal to the ${where}, 95 of 100 within`, at(0.95), 'ms', paintedMs, note),
  ];
}

/** What a card says once this has happened; null for what no card shows at once. */
function labelOf(event: RunEvent): string | null {
  if (event.type === 'module-sealed') return `${event.module}, Sealed`;
  if (event.type !== 'generation-started') return null;
  return `${event.module}, ${event.attempt > 1 ? 'Revising' : 'Building'}`;
}
