import { expect, it } from 'vitest';
import { isRequired, optionText, usageLine } from '../../src/cli/help.ts';
import { statusJson } from '../../src/cli/status-json.ts';
import type { VerbSpec } from '../../src/cli/verb.ts';
import { verbs } from '../../src/cli/verb-table.ts';
import { streamProgress } from '../../src/core/projections/stream-progress.ts';
import { runStatus } from '../../src/core/projections/run-status.ts';
import { Story } from '../core/projections/story.ts';

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

function statusExample(): string {
  const story = new Story().toApproval();
  const run = runStatus(story.replayed, story.now);
  return JSON.stringify(
    statusJson({
      run,
      handoffs: [],
      streams: streamProgress(story.replayed, story.now),
      driver: null,
      at: story.now,
      program: 'ashlar',
    }),
    null,
    2,
  );
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
    ...verbs.filter(({ load }) => load !== 'later').flatMap(section),
    '## The shape of `status --json`',
    '',
    'Times (`at`, `since`) are UTC milliseconds, durations milliseconds, money micro-dollars.',
    'Fields are added to it, never renamed or removed.',
    '',
    '<!-- prettier-ignore -->',
    '```json',
    statusExample(),
    '```',
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../../docs/cli.md');
});
