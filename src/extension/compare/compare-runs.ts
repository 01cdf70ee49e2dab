import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { RunKey } from '../../protocol/board.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { runLine } from '../actions/run-line.ts';
import { shortRun } from '../actions/short-run.ts';
import { checkMessage, checkRunKey } from '../board/message-check.ts';
import { fillPage, webviewOptions } from '../board/webview-page.ts';
import { comparisonViewType } from '../contributions.ts';
import type { LiveRun } from '../runs/runs.ts';

type Pair = readonly [LiveRun, LiveRun];

/** A page that is shown again says `ready` when it was built anew; one that lived on says nothing. */
const wakeMs = 250;

/** While a run goes on its figures are told anew about as often. */
const renewMs = 2_000;

/** Asks for two runs, the current one first, and sets them side by side in an editor tab. */
export async function compareFromPalette(parts: ActionParts): Promise<void> {
  const { runs, refused } = parts;
  await runs.ready;
  if (runs.list.length < 2) {
    refused(l10n.t('There are no two runs in this window to compare.'));
    return;
  }
  const first = await pick(parts, l10n.t('Compare which run? (A)'), null);
  if (first === null) return;
  const second = await pick(parts, l10n.t('With which run? (B)'), first);
  if (second === null) return;
  const pair = await followed(parts, [first, second]);
  if (pair === null) {
    refused(l10n.t('One of these runs is gone from this window.'));
    return;
  }
  const panel = window.createWebviewPanel(
    comparisonViewType,
    titleOf(pair),
    ViewColumn.Active,
    webviewOptions(parts.context.extensionUri),
  );
  show(panel, pair, parts);
}

/** After a reload of the window. */
export async function restoreComparison(
  parts: ActionParts,
  panel: WebviewPanel,
  state: unknown,
): Promise<void> {
  const gone = new AbortController();
  const going = panel.onDidDispose(() => gone.abort());
  await parts.runs.ready;
  const kept = typeof state === 'object' && state !== null && 'keys' in state ? state.keys : null;
  const [a = null, b = null] = Array.isArray(kept) ? kept.slice(0, 2).map(checkRunKey) : [];
  const pair = a === null || b === null ? null : await followed(parts, [a, b]);
  going.dispose();
  // It may have been closed while its runs were read.
  if (gone.signal.aborted) return;
  // A run that was removed, or whose folder is no longer open, is compared with nothing.
  if (pair === null) panel.dispose();
  else show(panel, pair, parts);
}

async function pick(
  { runs }: ActionParts,
  title: string,
  but: RunKey | null,
): Promise<RunKey | null> {
  const now = Date.now();
  const current = runs.current?.key ?? null;
  const items = runs.list
    .filter(({ key }) => but === null || !isSameRun(key, but))
    .toSorted((a, b) => Number(isCurrent(b.key, current)) - Number(isCurrent(a.key, current)))
    .map((run) => ({ ...runLine(run, now), key: run.key }));
  const options = { ignoreFocusOut: true, title, matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.key ?? null;
}

const isCurrent = (key: RunKey, current: RunKey | null): boolean =>
  current !== null && isSameRun(key, current);

async function followed(
  { runs }: ActionParts,
  keys: readonly [RunKey, RunKey],
): Promise<Pair | null> {
  const [a, b] = [await runs.follow(keys[0]), await runs.follow(keys[1])];
  return a === null || b === null ? null : [a, b];
}

const titleOf = ([a, b]: Pair): string =>
  l10n.t('Runs {0} and {1}', shortRun(a.key.run), shortRun(b.key.run));

/** Fills the tab, and tells the figures anew while a run goes on and the tab can be seen. */
function show(panel: WebviewPanel, pair: Pair, parts: ActionParts): void {
  const [a, b] = pair;
  const keys = [a.key, b.key] as const;
  let timer: NodeJS.Timeout | null = null;
  let waking: NodeJS.Timeout | null = null;
  let awake = false;
  let isGone = false;
  const tell = async (): Promise<void> => {
    try {
      const comparison = await a.engine.comparedRuns(a.events, b.events);
      if (isGone) return;
      if (comparison === null) parts.refused(l10n.t('One of these runs has not begun yet.'));
      else await panel.webview.postMessage({ type: 'comparison', keys, comparison });
    } catch (error) {
      // Nobody looks at a tab that was closed meanwhile.
      if (isGone) return;
      parts.log.error(error instanceof Error ? error : String(error));
      parts.refused(error instanceof Error ? error.message : String(error));
    }
  };
  const changed = (): void => {
    if (!awake || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (awake) void tell();
    }, renewMs);
  };
  const sleep = (): void => {
    awake = false;
    for (const each of [timer, waking]) if (each !== null) clearTimeout(each);
    timer = waking = null;
  };
  const wake = (): void => {
    sleep();
    awake = true;
    void tell();
  };
  const hear = (value: unknown): void => {
    const message = checkMessage(value);
    if (message === null) parts.log.warn('a webview sent what is no message of a comparison');
    else if (message.type === 'ready' || message.type === 'resync') wake();
    else if (message.type === 'act' && message.action.do === 'open-board') {
      const { key } = message.action;
      if (keys.some((each) => isSameRun(each, key))) void parts.boards.open(key);
    }
  };
  const following = [
    panel.webview.onDidReceiveMessage(hear),
    a.onDidAppend(changed),
    b.onDidAppend(changed),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) sleep();
      else if (!awake) waking ??= setTimeout(wake, wakeMs);
    }),
  ];
  panel.onDidDispose(() => {
    isGone = true;
    sleep();
    for (const each of following) each.dispose();
  });
  panel.title = titleOf(pair);
  fillPage(panel.webview, 'compare', panel.title, parts.context.extensionUri);
}
