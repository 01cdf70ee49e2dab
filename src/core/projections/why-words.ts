import { etaWords } from './eta-words.ts';
import type { Why, WhyStep } from './why.ts';
import { listed, lowerFirst, roughly } from './words.ts';

/** Why something waits, in lines: the answer first, then the chain, each step below what it holds up. */
export function whyLines(why: Why): string[] {
  const { steps, untold, ofRun, undriven, eta } = why;
  const [asked] = steps;
  if (asked === undefined) return [];
  const chain = steps.slice(1).map((step) => `${'  '.repeat(step.depth)}${stepLine(step)}`);
  const isOpen = asked.kind !== 'settled' && asked.kind !== 'over';
  return [
    whyAnswer(why),
    ...(asked.detail === '' ? [] : [`  ${asked.detail}`]),
    ...chain,
    ...(untold === 0 ? [] : [`  … and ${untold} more`]),
    ...ofRun.flatMap(({ says, detail }) => [
      `! ${says}`,
      ...(detail === '' ? [] : detail.split('\n').map((line) => `    ${line}`)),
    ]),
    ...(undriven ? ['! Nobody drives the run now, so nothing moves until it is resumed'] : []),
    ...(isOpen ? [`ETA of the run: ${etaWords(eta)}`] : []),
  ];
}

/** The answer in one sentence: who is at work for it, and who must decide. */
export function whyAnswer({ name, steps }: Why): string {
  const [asked] = steps;
  if (asked === undefined) return name;
  const state = lowerFirst(asked.text);
  switch (asked.kind) {
    case 'settled':
      return `${name} waits for nothing: ${state}`;
    case 'over':
      return `${name} waits for nothing any more: ${state}`;
    case 'at-work':
      return `${name} does not wait: ${state}${etaOf(asked)}`;
    case 'held':
      return `${name} could go on: ${state}`;
    case 'person':
      return `${name} waits for a person: ${lowerFirst(asked.person?.says ?? asked.text)}`;
    case 'waiting':
      return `${name} waits for ${listed(asked.waitsFor, 6)}${etaOf(asked)}. ${rootsOf(steps)}`;
  }
}

/** What the chain comes down to, most urgent word first: people, then holds, then who is at work. */
function rootsOf(steps: readonly WhyStep[]): string {
  const of = (kind: WhyStep['kind']): string[] =>
    steps.filter((step) => step.kind === kind).map(({ name }) => name);
  const [person, held, busy] = [of('person'), of('held'), of('at-work')];
  const parts = [
    ...(person.length === 0 ? [] : [`a person must decide about ${listed(person)}`]),
    ...(held.length === 0 ? [] : [`ready but held: ${listed(held)}`]),
    ...(busy.length === 0 ? [] : [`at work: ${listed(busy)}`]),
  ];
  return parts.length === 0
    ? 'Nothing below it is at work'
    : `It comes down to this: ${parts.join('; ')}`;
}

function stepLine(step: WhyStep): string {
  const { name, text, detail, kind, person } = step;
  const mark = kind === 'person' ? '! ' : '';
  const more = kind === 'person' ? (person?.detail ?? '') : detail;
  return `${mark}${name}: ${text}${etaOf(step)}${more === '' ? '' : ` · ${more.split('\n').join('; ')}`}`;
}

const etaOf = ({ doneInMs }: WhyStep): string =>
  doneInMs === null ? '' : `, done in ${roughly(doneInMs)} at the earliest`;
