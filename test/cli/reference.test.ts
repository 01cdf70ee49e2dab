import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { realEngine } from '../../src/cli/engine.ts';
import { reportJson } from '../../src/cli/report-json.ts';
import { moduleId } from '../../src/core/ids.ts';
import { accountOf } from '../../src/core/projections/account.ts';
import { compareRuns } from '../../src/core/projections/compare-runs.ts';
import { handoffRows } from '../../src/core/projections/handoffs.ts';
import type { PreparedRun } from '../../src/engine/check-plan.ts';
import { loadPlan } from '../../src/engine/plan/load.ts';
import { spoil } from '../engine/plan/good-plan.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeEngine } from './fake-engine.ts';
import { invoke } from './invoke.ts';
import { chronicle } from '../../src/core/projections/chronicle.ts';
import { inputAccount, usageAccount } from '../../src/core/projections/usage-account.ts';
import {
  checkFields,
  compareFields,
  reportFields,
  simulateFields,
  statusFields,
} from './json-fields.ts';
import { isRequired, optionText, usageLine } from '../../src/cli/help.ts';
import { statusJson } from '../../src/cli/status-json.ts';
import type { VerbSpec } from '../../src/cli/verb.ts';
import { verbs } from '../../src/cli/verb-table.ts';
import { streamProgress } from '../../src/core/projections/stream-progress.ts';
import { runStatus } from '../../src/core/projections/run-status.ts';
import { smallPlan, Story, tree } from '../core/projections/story.ts';

/** docs/cli.md is written from the table of verbs; `npx vitest run test/cli -u` writes it anew. */

function section(spec: VerbSpec): string[] {
  const options = spec.options.map(
    (option) =>
      `- \`${optionText(option)}\`${isRequired(option) ? ' (required)' : ''}: ${option.says}`,
  );
  return [
    `## ${spec.name}`,
    '',
    spec.says,
    '',
    '```text',
    usageLine(spec),
    '```',
    '',
    ...(options.length === 0 ? [] : [...options, '']),
    `Exit codes: ${spec.exits.map(([code, means]) => `${code} ${means}`).join('; ')}.`,
    '',
  ];
}

/** A run in which most of what `--json` tells of has happened. */
function story(): Story {
  const plan = smallPlan();
  const told = new Story({
    ...plan,
    handoffs: [{ from: moduleId('lexer'), to: moduleId('vm'), items: ['token kinds'] }],
  });
  told.go().read('lexer').after(60).submit('lexer').fail('lexer', 'numbers are cut off');
  told.after(20).do({
    ...{ type: 'amend-contract', module: moduleId('lexer'), by: 'sam' },
    ...{ contract: tree('d'), reason: 'Count columns from 1.' },
  });
  return told.list('lexer').after(60);
}

function statusExample(): unknown {
  const told = story();
  const { replayed, now } = told;
  const { costs, input: read } = chronicle(told.events)!;
  const usage = usageAccount(replayed.state, costs);
  const input = inputAccount(replayed.state, read);
  const run = runStatus(replayed, now);
  const handoffs = handoffRows(replayed.state, now);
  const streams = streamProgress(replayed, now);
  return statusJson({
    ...{ run, handoffs, streams, usage, input },
    ...{ driver: null, at: now, program: 'ashlar' },
  });
}

function reportExample(): unknown {
  const { events } = story();
  const { account, replayed } = accountOf(events)!;
  return reportJson(account, replayed, events);
}

function compareExample(): unknown {
  return compareRuns(accountOf(story().events)!, accountOf(new Story().toApproval().events)!);
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
type Json = Readonly<Record<string, unknown>>;

/** What the command line really prints of a plan of three modules. */
async function printed(verb: 'check' | 'simulate'): Promise<Json> {
  await using folder = await tempFolder();
  const text = spoil('minutes: 60, review: 2', 'minutes: 30, review: 2');
  await writeFile(join(folder.path, 'p.plan.yaml'), text);
  const { diagnostics } = loadPlan(text, 'p.plan.yaml');
  const prepared = { plan: smallPlan(), contracts: [] } as unknown as PreparedRun;
  const notes = ['base: your files as they are'];
  const engine = fakeEngine({
    previewPlan: (options) => realEngine.previewPlan(options),
    checkPlan: async () => ({ ok: true, diagnostics, prepared, notes }),
  });
  const line = ['--cwd', folder.path, verb, 'p.plan.yaml', '--json'];
  const { code, terminal } = invoke(line, { engine });
  expect(await code).toBe(0);
  return JSON.parse(terminal.stdout) as Json;
}

/** One output: each field at its top in words, and all of it as it is printed. */
function shape(command: string, fields: Readonly<Record<string, string>>, real: Json): string[] {
  expect(Object.keys(fields), command).toEqual(Object.keys(real));
  return [
    `## The shape of \`${command}\``,
    '',
    ...Object.entries(fields).map(([name, says]) => `- \`${name}\`: ${says}`),
    '',
    '<!-- prettier-ignore -->',
    '```json',
    JSON.stringify(real, null, 2),
    '```',
    '',
  ];
}

it('docs/cli.md says what the command line does', async () => {
  const lines = [
    '# The command line',
    '',
    'Written from the table of verbs in `src/cli/verb-table.ts`; a test holds it against that.',
    '',
    '`--cwd DIR` before the verb names the folder that it is about, which is the current one',
    'otherwise; paths in a plan begin there. `--help` after a verb tells more of it.',
    '',
    'Exit code 2 means everywhere that something could not be done as asked: one line on stderr',
    'says what, where, and what to do. 130 means interrupted: the first Ctrl-C stops a run cleanly,',
    'so that `ashlar resume` goes on with it; the second one ends at once.',
    '',
    'On a terminal, `run` and `resume` draw over one region; `NO_COLOR` takes the colours away.',
    'Otherwise they print a line for each thing that happens. `--json` prints the events of the',
    'journal, one a line, and nothing else on stdout.',
    '',
    ...verbs.flatMap(section),
    '## What `--json` prints',
    '',
    'Times (`at`, `since`) are UTC milliseconds, durations (`…Ms`) milliseconds on the run’s own clock,',
    'which stands still in pauses, and money (`microUsd`) micro-dollars. `money` beside an amount says',
    'how much of it is `known`, `partly` known or `unknown`: what nobody knows is not nothing. Fields are',
    'added, never renamed or removed.',
    '',
    ...shape('status --json', statusFields, asJson(statusExample())),
    ...shape('report --json', reportFields, asJson(reportExample())),
    ...shape('compare --json', compareFields, asJson(compareExample())),
    ...shape('check --json', checkFields, await printed('check')),
    ...shape('simulate --json', simulateFields, await printed('simulate')),
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../../docs/cli.md');
});
