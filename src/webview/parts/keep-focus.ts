/**
 * Where what has the focus is taken away, or can no longer have it, the focus goes to what is nearest to
 * its place instead of to the page as a whole: keys and screen readers go on from there. Who has gone
 * to an editor meanwhile keeps the keyboard there, and finds the place again when they come back.
 * What knows better where its focus belongs (`use-return-focus.ts`) comes first.
 */
export function keepFocus(page: Document): void {
  let place: Place | null = null;
  const watch = new MutationObserver((changes) => {
    for (const change of changes) place?.note(change);
    // React has not put in yet what comes instead.
    setTimeout(restore);
  });
  const restore = (): void => {
    if (place === null || place.stands() || !page.hasFocus() || !isLost(page)) return;
    for (const each of place.near()) {
      each.focus({ preventScroll: true });
      // What is not shown here does not take it.
      if (page.activeElement === each) return;
    }
  };
  page.addEventListener('focusin', ({ target }) => {
    watch.disconnect();
    if (!(target instanceof HTMLElement) || target === page.body) return;
    place = new Place(target);
    // Only of these a change can take it away: a board in which much changes costs no more for it.
    for (const box of place.boxes) watch.observe(box, { childList: true });
    watch.observe(target, { attributeFilter: ['disabled', 'hidden', 'aria-hidden'] });
  });
  page.addEventListener('focusout', () => {
    // Somebody left it for nothing else: what becomes of it then takes the focus nowhere.
    setTimeout(() => {
      if (place?.stands() === true && page.hasFocus() && isLost(page)) place = null;
    });
  });
  window.addEventListener('focus', () => setTimeout(restore));
}

const isLost = (page: Document): boolean =>
  page.activeElement === null || page.activeElement === page.body;

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), vscode-button:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** So many of a box are tried from each of its ends. */
const MOST = 10;

/** What has the focus, and what it stands in, while that is still there. */
class Place {
  /** From within outwards. */
  readonly boxes: readonly HTMLElement[];
  readonly #element: HTMLElement;
  /** What stood before that which was taken out of a box. */
  readonly #before = new Map<Node, Node | null>();

  constructor(element: HTMLElement) {
    this.#element = element;
    const boxes: HTMLElement[] = [];
    for (let box = element.parentElement; box !== null; box = box.parentElement) boxes.push(box);
    this.boxes = boxes;
  }

  note({ target, removedNodes, previousSibling }: MutationRecord): void {
    const inside = [this.#element, ...this.boxes];
    const mine = [...removedNodes].some((node) => inside.some((each) => each === node));
    if (mine) this.#before.set(target, previousSibling);
  }

  /** It is still there, and can have the focus. */
  stands(): boolean {
    return this.#element.isConnected && !this.#element.matches(':disabled, [disabled], [hidden]');
  }

  /** What stands in its place now, and before it; then what is in the same box, and around it. */
  *near(): Generator<HTMLElement, void, void> {
    for (const box of this.boxes) {
      if (!box.isConnected) continue;
      const own = this.#element.parentElement === box ? this.#element.previousSibling : null;
      const before = this.#before.get(box) ?? own;
      const now = before === null ? box.firstChild : before.nextSibling;
      yield* allIn(elementFrom(now, 'nextSibling'));
      yield* allIn(elementFrom(before, 'previousSibling')).reverse();
      yield* allIn(box);
    }
  }
}

function elementFrom(node: Node | null, step: 'nextSibling' | 'previousSibling'): Element | null {
  let at = node;
  while (at !== null && !(at instanceof Element)) at = at[step];
  return at;
}

/** What in it can have the focus, itself first; of many those at its ends. */
function allIn(box: Element | null): HTMLElement[] {
  if (box === null) return [];
  const all = [box, ...box.querySelectorAll(FOCUSABLE)].filter(
    (each) => each instanceof HTMLElement && each.matches(FOCUSABLE),
  ) as HTMLElement[];
  return all.length <= 2 * MOST ? all : [...all.slice(0, MOST), ...all.slice(-MOST)];
}
