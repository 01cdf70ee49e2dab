/**
 * Runs in the extension host of an editor that has the example open: a served one in
 * `host.e2e.test.ts`, one of the desktop in `npm run test:desktop`. `run` is what both call.
 */
import { activationTests } from './activation.ts';
import { planTests } from './plans.ts';
import { runSuite } from './suite.ts';
import { toolTests } from './tools.ts';

export function run(): Promise<void> {
  return runSuite([...activationTests, ...planTests, ...toolTests], 30_000);
}
