import * as z from 'zod';
import { isName, moduleId, type ModuleId } from '../../../core/ids.ts';
import { oneLine } from '../../../core/projections/safe-text.ts';
import type { AgentLink } from '../agent.ts';
import type { ReceivedHandoff } from '../handoff.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import type { Tool, ToolAnswer } from './tool.ts';

type Hands = Pick<AgentLink, 'handoff' | 'request' | 'awaitHandoff'>;

const items = z
  .array(z.string().min(1).max(500))
  .min(1)
  .max(50)
  .describe('What it is about, a few words each: ["token kinds", "error messages"]');

export const publishHandoffTool = (link: Hands): Tool<'tells'> =>
  defineTool({
    name: 'publish_handoff',
    description:
      'Gives other modules something before yours is sealed: an interface, an example, a note. It informs them; it is not your submission. Files are copied as they are now.',
    effect: 'tells',
    input: z.strictObject({
      to: z
        .string()
        .max(60)
        .nullish()
        .describe('The module; whoever asked for one of the items where left out'),
      items,
      note: z.string().max(4_000).describe('At most a page: what they need to know'),
      files: z
        .array(z.string().max(4_096))
        .max(50)
        .nullish()
        .describe('Files or folders of yours to copy'),
      partial: z
        .boolean()
        .nullish()
        .describe('False: nothing more will come of it before your seal'),
    }),
    run: async ({ to, items: wanted, note, files, partial }) => {
      const whom = typeof to === 'string' ? named(to) : null;
      if (whom === undefined) return noModule(to ?? '');
      const given = { to: whom, items: wanted, partial: partial ?? true, note, files: files ?? [] };
      const refused = await link.handoff(given);
      if (refused !== null) return refuse(refused.message);
      return answer(`Given to ${whom ?? 'whoever asked for it'}. Go on; nobody answers.`);
    },
  });

/** `receive` gives the agent what came, in the words of its news. */
export const requestHandoffTool = (
  link: Hands,
  receive: (came: ReceivedHandoff) => string,
): Tool<'tells'> =>
  defineTool({
    name: 'request_handoff',
    description:
      'Asks another module for all that you need of it, once. You are told when it comes; go on with something else meanwhile. `wait` only where nothing else is left to do.',
    effect: 'tells',
    input: z.strictObject({
      from: z.string().max(60).describe('The module'),
      items,
      wait: z
        .boolean()
        .nullish()
        .describe('True: does not answer before it is there, or cannot come'),
    }),
    run: async ({ from, items: wanted, wait }, signal) => {
      const whom = named(from);
      if (whom === undefined) return noModule(from);
      const asked = await link.request({ from: whom, items: wanted });
      if (!asked.ok) return refuse(asked.message);
      if (wait === true) {
        const came = await link.awaitHandoff(asked.handoff, signal);
        return came === null ? answer('Nothing came of it. Go on without.') : answer(receive(came));
      }
      const eta =
        asked.etaMinutes === null
          ? 'nobody can tell when'
          : `in about ${Math.ceil(asked.etaMinutes)} minutes`;
      const meanwhile = asked.goOnWith.slice(0, 10).map((each) => `- ${oneLine(each)}`);
      const goOn =
        meanwhile.length === 0 ? ['Go on with the rest.'] : ['Go on with:', ...meanwhile];
      return answer([`Asked ${whom}; it comes ${eta}.`, ...goOn].join('\n'));
    },
  });

const named = (text: string): ModuleId | undefined => (isName(text) ? moduleId(text) : undefined);

const noModule = (text: string): ToolAnswer =>
  refuse(`${JSON.stringify(oneLine(text, 60))} is not the name of a module.`);
