import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import { grantOf } from '../../core/allowance.ts';
import { addAmounts, scaleAmount } from '../../core/budget.ts';
import type { Estimate } from '../../core/plan/plan.ts';
import { money, tokens } from '../../core/projections/figures.ts';
import {
  moduleMoney,
  partMoney,
  spentMoney,
  type MoneyKnowledge,
} from '../../core/projections/money-known.ts';
import { bytesWords, costWords, figuresOf } from '../../core/projections/usage-account.ts';
import { duration } from '../../core/projections/words.ts';
import { host } from '../host.ts';
import { FileLink } from '../parts/FileLink.tsx';
import { Bar } from '../parts/Bar.tsx';
import { Section } from '../parts/Section.tsx';
import type { ShownModule } from './shown-module.ts';

/** What the module has cost of what it was given, and who spent it. */
export function CostSection({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, node, module, plan } = shown;
  const spending = chronicle.history.spending.get(node);
  const { running, builds, judgings } = spending;
  const known = moduleMoney(chronicle, node, module.spent, spending);
  const part = (pool: 'builders' | 'reviewers'): string => {
    const paid = spending[pool];
    return moneyWords(paid.microUsd, partMoney(chronicle, known, pool, paid));
  };
  const spent = addAmounts(module.spent, running);
  const given = scaleAmount(grantOf(plan.budget), module.grants);
  const used = figuresOf(chronicle.costs.byNode.get(node));
  const read = chronicle.input.get(node);
  const grants = module.grants > 1 ? t('· {0} budgets', module.grants) : '';
  return (
    <Section
      title={t('Cost')}
      aside={`·${moneyWords(spent.microUsd, known).replace(',', '')} ${grants}`}
    >
      <table className="cost drawer-body">
        <tbody>
          <Row name="Tokens" of={[spent.tokens, given.tokens]} says={tokens} />
          <Row
            {...{ name: t('Money'), of: [spent.microUsd, given.microUsd], says: money }}
            {...(known === 'known' ? {} : { spentSays: spentMoney(spent.microUsd, known) })}
          />
          <Row name="Turns" of={[spent.turns, given.turns]} says={String} />
          <Row name="Agents' time" of={[spent.ms, given.ms]} says={duration} />
        </tbody>
      </table>
      {used.calls > 0 && <p className="drawer-more muted small">{costWords(used)}</p>}
      <p className="drawer-more muted small">
        {plural(builds, '{0} build', '{0} builds')}
        {part('builders')} · {plural(judgings, '{0} judging', '{0} judgings')}
        {part('reviewers')}
      </p>
      <p className="drawer-more muted small">{estimateWords(plan.estimate)}</p>
      <p className="drawer-more small">
        {read > 0 && (
          <span className="muted">{rich('{0} of it read by the run ·', bytesWords(read))} </span>
        )}
        <FileLink onClick={() => host.act({ do: 'open-transcript', module: shown.id })}>
          {t('Open a transcript')}
        </FileLink>
      </p>
    </Section>
  );
}

/** What was known of it before it began, and from where. */
function estimateWords({ minutes, review, source, runs }: Estimate): string {
  return source === 'plan'
    ? t('Estimated by the plan: {0} min to build, {1} min to judge', minutes, review)
    : plural(
        runs,
        'Learned from {0} earlier run: {1} min to build, {2} min to judge',
        'Learned from {0} earlier runs: {1} min to build, {2} min to judge',
        ...[minutes, review],
      );
}

/** As it follows what it was spent on. */
const moneyWords = (microUsd: number, known: MoneyKnowledge): string =>
  known === 'unknown' ? t(', money unknown') : ` ${spentMoney(microUsd, known)}`;

interface RowProps {
  readonly name: string;
  readonly of: readonly [spent: number, given: number];
  readonly says: (amount: number) => string;
  /** What of it is known, where that is not all: then no share can be shown. */
  readonly spentSays?: string;
}

function Row({ name, of: [spent, given], says, spentSays }: RowProps) {
  const percent = given === 0 ? 0 : (spent / given) * 100;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{spentSays ?? says(spent)}</td>
      <td className="num muted">{rich('of {0}', says(given))}</td>
      <td className="cost-bar">
        {spentSays === undefined && (
          <Bar percent={percent} tone="plain" label={t('{0} used', name)} />
        )}
      </td>
    </tr>
  );
}
