import { inEnglish } from '../language.ts';
import type { ConditionName, SimplerPattern } from '../plan/assessment.ts';
import type { Prediction, PreconditionTest } from '../plan/precondition-test.ts';
import { money } from './figures.ts';
import { oneLine } from './safe-text.ts';
import { duration } from './words.ts';

/** A way to go about a goal without building side by side, as people call it. */
export const patternWords: Readonly<Record<SimplerPattern, string>> = {
  'one-agent': 'one agent',
  'managed-pair': 'a managed pair',
  'test-driven-pairing': 'test-driven pairing',
};

/** What is done then, in a sentence. */
export const patternSays: Readonly<Record<SimplerPattern, string>> = {
  'one-agent': 'One agent does all of it, from the first file to the last test.',
  'managed-pair': 'One agent builds, a second judges each step before the next begins.',
  'test-driven-pairing':
    'One agent writes the next tests, another makes them pass, in the order of the dependencies.',
};

const conditionWords: Readonly<Record<ConditionName, string>> = {
  modules: 'natural boundaries',
  interfaces: 'testable from outside',
  workPerModule: 'enough work per module',
};

/** `82 min, about 1.2 million tokens, $3.40`. */
function predictionWords({ minutes, tokens, microUsd }: Prediction): string {
  return [
    duration(minutes * 60_000),
    `about ${tokenWords(tokens)} tokens`,
    ...(microUsd === 0 ? [] : [money(microUsd)]),
  ].join(', ');
}

/** Two figures are all that an estimate can bear. */
function tokenWords(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  const isMillions = tokens >= 995_000;
  const scaled = tokens / (isMillions ? 1_000_000 : 1_000);
  const text = scaled < 9.95 ? scaled.toFixed(1).replace(/\.0$/, '') : String(Math.round(scaled));
  return `${text} ${isMillions ? 'million' : 'thousand'}`;
}

/** What was predicted, a line each: in English, for it is written into plans and designs. */
export const predictionLines = (test: PreconditionTest): string[] =>
  inEnglish(() => predicted(test));

function predicted(test: PreconditionTest): string[] {
  const bound = duration(test.lowerBoundMinutes * 60_000);
  return [
    `one agent: ${predictionWords(test.sequential)}`,
    `side by side: ${predictionWords(test.parallel)} (${test.builders} builders; no schedule is shorter than ${bound})`,
  ];
}

/** The three conditions, a line each with what shows it. */
export function conditionLines({ assessment, failed }: PreconditionTest): string[] {
  const names = Object.keys(conditionWords) as ConditionName[];
  return names.map((name) => {
    const { holds, says, evidence } = assessment.conditions[name];
    const against = failed.filter(({ condition }) => condition === name);
    const [first] = evidence;
    const shown = first === undefined ? '' : ` (${oneLine(first, 160)})`;
    if (against.length === 0)
      return `${conditionWords[name]}: holds. ${oneLine(says, 300)}${shown}`;
    const why = holds
      ? against.map((each) => oneLine(each.says, 300)).join('; ')
      : oneLine(says, 300);
    return `${conditionWords[name]}: does not hold. ${why}${shown}`;
  });
}
