import { planAnswerText } from '../plan-draft.ts';
import type { ServiceOptions } from './service.ts';
import type { WireMessage } from './wire.ts';

const condition = { holds: true, says: 'It holds.', evidence: ['README.md:1'] };
const pieces = ['circle', 'square', 'triangle'].map((id) => ({
  ...{ id, purpose: `Does ${id}.`, needs: [], minutes: 20, review: 1, tokens: 50_000 },
}));
const assessed = JSON.stringify({
  assessment: {
    conditions: { modules: condition, interfaces: condition, workPerModule: condition },
    pieces,
  },
  ...{ questions: null, unsuitable: null },
});

/** A model that plans: it scouts, holds the goal against the conditions, and proposes three shapes. */
export const planningScript: ServiceOptions['script'] = ({ messages }) => {
  const told = textOf(messages[0]);
  const role = /^Role: (.+)$/m.exec(told)?.[1];
  const says =
    role === 'scout'
      ? JSON.stringify({ findings: 'README.md:1 says what there is.' })
      : /^Work: test/m.test(told)
        ? assessed
        : planAnswerText();
  return { content: [{ type: 'text', text: says }] };
};

const textOf = (message: WireMessage | undefined): string =>
  typeof message?.content === 'string'
    ? message.content
    : (message?.content ?? []).map(({ text }) => (typeof text === 'string' ? text : '')).join('\n');
