import { t } from '../language.ts';
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
    ...(untold === 0 ? [] : [`  ${t('… and {0} more', untold)}`]),
    ...ofRun.flatMap(({ says, detail }) => [
      `! ${says}`,
      ...(detail === '' ? [] : detail.split('\n').map((line) => `    ${line}`)),
    ]),
    ...(undriven
      ? [`! ${t('Nobody drives the run now, so nothing moves until it is resumed')}`]
      : []),
    ...(isOpen ? [t('ETA of the run: {0}', etaWords(eta))] : []),
  ];
}

/** The answer in one sentence: who is at work for it, and who must decide. */
export function whyAnswer({ name, steps }: Why): string {
  const [asked] = steps;
  if (asked === undefined) return name;
  const state = lowerFirst(asked.text);
  switch (asked.kind) {
    case 'settled':
      return t('{0} waits for nothing: {1}', name, state);
    case 'over':
      return t('{0} waits for nothing any more: {1}', name, state);
    case 'at-work':
      return t('{0} does not wait: {1}', name, withEta(state, asked));
    case 'held':
      return t('{0} could go on: {1}', name, state);
    case 'person':
      return t('{0} waits for a person: {1}', name, lowerFirst(asked.person?.says ?? asked.text));
    case 'waiting':
      return `${withEta(t('{0} waits for {1}', name, listed(asked.waitsFor, 6)), asked)}. ${rootsOf(steps)}`;
  }
}

/** What the chain comes down to, most urgent word first: people, then holds, then who is at work. */
function rootsOf(steps: readonly WhyStep[]): string {
  const of = (kind: WhyStep['kind']): string[] =>
    steps.filter((step) => step.kind === kind).map(({ name }) => name);
  const [person, held, busy] = [of('person'), of('held'), of('at-work')];
  const parts = [
    ...(person.length === 0 ? [] : [t('a person must decide about {0}', listed(person))]),
    ...(held.length === 0 ? [] : [t('ready but held: {0}', listed(held))]),
    ...(busy.length === 0 ? [] : [t('at work: {0}', listed(busy))]),
  ];
  return parts.length === 0
    ? t('Nothing below it is at work')
    : t('It comes down to this: {0}', parts.join('; '));
}

function stepLine(step: WhyStep): string {
  const { name, text, detail, kind, person } = step;
  const mark = kind === 'person' ? '! ' : '';
  const more = kind === 'person' ? (person?.detail ?? '') : detail;
  return `${mark}${name}: ${withEta(text, step)}${more === '' ? '' : ` · ${more.split('\n').join('; ')}`}`;
}

const withEta = (words: string, { doneInMs }: WhyStep): string =>
  doneInMs === null ? words : t('{0}, done in {1} at the earliest', words, roughly(doneInMs));
