import { contractAdvice } from '../../core/plan/advise.ts';
import type { ModuleId } from '../../core/ids.ts';
import { hasContractParagraph } from '../../core/plan/contract-paragraph.ts';
import { issue, type Issue, type IssuePath } from '../../core/plan/issue.ts';
import { phrase, type Phrase } from '../../core/phrase.ts';
import type { ModulePlan, Plan } from '../../core/plan/plan.ts';
import { matchesAny, patternPrefix, patternsOverlap } from '../../core/paths.ts';

/** The files that a plan speaks of: those of the base, by root-relative path. */
export interface PlanFiles {
  readonly list: () => readonly string[];
  /** Null where there is no such file. */
  readonly read: (path: string) => string | null;
  /** Root-relative folders that are submodules. */
  readonly submodules: readonly string[];
  /** Root-relative files that Git LFS keeps elsewhere. */
  readonly lfs: readonly string[];
}

/** What the files show that the plan alone does not. Running its tests on the stubs comes after. */
export function checkFiles(plan: Plan, source: PlanFiles): Issue[] {
  const index = new FileIndex(source.list());
  const { sourceOfTruth } = plan.artifact;
  return [
    ...sourceOfTruth.flatMap((file, at) =>
      index.matches(file)
        ? []
        : [issue('source-of-truth-missing', ['artifact', 'sourceOfTruth', at], absent(file))],
    ),
    ...plan.modules.flatMap((module) => [
      ...contractIssues(module, source, index),
      ...storedElsewhere(module, source),
    ]),
    ...contractAdvice(plan, contractTexts(plan, source)),
  ];
}

/** What running a contract's tests on its stub, and on nothing, has shown. */
export type Vacuity =
  /** every test passes, so that nothing needs to be built */
  | { readonly kind: 'passes'; readonly on: 'stub' | 'nothing' }
  /** the tests could not be listed; `says` is the head of the output */
  | { readonly kind: 'does-not-load'; readonly says: string };

/** What that means for the plan. */
export function vacuousIssue(module: ModulePlan, result: Vacuity): Issue {
  const path = ['modules', module.id, 'contract', 'tests'];
  if (result.kind === 'does-not-load') {
    const message = phrase(
      'the tests of {0} cannot be listed on its stub: {1}',
      module.id,
      result.says,
    );
    return issue('stub-does-not-load', path, message);
  }
  const message =
    result.on === 'stub'
      ? phrase('all tests of {0} pass on its stub', module.id)
      : phrase('all tests of {0} pass on nothing at all', module.id);
  return issue('vacuous-contract', path, message);
}

function contractTexts(plan: Plan, source: PlanFiles): ReadonlyMap<ModuleId, string> {
  return new Map(
    plan.modules.flatMap(({ id, contract }): [ModuleId, string][] => {
      const text = contract.author === 'planner' ? null : source.read(contract.file);
      return text === null ? [] : [[id, text]];
    }),
  );
}

const absent = (path: string): Phrase => phrase('{0} does not exist', path);

function contractIssues(
  { id, contract }: ModulePlan,
  source: PlanFiles,
  index: FileIndex,
): Issue[] {
  // What a planner is to write need not be there; what is there already, it takes up.
  if (contract.author === 'planner') return [];
  const path = ['modules', id, 'contract'];
  const unmatched = (
    code: 'tests-missing' | 'stub-missing',
    field: string,
    patterns: readonly string[],
  ): Issue[] =>
    patterns.flatMap((pattern, at) =>
      index.matches(pattern)
        ? []
        : [issue(code, [...path, field, at], phrase('no file matches "{0}"', pattern))],
    );
  return [
    ...(contract.file === '' ? [] : contractText(contract.file, [...path, 'file'], source)),
    ...unmatched('tests-missing', 'tests', contract.tests),
    ...unmatched('stub-missing', 'stub', contract.stub),
  ];
}

function contractText(file: string, path: IssuePath, source: PlanFiles): Issue[] {
  const text = source.read(file);
  if (text === null) return [issue('contract-missing', path, absent(file))];
  if (hasContractParagraph(text)) return [];
  const message = phrase('{0} holds no paragraph of at least 40 characters', file);
  return [issue('no-contract-paragraph', path, message)];
}

/** One issue for each pattern and kind; the first path stands for all. */
function storedElsewhere({ id, owns, contract }: ModulePlan, source: PlanFiles): Issue[] {
  const patterns = [
    ...owns.map((pattern, at) => ({ pattern, path: ['modules', id, 'owns', at] })),
    ...contract.tests.map((pattern, at) => ({
      pattern,
      path: ['modules', id, 'contract', 'tests', at],
    })),
  ];
  return patterns.flatMap(({ pattern, path }) => {
    const submodule = source.submodules.find((folder) => patternsOverlap(pattern, `${folder}/**`));
    const lfs = source.lfs.find((file) => matchesAny([pattern], file));
    return [
      ...(submodule === undefined
        ? []
        : [issue('submodule-in-paths', path, phrase('{0} is a submodule', submodule))]),
      ...(lfs === undefined
        ? []
        : [issue('lfs-in-paths', path, phrase('{0} is kept in Git LFS', lfs))]),
    ];
  });
}

/** Sorted, so that a pattern is only held against the files of the folder that it begins with. */
class FileIndex {
  readonly #all: ReadonlySet<string>;
  readonly #sorted: readonly string[];

  constructor(files: readonly string[]) {
    this.#all = new Set(files);
    this.#sorted = [...this.#all].sort();
  }

  matches(pattern: string): boolean {
    if (!pattern.includes('*')) return this.#all.has(pattern);
    const prefix = patternPrefix(pattern);
    const folder = prefix === '' ? '' : `${prefix}/`;
    for (let at = this.#firstFrom(folder); at < this.#sorted.length; at += 1) {
      const file = this.#sorted[at];
      if (file?.startsWith(folder) !== true) return false;
      if (matchesAny([pattern], file)) return true;
    }
    return false;
  }

  #firstFrom(text: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
