/** What the focus goes to when what needed a person is decided: the next one, or all that was judged. */
export const afterNeed = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('.gates .need') ??
  document.querySelector<HTMLElement>('main.gates');

/** The same in the side bar: never a button of the next card, which nobody has read yet. */
export const afterCard = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('.sidebar-need') ??
  document.querySelector<HTMLElement>('.section-fold');
