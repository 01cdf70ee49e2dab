import { useState } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { testResults, type TestResult } from '../../core/projections/test-results.ts';
import { duration } from '../../core/projections/words.ts';
import type { CheckOutcome, CheckResult, Evidence, ListedTest } from '../../core/verdict.ts';
import { TextLink } from '../parts/controls.tsx';
import { EvidenceBlock } from '../parts/Evidence.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { useHasFiles } from '../standstill.ts';
import { openEvidence } from './open-evidence.ts';
import type { ShownModule } from './shown-module.ts';
import { useAnswer } from './use-answer.ts';

/** No more names than a person reads; what is left out is counted. */
const MAX_LISTED = 200;

/** The checks of the latest judging, what failed in them, and the tests that decide. */
export function TestsSection({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, node, module, plan } = shown;
  const hasFiles = useHasFiles();
  const results = chronicle.history.checks.get(node);
  const passed = sum(results, (result) => result.passed);
  const tests = passed + sum(results, (result) => result.failed);
  const { version, tests: listed } = module.contract;
  const judged = chronicle.history.submissions
    .get(node)
    .findLast(({ verdict }) => verdict !== null);
  const ran =
    judged !== undefined && judged.version !== version
      ? t('{0} of {1} passed under v{2}', passed, tests, judged.version)
      : t('{0} of {1} passed', passed, tests);
  const aside =
    tests > 0
      ? `· ${ran}`
      : listed > 0
        ? t('· {0}, not run yet', plural(listed, '{0} test', '{0} tests'))
        : '';
  return (
    <Section title={t('Tests')} aside={aside}>
      <ul className="drawer-list">
        {results.map((result) => (
          <Check key={result.check} shown={shown} result={result} />
        ))}
        {plan.checks
          .filter(({ name }) => !results.some(({ check }) => check === name))
          .map(({ name }) => (
            <li key={name} className="list-row">
              <Icon name="circle-large" tone="muted" size={14} />
              <span className="ellipsis">{name}</span>
              <span className="spacer" />
              <span className="muted small">{t('not run')}</span>
            </li>
          ))}
      </ul>
      {version > 0 && hasFiles && <ListedTests key={version} shown={shown} />}
    </Section>
  );
}

const sum = (results: readonly CheckResult[], of: (result: CheckResult) => number): number =>
  results.reduce((all, result) => all + of(result), 0);

const outcomes = (): Readonly<Record<CheckOutcome, string>> => ({
  passed: '',
  failed: '',
  'timed-out': t('timed out'),
  unstable: t('two outcomes'),
});

interface CheckProps {
  readonly shown: ShownModule;
  readonly result: CheckResult;
}

function Check({ shown, result }: CheckProps) {
  const { check, outcome, passed, failed, durationMs, cached, evidence } = result;
  const good = outcome === 'passed';
  const note = [outcomes()[outcome], cached ? t('cached') : '']
    .filter((part) => part !== '')
    .join(', ');
  return (
    <li>
      <div className={good ? 'list-row' : 'list-row list-row-marked'}>
        <Icon
          name={good ? 'pass' : 'error'}
          tone={good ? 'pass' : 'fail'}
          size={14}
          label={good ? t('passed') : t('failed')}
        />
        <span className="ellipsis">{oneLine(check, 120)}</span>
        {note !== '' && <span className="muted small nowrap">{note}</span>}
        <span className="spacer" />
        <span className="num list-count">
          {passed}/{passed + failed}
        </span>
        <span className="num muted list-time">{duration(durationMs)}</span>
      </div>
      {!good && evidence.length > 0 && (
        <div className="drawer-evidence">
          <EvidenceBlock evidence={evidence.map(named)} onOpen={openEvidence(shown, null)} />
        </div>
      )}
    </li>
  );
}

/** The check's name stands right above. */
const named = (piece: Evidence): Evidence => ({ ...piece, check: null });

function ListedTests({ shown }: { readonly shown: ShownModule }) {
  const [open, setOpen] = useState(false);
  const { tests, version } = shown.module.contract;
  const words = tests > 0 ? plural(tests, 'the {0} test', 'the {0} tests') : t('the tests');
  return (
    <div className="drawer-more">
      <TextLink className="small" onClick={() => setOpen(!open)}>
        {open ? t('Hide {0} of v{1}', words, version) : t('Show {0} of v{1}', words, version)}
      </TextLink>
      {open && <TestList shown={shown} />}
    </div>
  );
}

function TestList({ shown }: { readonly shown: ShownModule }) {
  const { run } = shown.chronicle.state;
  const about = `${run} v${shown.module.contract.version}`;
  const answer = useAnswer(about, { about: 'tests', module: shown.id });
  if (answer === null) return <p className="muted small">{t('Reading the tests…')}</p>;
  if (answer.about === 'failure') {
    return <p className="muted small">{oneLine(answer.message, 300)}</p>;
  }
  if (answer.about !== 'tests') return null;
  const { tests } = answer;
  const more = tests.length - MAX_LISTED;
  const results = testResults(
    tests,
    isAbout(shown) ? shown.chronicle.history.checks.get(shown.node) : [],
  );
  return (
    <ul className="test-list">
      {tests.slice(0, MAX_LISTED).map((test, at) => (
        <Listed key={at} test={test} result={results[at] ?? null} before={tests[at - 1]} />
      ))}
      {more > 0 && <li className="muted small">{rich('and {0} more', more)}</li>}
    </ul>
  );
}

/** Whether the latest judging was under the version that the tests are of. */
function isAbout({ chronicle, node, module }: ShownModule): boolean {
  const judged = chronicle.history.submissions
    .get(node)
    .findLast(({ verdict }) => verdict !== null);
  return judged?.version === module.contract.version;
}

const looks = {
  passed: () => ({ name: 'pass', tone: 'pass', label: t('passed') }) as const,
  failed: () => ({ name: 'error', tone: 'fail', label: t('failed') }) as const,
};

interface ListedProps {
  readonly test: ListedTest;
  readonly result: TestResult;
  readonly before: ListedTest | undefined;
}

/** Each file is named once, above its tests. */
function Listed({ test, result, before }: ListedProps) {
  const place = test.file === '' ? test.check : test.file;
  const last = before === undefined ? null : before.file === '' ? before.check : before.file;
  return (
    <>
      {place !== last && <li className="mono small muted ellipsis">{oneLine(place, 200)}</li>}
      <li className="small ellipsis test-name" title={oneLine(test.name, 400)}>
        {result === null ? (
          <Icon name="circle-large" tone="muted" size={12} label={t('not run')} />
        ) : (
          <Icon {...looks[result]()} size={12} />
        )}{' '}
        {oneLine(test.name, 400)}
      </li>
    </>
  );
}
