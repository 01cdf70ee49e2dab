import {
  l10n,
  TestMessage,
  type TestItem,
  type TestRun,
  type TestRunRequest,
  type Uri,
} from 'vscode';
import type { NodeRef } from '../../core/ids.ts';
import { checkResultOf, type GateResult } from '../../core/projections/gate-results.ts';
import type { JudgedGate, LastVerdicts } from '../../core/projections/last-verdicts.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Benched } from '../../engine/check-again.ts';
import type { KnownKeys } from '../../engine/known-keys.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { sentence } from '../actions/sentence.ts';
import { isTrusted } from '../actions/trust.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { GateItems } from './gate-items.ts';
import type { NotePlaces } from './verdict-marks.ts';

/** Gates that are to be run again, and where what comes of it is told. */
export interface GatesAgain {
  readonly run: LiveRun;
  readonly items: GateItems;
  readonly verdicts: LastVerdicts;
  readonly request: TestRunRequest;
  readonly results: TestRun;
  readonly signal: AbortSignal;
  readonly put: (item: TestItem, result: GateResult, places: NotePlaces<Uri>) => void;
  readonly placesOf: (
    judged: Pick<JudgedGate, 'gate' | 'of'>,
    results: readonly GateResult[],
  ) => Promise<NotePlaces<Uri>>;
}

/** Checks of one gate, by name. */
interface ChosenGate {
  readonly ref: NodeRef;
  readonly items: ReadonlyMap<string, TestItem>;
}

/**
 * Runs the checks of gates again beside the run, one gate after the other: the checks of each run side
 * by side. It says on what they were run, and what the verdict on it was; the run is only read.
 */
export async function runGates(
  parts: Pick<ActionParts, 'models' | 'log'>,
  asked: GatesAgain,
): Promise<void> {
  const { run, results, signal } = asked;
  if (!(await isTrusted())) return;
  const gates = chosenGates(asked.items, asked.request);
  for (const { items } of gates) for (const item of items.values()) results.enqueued(item);
  const { service } = await parts.models.options();
  const keys = run.engine.keysOf(service);
  for (const gate of gates) {
    // Whoever stops it has the rest left out, one after the other.
    if (signal.aborted) for (const item of gate.items.values()) results.skipped(item);
    else await runGate(asked, gate, keys, (error) => parts.log.error(error));
  }
}

async function runGate(
  asked: GatesAgain,
  { ref, items }: ChosenGate,
  keys: KnownKeys,
  log: (error: string) => void,
): Promise<void> {
  const { run, results, signal } = asked;
  const each = [...items.values()];
  const say = (says: string): void =>
    results.appendOutput(`${oneLine(says, 600)}\r\n`, undefined, each[0]);
  const fail = (says: string): void => {
    const message = new TestMessage(sentence(oneLine(says, 600)));
    for (const item of each) results.errored(item, message);
  };
  for (const item of each) results.started(item);
  try {
    const checked = await run.engine.checkAgain({
      ...{ workspace: run.folder.uri.fsPath, run: run.key.run, node: ref, signal },
      ...{ only: [...items.keys()], keys, onProgress: say },
    });
    if (checked.ok) await tell(asked, ref, items, checked, say);
    else fail(checked.message);
  } catch (error) {
    if (signal.aborted) {
      for (const item of each) results.skipped(item);
      return;
    }
    log(String(error));
    fail(String(error));
  }
}

async function tell(
  { verdicts, put, placesOf }: GatesAgain,
  ref: NodeRef,
  items: ReadonlyMap<string, TestItem>,
  checked: {
    readonly against: Benched;
    readonly results: readonly Parameters<typeof checkResultOf>[0][];
  },
  say: (says: string) => void,
): Promise<void> {
  const { against } = checked;
  say(l10n.t('{0}: checks run on {1}', nodeName(ref), benchWords(against)));
  const before = verdicts.last.get(ref);
  const isSame = before?.of === null || before?.of.tree === against.tree;
  if (before !== undefined && isSame) {
    say(l10n.t('The verdict of the run on it is {0}, and stays so.', before.verdict ?? '–'));
  }
  const told = checked.results.map(checkResultOf);
  const of = 'version' in against ? { ...against, module: before?.of?.module } : null;
  const places = await placesOf({ gate: ref, of: of as JudgedGate['of'] }, told);
  for (const result of told) {
    const item = result.check === null ? undefined : items.get(result.check);
    if (item !== undefined) put(item, result, places);
  }
}

function benchWords(against: Benched): string {
  const tree = against.tree.slice(0, 12);
  if (against.kind === 'composition') return l10n.t('the seals together, {0}', tree);
  return against.kind === 'seal'
    ? l10n.t('its seal of contract v{0}, {1}', against.version, tree)
    : l10n.t('what attempt {0} handed in, {1}', against.attempt, tree);
}

/** The checks that a person chose, by gate; all of the run where nothing is named. */
function chosenGates(
  items: GateItems,
  { include, exclude = [] }: Pick<TestRunRequest, 'include' | 'exclude'>,
): readonly ChosenGate[] {
  const gates = new Map<NodeRef, Map<string, TestItem>>();
  const take = (item: TestItem): void => {
    if (exclude.includes(item)) return;
    const meaning = items.meaning(item);
    if (meaning?.check !== null && meaning !== null) {
      const of = gates.get(meaning.ref) ?? new Map<string, TestItem>();
      gates.set(meaning.ref, of.set(meaning.check, item));
      return;
    }
    items.resolve(item);
    for (const [, child] of item.children) take(child);
  };
  for (const item of include ?? [items.root]) take(item);
  return [...gates].map(([ref, of]) => ({ ref, items: of }));
}
