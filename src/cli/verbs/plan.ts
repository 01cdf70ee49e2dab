import { zeroAmount } from '../../core/budget.ts';
import {
  conditionLines,
  patternSays,
  patternWords,
  predictionLines,
} from '../../core/projections/precondition-words.ts';
import { knowledgeOfCalls, spentMoney } from '../../core/projections/money-known.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { costWords } from '../../core/projections/usage-account.ts';
import type { Question } from '../../engine/agents/outcome.ts';
import type {
  NotPlanned,
  NotSuitable,
  PlannedGoal,
  ProposedPlan,
  QuestionsOpen,
} from '../../engine/architect/planned-goal.ts';
import { noPlanningCosts } from '../../engine/architect/planning-costs.ts';
import type { Arguments } from '../arguments.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { listenForInterrupt, type Interrupt } from '../interrupt.ts';
import { sameAddress } from '../go-on.ts';
import { modelOptions } from '../model-options.ts';
import { progressLine } from '../progress/progress-line.ts';
import { refuse } from '../refuse.ts';
import { shellWord } from '../../engine/shell-word.ts';
import type { Terminal } from '../terminal.ts';
import type { Verb, VerbContext } from '../verb.ts';

const defaults = { tokens: 2_000_000, usd: 10, minutes: 30 } as const;
/** As many calls as no planning needs that goes well. */
const turns = 400;
const shownCommands = 40;

export const plan: Verb = async (context, given) => {
  const { terminal } = context;
  using interrupt = listenForInterrupt(terminal);
  const told = new Set<string>();
  const planned = await ask(context, given, interrupt, told);
  if (interrupt.code !== null || (planned.kind === 'failed' && planned.code === 'interrupted')) {
    terminal.err('interrupted; nothing was written\n');
    return interrupt.code ?? 130;
  }
  if (given.flag('json') && planned.kind !== 'failed') {
    terminal.out(`${JSON.stringify(inData(planned), null, 2)}\n`);
    return exitOf(planned);
  }
  for (const note of planned.notes.filter((each) => !told.has(each)))
    terminal.err(`note: ${oneLine(note, 400)}\n`);
  switch (planned.kind) {
    case 'failed':
      return refuse(terminal, `${planned.message}${flagOf(planned)}`);
    case 'questions':
      tellQuestions(context, given, planned);
      break;
    case 'unsuitable':
      tellRefusal(terminal, planned);
      break;
    case 'proposed':
      await tellPlan(context, given, planned);
  }
  tellCosts(context, planned);
  return exitOf(planned);
};

/** What scripts read of it. */
const inData = (planned: PlannedGoal) =>
  planned.kind === 'proposed'
    ? { ...planned, diagnostics: planned.diagnostics.map(diagnosticJson) }
    : planned;

/** With which option more is allowed of what is used up. */
function flagOf({ exhausted }: NotPlanned): string {
  const flags = { tokens: ' (--tokens)', microUsd: ' (--usd)', ms: ' (--minutes)', turns: '' };
  return exhausted === undefined ? '' : flags[exhausted];
}

function exitOf(planned: Exclude<PlannedGoal, { kind: 'failed' }>): number {
  switch (planned.kind) {
    case 'proposed':
      return planned.problems.length === 0 ? 0 : 4;
    case 'unsuitable':
      return 1;
    case 'questions':
      return 3;
  }
}

async function ask(
  { terminal, engine, workspace, env }: VerbContext,
  given: Arguments,
  interrupt: Interrupt,
  told: Set<string>,
): Promise<PlannedGoal> {
  const live = progressLine((text) => terminal.err(text), terminal.isTty);
  const amount = (name: keyof typeof defaults): number =>
    Number(given.option(name) ?? defaults[name]);
  try {
    return await engine.planGoal({
      workspace,
      goal: given.positional('goal') ?? '',
      name: given.option('name'),
      force: given.flag('force'),
      base: given.option('base') === 'HEAD' ? 'HEAD' : 'work-tree',
      agents: given.option('agents'),
      script: given.option('script'),
      models: modelOptions(given, env),
      speed: Number(given.option('speed') ?? 1),
      budget: {
        ...{ tokens: Math.floor(amount('tokens')), turns },
        microUsd: Math.floor(amount('usd') * 1_000_000),
        ms: Math.floor(amount('minutes') * 60_000),
      },
      mayAsk: !given.flag('no-questions'),
      answers: given.options('answer'),
      person:
        terminal.canAsk && !given.flag('json')
          ? (questions, signal) => {
              live.clear();
              return askEach(terminal, questions, signal);
            }
          : null,
      signal: interrupt.signal,
      onProgress: (progress) => {
        if (progress.kind === 'agent') live.show(`${progress.who}: ${progress.says}`);
        else {
          live.clear();
          const isNote = progress.kind === 'note';
          if (isNote) told.add(progress.says);
          terminal.err(`${isNote ? 'note: ' : ''}${oneLine(progress.says, 400)}\n`);
        }
      },
    });
  } catch (error) {
    // What is aborted on the way ends with errors that nobody needs to see.
    if (interrupt.code === null) throw error;
    return { ...interrupted, spent: zeroAmount, costs: noPlanningCosts, planning: null, notes: [] };
  } finally {
    live.clear();
  }
}

const interrupted = { kind: 'failed', code: 'interrupted', message: '' } as const;

/** null: the person has left. An empty line says that it does not matter. */
async function askEach(
  terminal: Terminal,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<string[] | null> {
  const answers: string[] = [];
  for (const [index, { question, options }] of questions.entries()) {
    terminal.err(`\n${index + 1} of ${questions.length}: ${oneLine(question, 500)}\n`);
    options.forEach((option, at) => terminal.err(`  ${at + 1}  ${oneLine(option)}\n`));
    const hint = options.length === 0 ? '' : ' (a number, or your own words)';
    const line = await terminal.ask(`answer${hint}: `, signal);
    if (line === null) return null;
    const chosen = /^[1-9]$/.test(line.trim()) ? options[Number(line.trim()) - 1] : undefined;
    answers.push(chosen ?? line);
  }
  terminal.err('\n');
  return answers;
}

function tellQuestions(
  { terminal, program }: VerbContext,
  given: Arguments,
  { questions }: QuestionsOpen,
): void {
  terminal.out('the goal leaves open what decides the plan:\n');
  for (const [index, { question, options }] of questions.entries()) {
    terminal.out(`  ${index + 1}. ${oneLine(question, 500)}\n`);
    for (const option of options) terminal.out(`     - ${oneLine(option)}\n`);
  }
  const kept = [
    ...['name', 'agents', 'model', 'base-url', 'script', 'speed', 'base'],
    ...['tokens', 'usd', 'minutes'],
  ];
  const more = kept.flatMap((name) => {
    const value = given.option(name);
    return value === null ? [] : [`--${name} ${shellWord(value)}`];
  });
  const answers = questions.map(() => `--answer '…'`);
  const again = [program, 'plan', shellWord(given.positional('goal') ?? ''), ...more, ...answers];
  terminal.out(`answer them in this order, and it goes on from here:\n  ${again.join(' ')}\n`);
}

function tellRefusal(terminal: Terminal, { recommends, reasons, test }: NotSuitable): void {
  const pattern = patternWords[recommends];
  terminal.out(`building side by side does not fit this goal; use ${pattern}\n`);
  terminal.out(`  ${patternSays[recommends]}\n`);
  if (test === null) {
    for (const reason of reasons) terminal.out(`  ${oneLine(reason, 600)}\n`);
    return;
  }
  const isTested = test.failed.length > 0;
  if (!isTested) for (const reason of reasons) terminal.out(`  ${oneLine(reason, 600)}\n`);
  for (const line of conditionLines(test)) terminal.out(`  ${line}\n`);
  terminal.out('predicted\n');
  for (const line of predictionLines(test)) terminal.out(`  ${line}\n`);
}

async function tellPlan(
  { terminal, program }: VerbContext,
  given: Arguments,
  planned: ProposedPlan,
): Promise<void> {
  const { planFile, designFile, files, test, commands, diagnostics, problems } = planned;
  const { formatDiagnostic } = await import('../../engine/plan/diagnostic.ts');
  terminal.out(
    `wrote ${[planFile, designFile, ...files].map((file) => oneLine(file)).join('\n      ')}\n`,
  );
  if (planned.summary !== '') terminal.out(`${oneLine(planned.summary, 1_000)}\n`);
  terminal.out('predicted\n');
  for (const line of predictionLines(test)) terminal.out(`  ${line}\n`);
  if (commands.length > 0) {
    terminal.out('a run of it would carry out\n');
    for (const command of commands.slice(0, shownCommands)) terminal.out(`  ${command}\n`);
    const left = commands.length - shownCommands;
    if (left > 0) terminal.out(`  … and ${left} more\n`);
  }
  for (const each of diagnostics) terminal.out(`${formatDiagnostic(each)}\n`);
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    terminal.err(`ashlar: the plan is not fit yet: ${count}\n`);
  }
  terminal.out(`read the design, edit both as you like, then\n`);
  const run = [program, 'run', planFile, ...sameAddress(given)].join(' ');
  terminal.out(`  ${program} check ${planFile}\n  ${run}\n`);
}

/** What planning cost, by role, and where what its agents said can be read. */
function tellCosts({ terminal, program }: VerbContext, planned: PlannedGoal): void {
  const { spent, costs, planning } = planned;
  const paid = spentMoney(spent.microUsd, knowledgeOfCalls(costs.total));
  terminal.out(`planning cost ${spent.tokens} tokens, ${paid}\n`);
  for (const cost of costs.byRole) terminal.out(`  ${cost.role}: ${costWords(cost)}\n`);
  if (planning === null || costs.byRole.length === 0) return;
  terminal.out(`what its agents were told, said and did\n`);
  for (const { role } of costs.byRole) {
    terminal.out(`  ${program} transcript ${planning} ${role} --list\n`);
  }
}
