import { Fragment, type ReactNode } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { kindOf, partnerOf, refOf } from '../../core/graph.ts';
import { grantOf } from '../../core/allowance.ts';
import { parseNodeRef, type ModuleId } from '../../core/ids.ts';
import { card, type Card } from '../../core/projections/card.ts';
import { tokens } from '../../core/projections/figures.ts';
import { briefMoney, moneyNote } from '../../core/projections/money-known.ts';
import { isNodeSettled, nodeName } from '../../core/projections/node-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { host } from '../host.ts';
import { Bar } from '../parts/Bar.tsx';
import { VersionMark } from '../parts/Chip.tsx';
import { IconButton, TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { useHasFiles } from '../standstill.ts';
import { useBoard } from '../store.ts';
import type { ShownModule } from './shown-module.ts';

interface Props {
  readonly shown: ShownModule;
  readonly onClose: () => void;
}

/** What the module is at, and where it stands among the others. */
export function DrawerHeader({ shown, onClose }: Props) {
  const { chronicle, node, id, plan } = shown;
  const its = card(chronicle, node);
  const hasFiles = useHasFiles();
  const { icon, tone, spin } = looks[its.shape];
  const detail = [its.detail, attempts(its, plan.budget.attempts)].filter((part) => part !== '');
  return (
    <div className="drawer-head">
      <div className="row">
        <Icon name={icon} tone={tone} spin={spin} />
        <h2 className="ellipsis">{id}</h2>
        <VersionMark version={its.version} amended={its.amended} />
        <span className="spacer" />
        {its.version > 0 && hasFiles && (
          <IconButton
            icon="go-to-file"
            label={t('Open the contract of {0}', id)}
            onClick={() => host.act({ do: 'open-contract', module: id, version: its.version })}
          />
        )}
        <IconButton icon="close" label={t('Close')} onClick={onClose} />
      </div>
      <div className="drawer-indent">
        <div className="row gap-6 medium">
          <span className="fixed">{its.word}</span>
          <span className="muted small ellipsis" title={detail.join(' · ')}>
            {detail.join(' · ')}
          </span>
          <span className="spacer" />
          {its.percent !== null && <span className="num small">{its.percent}%</span>}
        </div>
        {its.percent !== null && (
          <div className="drawer-bar">
            <Bar
              percent={its.percent}
              tone={its.shape === 'review' ? 'review' : 'run'}
              label={`${its.word} ${id}`}
            />
          </div>
        )}
        <Facts shown={shown} its={its} />
      </div>
    </div>
  );
}

const attempts = ({ attempt }: Card, most: number): string =>
  attempt === 0 ? '' : t('attempt {0} of {1}', attempt, Math.max(attempt, most));

function Facts({ shown, its }: { readonly shown: ShownModule; readonly its: Card }) {
  const { chronicle, node, module, plan } = shown;
  const { graph } = chronicle.state;
  const lead = chronicle.state.plan.streams.find(({ id }) => id === plan.stream)?.lead ?? null;
  const given = grantOf(plan.budget).tokens * module.grants;
  const waits = (graph.needs[node] ?? []).filter((need) => !isNodeSettled(chronicle.state, need));
  const soft = graph.soft[node] ?? [];
  const partners = (graph.feedbackOf[node] ?? []).map((pair) =>
    partnerOf(graph.feedback, pair, node),
  );
  const dependents = (graph.dependents[node] ?? []).filter((each) => each < graph.streamBase);
  // What is sealed holds nobody up, and who is sealed does not wait.
  const blocks = isNodeSettled(chronicle.state, node)
    ? []
    : dependents.filter((each) => !isNodeSettled(chronicle.state, each));
  return (
    <dl className="facts">
      <Fact name={t('Stream')}>
        {its.stream}
        {lead !== null && <span className="muted"> · {oneLine(lead, 60)}</span>}
      </Fact>
      <Fact name={t('Budget')}>
        <span className="num">
          {rich('{0} of {1} tokens', tokens(its.spent.tokens), tokens(given))}
          <span className="muted" title={moneyNote(its.money)}>
            {' '}
            · {briefMoney(its.spent.microUsd, its.money)}
          </span>
        </span>
      </Fact>
      {waits.length > 0 && (
        <Fact name={t('Waits for')}>
          <Nodes shown={shown} nodes={waits} />
        </Fact>
      )}
      {soft.length > 0 && (
        <Fact name={t('Soft on')}>
          <Nodes shown={shown} nodes={soft} />
        </Fact>
      )}
      {partners.length > 0 && (
        <Fact name={t('Feedback')}>
          <Nodes shown={shown} nodes={partners} />
        </Fact>
      )}
      {plan.resources.length > 0 && (
        <Fact name={t('Uses')}>{plan.resources.map(({ resource }) => resource).join(', ')}</Fact>
      )}
      <Fact name={t('Blocks')}>
        {blocks.length === 0 ? (
          <span className="muted">{t('nothing')}</span>
        ) : (
          <Nodes shown={shown} nodes={blocks} />
        )}
        <StaleNote shown={shown} nodes={dependents} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface NodesProps {
  readonly shown: ShownModule;
  readonly nodes: readonly number[];
}

/** Names, each of which leads to its module. */
function Nodes({ shown, nodes }: NodesProps) {
  const { graph } = shown.chronicle.state;
  const select = useBoard((board) => board.select);
  const focus = useBoard((board) => board.focusModule);
  const open = useBoard((board) => board.open);
  const follow = (module: ModuleId): void => {
    select(module);
    focus(module);
  };
  return nodes.map((node, at) => {
    const ref = refOf(graph, node);
    const isModule = kindOf(graph, node) === 'module';
    const go = isModule ? () => follow(parseNodeRef(ref).id as ModuleId) : () => open('gates');
    return (
      <Fragment key={ref}>
        {at > 0 && ', '}
        <TextLink onClick={go}>{nodeName(ref)}</TextLink>
      </Fragment>
    );
  });
}

function StaleNote({ shown, nodes }: NodesProps) {
  const { state } = shown.chronicle;
  const stale = nodes.filter((node) => {
    if (node >= state.graph.modules) return false;
    const { life } = state.modules.get(node);
    return life.at === 'sealed' && life.stale;
  });
  return stale.length === 0 ? null : (
    <span className="muted"> {t('judged again on its seal')}</span>
  );
}
