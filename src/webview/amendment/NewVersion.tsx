import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Draft, FileDiff } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { TextArea, TextLink } from '../parts/controls.tsx';
import { DiffView } from '../parts/Diff.tsx';
import { Icon } from '../parts/Icon.tsx';
import { shownPath } from '../parts/shown-path.ts';
import { useBoard } from '../store.ts';

/** A reason is read by people and agents, again and again. */
const MAX_REASON_CHARS = 2_000;

interface Props {
  readonly module: ModuleId;
  readonly version: number;
  readonly draft: Draft | null;
  readonly reason: string;
}

/** Why there is a new version, and what is new in it. */
export function NewVersion({ module, version, draft, reason }: Props) {
  const give = useBoard((state) => state.giveReason);
  const files = draft?.files ?? [];
  const contract = files.filter(({ path }) => path.startsWith('contract/'));
  const tests = files.filter(({ path }) => path.startsWith('tests/'));
  const others = files.filter((file) => !contract.includes(file) && !tests.includes(file));
  return (
    <div className="amendment-new scrolls">
      <section aria-label={t('Reason')}>
        <h2>{t('Reason')}</h2>
        <TextArea
          label={t('Reason')}
          value={reason}
          onChange={(text) => give(module, text)}
          placeholder={t('What is wrong with the contract, and what the new version does about it')}
          rows={3}
          most={MAX_REASON_CHARS}
        />
        <p className="small muted">
          {t('Kept in the journal, and told to the agents that build it.')}
        </p>
      </section>
      <section aria-label={t('Contract')}>
        <h2>
          {rich('Contract v{0}', draft?.from ?? version)}{' '}
          <Icon name="arrow-right" size={14} label={t('to')} /> v{version + 1}
          <span className="spacer" />
          {draft !== null && (
            <TextLink className="small" onClick={() => host.act({ do: 'open-draft', module })}>
              {t('Open in editor')}
            </TextLink>
          )}
        </h2>
        <Problem draft={draft} />
        {contract.length > 0 && <DiffView files={contract} />}
        {draft !== null && contract.length === 0 && files.length > 0 && (
          <p className="medium muted">{t('The text of the contract stays as it is.')}</p>
        )}
      </section>
      <Changed
        title={t('Tests')}
        files={tests}
        none={t('No test is changed: they decide as before.')}
      />
      {others.length > 0 && <Changed title={t('Stub')} files={others} none="" />}
    </div>
  );
}

function Problem({ draft }: { readonly draft: Draft | null }) {
  if (draft === null)
    return <p className="medium muted">{t('Opening the contract in an editor…')}</p>;
  if (draft.files.length === 0) {
    return (
      <p className="medium muted">
        {t(
          'Nothing is changed yet. Edit the contract and its tests in the editor; what you save appears here.',
        )}
      </p>
    );
  }
  if (draft.problem === '') return null;
  return (
    <p className="medium amendment-problem" role="alert">
      <Icon name="error" tone="fail" size={14} />
      <span>{oneLine(draft.problem, 600)}</span>
    </p>
  );
}

interface ChangedProps {
  readonly title: string;
  readonly files: readonly FileDiff[];
  readonly none: string;
}

function Changed({ title, files, none }: ChangedProps) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {files.length === 0 && <p className="medium muted">{none}</p>}
      <ul>
        {files.map((file) => (
          <li key={file.path} className="amendment-file">
            <FileIcon file={file} />
            <span className="mono ellipsis" title={shownPath(file.path)}>
              {shownPath(file.path)}
            </span>
            <span className="spacer" />
            <span className="muted small num nowrap">
              +{file.added} −{file.removed}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FileIcon({ file: { added, removed } }: { readonly file: FileDiff }) {
  if (removed === 0) return <Icon name="diff-added" tone="pass" size={14} />;
  if (added === 0) return <Icon name="diff-removed" tone="fail" size={14} />;
  return <Icon name="diff-modified" tone="revise" size={14} />;
}
