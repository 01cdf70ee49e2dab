import { memo, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../core/language.ts';
import { moduleStatus } from '../../core/projections/module-status.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import { isPressedAnywhere, useSingleKeys } from '../keys/single-keys.ts';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { findModules, type FoundModule } from './find.ts';
import './FindModule.css';

/** Finds a module by its name, and brings it into view; `/` leads here from anywhere on the board. */
export const FindModule = memo(function FindModule({ plan }: { readonly plan: Plan }) {
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const open = useBoard((board) => board.open);
  const select = useBoard((board) => board.select);
  const focus = useBoard((board) => board.focusModule);
  const slash = useSingleKeys();
  useSlashKey(() => input.current?.focus());

  const found = findModules(plan, query);
  const at = Math.min(marked, found.length - 1);
  const clear = (): void => {
    setQuery('');
    setMarked(0);
  };
  const choose = (module: ModuleId): void => {
    clear();
    input.current?.blur();
    open('graph');
    select(module);
    focus(module);
  };
  const key = (event: KeyboardEvent): void => {
    const module = found[at]?.module;
    if (event.key === 'ArrowDown') setMarked(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && module !== undefined) choose(module);
    else if (event.key === 'Escape') {
      if (query === '') input.current?.blur();
      clear();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="find">
      <Icon name="search" size={14} />
      <input
        ref={input}
        {...{ type: 'text', role: 'combobox', 'aria-label': t('Find module') }}
        {...{ placeholder: t('Find module'), value: query, maxLength: 60, spellCheck: false }}
        {...{ 'aria-expanded': query !== '', 'aria-controls': list, autoComplete: 'off' }}
        {...(at >= 0 ? { 'aria-activedescendant': `${list}-${at}` } : {})}
        onChange={(event) => {
          setQuery(event.target.value);
          setMarked(0);
        }}
        onKeyDown={key}
        onBlur={clear}
      />
      {slash && <kbd aria-hidden="true">/</kbd>}
      {query !== '' && (
        <ul id={list} role="listbox" aria-label={t('Modules found')} className="found">
          {found.length === 0 && (
            <li className="muted found-none">
              {t('No module has that in its name, stream, paths or purpose.')}
            </li>
          )}
          {found.map((it, index) => (
            <Found
              key={it.module}
              {...{ found: it, id: `${list}-${index}`, marked: index === at, choose }}
            />
          ))}
        </ul>
      )}
    </div>
  );
});

interface FoundProps {
  readonly found: FoundModule;
  readonly id: string;
  readonly marked: boolean;
  readonly choose: (module: ModuleId) => void;
}

function Found({ found: { module, by }, id, marked, choose }: FoundProps) {
  const status = useBoard(({ chronicle }) =>
    chronicle === null ? '' : statusOf(chronicle.state, module),
  );
  return (
    <li
      {...{ id, role: 'option', 'aria-selected': marked }}
      // Before the input loses its focus, which would take the list away.
      onMouseDown={(event) => {
        event.preventDefault();
        choose(module);
      }}
    >
      <span className="ellipsis">{module}</span>
      <span className="muted ellipsis" title={by}>
        {by === '' ? status : by}
      </span>
    </li>
  );
}

function statusOf(state: RunState, module: ModuleId): string {
  const node = state.graph.moduleIndex.get(module);
  return node === undefined ? '' : moduleStatus(state, node).text;
}

function useSlashKey(pressed: () => void): void {
  const latest = useRef(pressed);
  useEffect(() => {
    latest.current = pressed;
  });
  useEffect(() => {
    const heard = (event: globalThis.KeyboardEvent): void => {
      if (!isPressedAnywhere(event, '/')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
}
