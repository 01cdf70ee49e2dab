import { useCallback, useMemo, useRef, type ReactElement } from 'react';
import { parseNodeRef, type NodeRef } from '../../core/ids.ts';
import { plural, t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { age, runTime } from '../../core/projections/figures.ts';
import { gateCard } from '../../core/projections/gate-card.ts';
import { blamesOf, gateDetails, type GateMember } from '../../core/projections/gate-details.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { costWords, figuresOf } from '../../core/projections/usage-account.ts';
import { useNow } from '../clock.ts';
import { CheckTable } from '../gates/CheckTable.tsx';
import { openingOfGate } from '../gates/opening.ts';
import { VerdictChip } from '../parts/Chip.tsx';
import { Button, IconButton, TextLink } from '../parts/controls.tsx';
import { Diamond } from '../parts/Diamond.tsx';
import { EvidenceBlock } from '../parts/Evidence.tsx';
import { Section } from '../parts/Section.tsx';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { useBoard } from '../store.ts';
import { afterDrawer } from './after-drawer.ts';
import './Drawer.css';
import './GateDrawer.css';
import { useEscape } from './use-escape.ts';

/** All about a tier or gate: what it stands on, how that was judged, and whom it blamed. */
export function GateDrawer({ gate }: { readonly gate: NodeRef }): ReactElement | null {
  const chronicle = useBoard((state) => state.chronicle);
  const select = useBoard((state) => state.selectGate);
  const drawer = useRef<HTMLElement>(null);
  useEscape(drawer, () => select(null));
  useReturnFocus(
    drawer,
    useCallback(() => afterDrawer(gate), [gate]),
  );
  const details = useMemo(
    () => (chronicle === null ? null : gateDetails(chronicle, gate)),
    [chronicle, gate],
  );
  if (chronicle === null || details === null) return null;
  const { node, members, opens, checks } = details;
  const its = gateCard(chronicle, node);
  const used = figuresOf(chronicle.costs.byNode.get(node));
  return (
    <aside ref={drawer} className="drawer" aria-label={its.name} tabIndex={-1}>
      <div className="drawer-scroll scrolls">
        <div className="drawer-head">
          <div className="row">
            <Diamond shape={its.shape} radius={11} />
            <h2 className="ellipsis">{its.name}</h2>
            <span className="muted nowrap">{kinds[its.kind]()}</span>
            <span className="spacer" />
            <IconButton icon="close" label={t('Close')} onClick={() => select(null)} />
          </div>
          <div className="drawer-indent">
            <p className="medium">
              {its.says} <Since since={its.since} />
            </p>
            {its.subject !== null && <p className="mono small gate-subject">{its.subject}</p>}
          </div>
        </div>
        <Section title={t('Stands on')} aside={`· ${members.length}`}>
          <Members members={members} />
        </Section>
        {opens.length > 0 && (
          <Section title={t('Opens the way to')} aside={`· ${opens.length}`}>
            <Members members={opens} />
          </Section>
        )}
        <Section title={t('Checks')} aside={checks.length === 0 ? t('· none run yet') : undefined}>
          {checks.length > 0 && (
            <div className="drawer-body gate-checks">
              <CheckTable checks={checks.map((result) => ({ of: '', result }))} />
            </div>
          )}
        </Section>
        <GateVerdicts {...{ chronicle, gate }} />
        <Blames {...{ chronicle, gate }} />
        {used.calls > 0 && (
          <Section title={t('Cost')}>
            <p className="drawer-more muted small">{costWords(used)}</p>
          </Section>
        )}
      </div>
      <Foot {...{ shape: its.shape, kind: its.kind, gate }} />
    </aside>
  );
}

const kinds = {
  tier: () => t('tier gate'),
  'end-to-end': () => t('end-to-end gate'),
  approval: () => t('approval gate'),
};

function Since({ since }: { readonly since: number | null }): ReactElement | null {
  const now = useNow();
  return since === null ? null : <span className="muted small num">{age(now - since)}</span>;
}

function Members({ members }: { readonly members: readonly GateMember[] }): ReactElement {
  const select = useBoard((state) => state.select);
  const selectGate = useBoard((state) => state.selectGate);
  return (
    <ul className="drawer-list">
      {members.map(({ name, says, module, gate }) => (
        <li key={name} className="list-row">
          {module === null && gate === null ? (
            <span className="nowrap">{name}</span>
          ) : (
            <TextLink
              className="nowrap"
              onClick={() => (module === null ? selectGate(gate) : select(module))}
            >
              {name}
            </TextLink>
          )}
          <span className="spacer" />
          <span className="muted small ellipsis" title={says}>
            {says}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** As many as are read at once; the list of gates has all of them. */
const MAX_VERDICTS = 12;

function GateVerdicts(props: {
  readonly chronicle: Chronicle;
  readonly gate: NodeRef;
}): ReactElement {
  const { chronicle, gate } = props;
  const { verdicts } = chronicle.history;
  const rows = useMemo(
    () => verdicts.filter((row) => row.gate === gate).reverse(),
    [verdicts, gate],
  );
  const more = rows.length - MAX_VERDICTS;
  return (
    <Section title={t('Verdicts')} aside={rows.length === 0 ? t('· none yet') : `· ${rows.length}`}>
      <ul className="drawer-body verdict-list">
        {rows.slice(0, MAX_VERDICTS).map(({ seq, verdict, runMs, by, says, evidence }) => (
          <li key={seq}>
            <div className="row gap-6">
              <VerdictChip verdict={verdict} />
              <span className="muted small num ellipsis">
                {runTime(runMs)} · {by}
              </span>
            </div>
            {evidence.length === 0 ? (
              <p className="muted small">{says}</p>
            ) : (
              <EvidenceBlock evidence={evidence} onOpen={openingOfGate(gate)} />
            )}
          </li>
        ))}
        {more > 0 && (
          <li className="small muted">{plural(more, 'and {0} more', 'and {0} more')}</li>
        )}
      </ul>
    </Section>
  );
}

/** Which of its modules it held to be at fault for what failed between them, how it came to that, and why. */
function Blames(props: {
  readonly chronicle: Chronicle;
  readonly gate: NodeRef;
}): ReactElement | null {
  const { chronicle, gate } = props;
  const moments = useBoard((state) => state.moments);
  const select = useBoard((state) => state.select);
  const until = chronicle.state.seq;
  const blames = useMemo(() => blamesOf(moments.events, { gate, until }), [moments, gate, until]);
  if (blames.length === 0) return null;
  return (
    <Section title={t('Whom it blamed')} aside={`· ${blames.length}`}>
      <ul className="drawer-body verdict-list">
        {blames.map(({ seq, check, between, blamed, how, reason }) => (
          <li key={seq}>
            <div className="row gap-6">
              <TextLink onClick={() => select(blamed)}>{blamed}</TextLink>
              <span className="muted small ellipsis">
                {oneLine(check, 60)} · {between.join(' × ')}
              </span>
            </div>
            <p className="muted small">{ways[how]()}</p>
            <p className="small">{oneLine(reason, 600)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const ways = {
  declared: () => t('The plan names these modules for this check.'),
  stubs: () => t('With the stub in its place the check passes.'),
  integrator: () => t('The integrator says so.'),
};

function Foot(props: {
  readonly shape: string;
  readonly kind: 'tier' | 'end-to-end' | 'approval';
  readonly gate: NodeRef;
}): ReactElement {
  const { shape, kind, gate } = props;
  const open = useBoard((state) => state.open);
  const { id } = parseNodeRef(gate);
  const asks = shape === 'needs-you';
  return (
    <div className="drawer-foot">
      <Button
        {...{ kind: asks ? 'primary' : 'secondary', icon: asks ? 'bell-dot' : 'law' }}
        onClick={() => open('gates')}
      >
        {asks && kind === 'approval' ? t('Decide {0}…', id) : t('Show all gates')}
      </Button>
    </div>
  );
}
