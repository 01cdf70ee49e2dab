import { keysOf } from '../../engine/known-keys.ts';
import { modelOptions } from '../model-options.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

/** `export` is a word of the language. */
export const exportVerb: Verb = async (context, given) => {
  const { terminal, engine, workspace, env, version } = context;
  const exported = await engine.exportRun(workspace, {
    ...{ run: given.run(), file: given.option('out'), folder: workspace },
    ...{ force: given.flag('force'), evidence: given.flag('with-evidence') },
    ...{ keys: keysOf(modelOptions(given, env).service), version: version(), now: Date.now() },
  });
  if (!exported.ok) return refuse(terminal, exported.message);
  const { run, file, bytes, events, inProgress, notes } = exported;
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  terminal.out(`run ${run} is in ${file} (${events} events, ${size})\n`);
  if (inProgress) terminal.out('  It is in progress: the page shows it as it is now.\n');
  terminal.out(`  ${given.flag('with-evidence') ? withEvidence : withoutTexts}\n`);
  for (const note of notes) terminal.err(`ashlar: ${note}\n`);
  return 0;
};

const withoutTexts =
  'It holds names, figures, times and states; no text of a person, agent or check.';
const withEvidence =
  'It holds the evidence of checks and reviewers, rid of known secrets and paths. Read it before you give it away.';
