import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { plural, t } from '../../core/language.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import type { RunState } from '../../core/state.ts';
import { Count } from '../parts/Chip.tsx';
import { useBoard, type BoardState } from '../store.ts';
import './Tabs.css';

const views = () =>
  [
    ['graph', t('Graph')],
    ['streams', t('Streams')],
    ['gates', t('Gates')],
    ['table', t('Table')],
    ['account', t('Account')],
  ] as const satisfies readonly (readonly [BoardState['view'], string])[];

interface Props {
  readonly state: RunState;
  readonly tools: ReactNode;
}

/** The views of one run, and what helps to find one's way in them. */
export function Tabs({ state, tools }: Props) {
  const view = useBoard((board) => board.view);
  const open = useBoard((board) => board.open);
  const needs = useMemo(() => needsYou(state).length, [state]);
  const list = useRef<HTMLDivElement>(null);
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = views().findIndex(([name]) => name === view);
    const next = (at + step + views().length) % views().length;
    open(views()[next]?.[0] ?? 'graph');
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <nav className="tabs">
      <div ref={list} className="tab-list" role="tablist" aria-label={t('Views')} onKeyDown={key}>
        {views().map(([name, title]) => (
          <button
            key={name}
            {...{ type: 'button', role: 'tab', id: `tab-${name}`, className: 'tab' }}
            {...{ 'aria-selected': view === name, 'aria-controls': 'board-view' }}
            tabIndex={view === name ? 0 : -1}
            onClick={() => open(name)}
          >
            {title}
            {name === 'gates' && needs > 0 && (
              <Count
                count={needs}
                needsYou
                label={t('{0} for you to do', plural(needs, '{0} thing', '{0} things'))}
              />
            )}
          </button>
        ))}
      </div>
      <div className="tab-tools">{tools}</div>
    </nav>
  );
}
