/**
 * What the extension takes from the engine. This is the entry of a bundle of its own, which the
 * extension imports when the first run, plan or command needs it: see `engine-door.ts`.
 */
export { checkPlan } from '../engine/check-plan.ts';
