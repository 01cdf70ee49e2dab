import type { KeyboardEvent } from 'react';
import type { ModuleId } from '../../core/ids.ts';
import { isPlanned } from '../../core/projections/planned.ts';
import { board } from '../store.ts';
import { isOff } from './single-keys.ts';

/** The keys of a module: the one that has the focus, or else the selected one. */
const ofModule = ['o', 'v', 'd', 'e', 't', 'w', 'a', 'r', 'm'] as const;
export type ModuleKey = (typeof ofModule)[number];

const isModuleKey = (key: string): key is ModuleKey => ofModule.some((each) => each === key);

/** What keys do is fetched when the first of them is pressed. */
const acting = () => import('./act-on.ts');

/**
 * Acts where the key is one of a module's. Called by what has the focus alone, so that nothing is
 * done by speaking or by a slip elsewhere (WCAG 2.2, 2.1.4). Answers whether it did.
 */
export function pressedOn(module: ModuleId | null, event: KeyboardEvent): boolean {
  const { key } = event;
  if (module === null || event.shiftKey || event.repeat || !isModuleKey(key)) return false;
  if (isOff(event)) return false;
  const { chronicle } = board.store.getState();
  // Of a plan that nobody has started there is nothing to act on.
  if (chronicle !== null && isPlanned(chronicle.state)) return false;
  event.preventDefault();
  event.stopPropagation();
  void acting().then(({ actOn }) => actOn(module, key));
  return true;
}

/** The module that keys are about: the one that has the focus; beside all of them the selected one. */
export function moduleOfFocus(target: EventTarget): ModuleId | null {
  const { chronicle, selected } = board.store.getState();
  const { node: name, course } = target instanceof HTMLElement ? target.dataset : {};
  // A folded tier is no module.
  if (course !== undefined) return null;
  return name === undefined ? selected : (chronicle?.state.plan.modules[Number(name)]?.id ?? null);
}
