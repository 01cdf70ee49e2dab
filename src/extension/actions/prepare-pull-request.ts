import {
  commands as vscodeCommands,
  env,
  extensions,
  l10n,
  ProgressLocation,
  Uri,
  ViewColumn,
  window,
  workspace,
  type TextDocument,
} from 'vscode';
import type { PullRequest } from '../../engine/pull-request/prepare.ts';
import { engine } from '../engine-door.ts';
import { say } from '../native/say.ts';
import { plainMessage } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { sentence } from './sentence.ts';
import { shortRun } from './short-run.ts';
import { isTrusted } from './trust.ts';

const gitHubExtension = 'GitHub.vscode-pull-request-github';
const noWishes = { branch: null, base: null, title: null, body: null };

/**
 * Prepares a pull request about a run and shows its text beside, where it may be changed; then it is opened
 * with the extension of GitHub, with `gh`, or left.
 */
export async function preparePullRequest(
  { log, refused }: Pick<ActionParts, 'log' | 'refused'>,
  run: LiveRun,
  title: string | null = null,
): Promise<void> {
  if (!(await isTrusted())) return;
  const { preparePullRequest: prepare } = await engine();
  const folder = run.folder.uri.fsPath;
  const says = l10n.t('Preparing a pull request about run {0}', shortRun(run.key.run));
  const prepared = await window.withProgress(
    { location: ProgressLocation.Notification, title: says },
    async () => prepare(folder, run.key.run, { ...noWishes, title }),
  );
  if (!prepared.ok) {
    refused(sentence(prepared.message));
    return;
  }
  const { pullRequest } = prepared;
  const { body } = pullRequest;
  const document = await workspace.openTextDocument({ language: 'markdown', content: body });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
  await offer({ log, refused }, folder, pullRequest, document);
}

/** The text stays open meanwhile: what was changed in it by then is what counts. */
async function offer(
  { log, refused }: Pick<ActionParts, 'log' | 'refused'>,
  folder: string,
  pullRequest: PullRequest,
  document: TextDocument,
): Promise<void> {
  const { branch, base, commits, files, title } = pullRequest;
  const withGitHub = l10n.t('Open with GitHub Extension');
  const withGh = l10n.t('Push and Open with gh');
  const copy = l10n.t('Copy Text');
  const leave = l10n.t('Leave It');
  const hasExtension = extensions.getExtension(gitHubExtension) !== undefined;
  const answer = await window.showInformationMessage(
    plainMessage(
      l10n.t(
        'Branch {0} is ready for {1}: {2} commits, {3} files. The text of its pull request is beside; change it as you like.',
        ...[branch, base, commits, files],
      ),
    ),
    ...[...(hasExtension ? [withGitHub] : []), withGh, copy, leave],
  );
  // A document that was closed still has its text.
  const body = document.getText();
  switch (answer) {
    case withGitHub:
      if (!(await agreesToBase(pullRequest))) return;
      // Its form has a place for each; the text is there to be pasted.
      await env.clipboard.writeText(body);
      await vscodeCommands.executeCommand('pr.create', { repoPath: folder, compareBranch: branch });
      say(log, 'info', l10n.t('The text is on the clipboard: paste it as the description.'));
      return;
    case withGh:
      return openWithGh(refused, folder, pullRequest, body);
    case copy:
      await env.clipboard.writeText(`${title}\n\n${body}`);
      return;
    case undefined:
    default:
      return;
  }
}

/** Whether a person wants what they have not published themselves to become public; asked only then. */
async function agreesToBase({ base, unpublished }: PullRequest): Promise<boolean> {
  if (unpublished === null || unpublished.commits === 0) return true;
  return await agrees(unpublished, base, unpublished.remote);
}

interface Beyond {
  readonly commits: number;
  readonly ofBase: boolean;
}

async function agrees(beyond: Beyond, base: string, where: string): Promise<boolean> {
  const pushBoth = l10n.t('Push Them Too');
  const says = question(beyond, base, where);
  const detail = l10n.t('They become public, as part of the pull request.');
  const answer = await window.showWarningMessage(
    plainMessage(says),
    { modal: true, detail },
    pushBoth,
  );
  return answer === pushBoth;
}

function question({ commits, ofBase }: Beyond, base: string, where: string): string {
  if (ofBase) {
    return commits === 1
      ? l10n.t('Push 1 commit of {0}, too, that {1} does not have?', base, where)
      : l10n.t('Push {0} commits of {1}, too, that {2} does not have?', commits, base, where);
  }
  return commits === 1
    ? l10n.t('Push 1 commit that the run began on, too, that {0} does not have?', where)
    : l10n.t(
        'Push {0} commits that the run began on, too, that {1} does not have?',
        commits,
        where,
      );
}

async function openWithGh(
  refused: (message: string) => void,
  folder: string,
  { run, branch, base, title: proposed }: PullRequest,
  body: string,
): Promise<void> {
  const title = await window.showInputBox({
    title: l10n.t('Open a pull request'),
    prompt: l10n.t('Its title. Then {0} is pushed, and opened to go into {1}.', branch, base),
    value: proposed,
    ignoreFocusOut: true,
  });
  if (title === undefined) return;
  const { preparePullRequest: prepare, openPullRequest: open } = await engine();
  const opening = l10n.t('Opening a pull request for {0}', branch);
  const tried = async (withBase: boolean) =>
    window.withProgress(
      { location: ProgressLocation.Notification, title: opening, cancellable: true },
      async (_, token) => {
        const cancelling = new AbortController();
        const listening = token.onCancellationRequested(() => cancelling.abort());
        try {
          const wishes = { branch, base, title: title.trim() || proposed, body };
          const prepared = await prepare(folder, run, wishes);
          if (!prepared.ok) return prepared;
          const { signal } = cancelling;
          const options = { cwd: folder, env: process.env, draft: false, withBase, signal };
          return await open(prepared.pullRequest, options);
        } finally {
          listening.dispose();
        }
      },
    );
  let opened = await tried(false);
  if (!opened.ok && opened.code === 'unpublished-base') {
    if (!(await agrees(opened, base, opened.where))) return;
    opened = await tried(true);
  }
  if (!opened.ok) {
    if (opened.code === 'stopped') {
      refused(sentence(opened.message));
      return;
    }
    const left = l10n.t('Branch {0} and the text are left as they are.', branch);
    refused(`${sentence(opened.message)} ${left}`);
    return;
  }
  const show = l10n.t('Open in Browser');
  const says = opened.existed
    ? l10n.t(
        'There is a pull request for {0}: its commits are up to date now; its text was left.',
        branch,
      )
    : opened.pushedTo === null
      ? l10n.t('The pull request for {0} is open.', branch)
      : l10n.t('The pull request for {0} is open; it comes from {1}.', branch, opened.pushedTo);
  const answer = await window.showInformationMessage(plainMessage(says), show);
  if (answer === show) await env.openExternal(Uri.parse(opened.url, true));
}
