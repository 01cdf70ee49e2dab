import { phrase } from '../phrase.ts';
import { advice, error, type CodeInfo } from './code-info.ts';

/** What keeps a plan from being run, and what it could do better. */
export const qualityCodes = {
  // What is promised
  'missing-description': error(
    'quality',
    'key',
    'The artifact or a module does not say what it is for.',
    phrase('Add the field that the message names.'),
  ),
  'no-contract': error(
    'quality',
    'key',
    'A module has a `contract` that names no file.',
    phrase(
      'Write what it promises into a Markdown file and name it in `contract.file`; or leave `contract` out, so that a planner writes it.',
    ),
  ),
  'contract-missing': error(
    'quality',
    'value',
    'The contract file does not exist.',
    phrase('Write it, or correct the path; or leave `contract` out, so that a planner writes it.'),
  ),
  'no-contract-paragraph': error(
    'quality',
    'value',
    'The contract file holds no paragraph of at least 40 characters.',
    phrase('Say in a paragraph of prose what the module takes, gives, and does on errors.'),
  ),
  'no-tests': error(
    'quality',
    'key',
    'A module has no tests: nothing can decide whether it is done.',
    phrase(
      'Name the tests that decide in `contract.tests`; or leave `contract` out, so that a planner writes all of it.',
    ),
  ),
  'tests-missing': error(
    'quality',
    'value',
    'No file matches the pattern of a contract’s tests.',
    phrase(
      'Write the tests before the module, or correct the pattern; or leave `contract` out, so that a planner writes all of it.',
    ),
  ),
  'no-stub': error(
    'quality',
    'key',
    'A module that produces code has no stub.',
    phrase('Add one: it stands in for the module, and shows that the tests can fail.'),
  ),
  'stub-missing': error(
    'quality',
    'value',
    'No file matches the pattern of a stub.',
    phrase(
      'Write the stub, or correct the pattern; or leave `contract` out, so that a planner writes all of it.',
    ),
  ),
  'soft-without-stub': error(
    'quality',
    'value',
    'A soft dependency is on something without a stub: there is nothing to start on.',
    phrase('Give it a stub, leave its `contract` to a planner, or make the dependency hard.'),
  ),
  'vacuous-contract': error(
    'quality',
    'value',
    'The tests of a contract pass on the stub, or on nothing: they prove nothing.',
    phrase('Add a test that fails until the module is built.'),
  ),
  'stub-does-not-load': error(
    'quality',
    'value',
    'The tests cannot be listed, because the stub cannot be loaded.',
    phrase('Let the stub export what the module will, with functions that throw.'),
  ),
  'no-checks': error(
    'quality',
    'key',
    'A module has no check that runs its tests.',
    phrase('Add one in `checks`.'),
  ),
  'source-of-truth-missing': error(
    'quality',
    'value',
    'A source of truth does not exist.',
    phrase('Add the file, or correct the path.'),
  ),

  // Who owns what
  'no-owned-paths': error(
    'quality',
    'key',
    'A module owns no paths, so its builder could write nothing.',
    phrase('Name what it writes in `owns`.'),
  ),
  'overlapping-owns': error(
    'quality',
    'value',
    'Two modules own the same path.',
    phrase(
      'Narrow one of the patterns; a file that several share belongs to one module or to the base.',
    ),
  ),
  'owns-what-decides': error(
    'quality',
    'value',
    'A module owns tests, a contract, a stub or a source of truth: who writes would judge.',
    phrase('Keep them outside the paths that modules own.'),
  ),
  'submodule-in-paths': error(
    'quality',
    'value',
    'A git submodule lies in owned or test paths; its content is not in the base.',
    phrase('Copy the files in, or choose other paths.'),
  ),
  'lfs-in-paths': error(
    'quality',
    'value',
    'Files of Git LFS lie in owned or test paths; the base holds only their pointers.',
    phrase('Keep those files in git itself, or choose other paths.'),
  ),

  // Bounds, pools and shape
  'missing-budget': error(
    'quality',
    'key',
    'The run or a module has no complete budget.',
    phrase('Add the bounds that the message names; nothing is spent without one.'),
  ),
  'missing-preconditions': error(
    'quality',
    'key',
    'The plan does not say why building in parallel fits.',
    phrase('Describe the boundaries, the interfaces and the work per module in `preconditions`.'),
  ),
  'too-few-modules': error(
    'quality',
    'key',
    'There are fewer than three modules.',
    phrase('Use the simpler pattern that the message names.'),
  ),
  'work-too-small': error(
    'quality',
    'key',
    'The mean work in a module is less than the coordination it costs.',
    phrase('Merge modules, or use the simpler pattern that the message names.'),
  ),
  'not-faster': error(
    'quality',
    'key',
    'The predicted time is not at least a fifth shorter than one agent’s.',
    phrase(
      'Remove dependencies on the critical path, or use the simpler pattern that the message names.',
    ),
  ),
  'too-few-reviewers': error(
    'quality',
    'value',
    'The builders hand in more than the reviewers can judge.',
    phrase('Add reviewers, or lower the number of builders.'),
  ),
  'too-many-modules': error(
    'quality',
    'key',
    'There is more than one screen can show (40 cards), and tiers do not fold it.',
    phrase('Group modules into tiers of at most 40, and those into tiers again.'),
  ),
  'no-end-to-end-gate': error(
    'quality',
    'key',
    'No end-to-end gate has a check.',
    phrase('Add a gate of kind `end-to-end` with a check that uses the artifact from outside.'),
  ),
  'never-integrated': error(
    'quality',
    'key',
    'A module is in no tier, and no end-to-end gate requires it.',
    phrase('List it in a tier, or let a gate require it.'),
  ),
  'unknown-agent': error(
    'quality',
    'value',
    'There is no agent provider of that name.',
    phrase('Use one of the providers that the message names.'),
  ),

  // Advice
  'tests-not-counted': advice(
    'No check of a module tells its tests apart, so skipped or missing ones are not noticed.',
    phrase('Give the check that runs the tests a `report`.'),
  ),
  'no-estimate': advice(
    'A module has no estimate; the schedule takes 10 minutes and 1 of review.',
    phrase('Add `estimate: { minutes: …, review: … }`.'),
  ),
  'module-too-small': advice(
    'The work in a module is less than the coordination it costs.',
    phrase('Merge it into a neighbour.'),
  ),
  'could-be-soft': advice(
    'A hard dependency is on something that has a stub, and making it soft saves time.',
    phrase(
      'Write `kind: soft` where the work can begin on the stub; it is judged again against the seal.',
    ),
  ),
  'undeclared-resource': advice(
    'Checks of several modules use one service, port or file, and no resource keeps them apart.',
    phrase('Declare it in `resources` of the plan, and let those modules hold it.'),
  ),
  'mutual-reference': advice(
    'Two modules need or speak of each other, and may want each other’s findings.',
    phrase('Write `kind: feedback` at one of them.'),
  ),
  'ambiguous-name': advice(
    'A name without prefix means the module, though something else has the same name.',
    phrase('Write `module:…`, or the prefix of the other.'),
  ),
} as const satisfies Readonly<Record<string, CodeInfo>>;
