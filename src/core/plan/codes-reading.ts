import { phrase } from '../phrase.ts';
import { error, type CodeInfo } from './code-info.ts';

/** What keeps a file from being a plan that can be scheduled. */
export const readingCodes = {
  // The text
  'too-large': error(
    'reading',
    'value',
    'The file is over 1 MiB.',
    phrase('A plan names things; move long texts into contracts and sources of truth.'),
  ),
  'yaml-syntax': error(
    'reading',
    'value',
    'The file is not YAML that a plan may use.',
    phrase('Mend the YAML at the place that is marked.'),
  ),
  'too-deep': error(
    'reading',
    'value',
    'Lists and mappings are nested over 64 levels deep.',
    phrase('A plan needs fewer than ten levels; flatten it.'),
  ),
  'too-many-aliases': error(
    'reading',
    'value',
    'Aliases expand to over 100,000 values, or hold themselves.',
    phrase('Write the values out.'),
  ),
  'duplicate-key': error(
    'reading',
    'key',
    'A mapping holds the same key twice.',
    phrase('Remove or rename one of the two.'),
  ),
  'not-a-mapping': error(
    'reading',
    'value',
    'The file does not hold a mapping.',
    phrase('Begin with `ashlar: 1`, then describe the artifact and its modules.'),
  ),

  // The language
  'wrong-version': error(
    'reading',
    'value',
    'The plan is not written in version 1 of the language.',
    phrase('Write `ashlar: 1`, or use a release that knows the version.'),
  ),
  'unknown-key': error(
    'reading',
    'key',
    'The language has no such key at this place.',
    phrase('Correct or remove it.'),
  ),
  'missing-key': error('reading', 'key', 'A key is missing that must be there.', phrase('Add it.')),
  'wrong-type': error(
    'reading',
    'value',
    'The value is of another type than the key takes.',
    phrase('Write a value of the type that the message names.'),
  ),
  'invalid-value': error(
    'reading',
    'value',
    'The value is of the right type, and not one of those allowed.',
    phrase('Write a value that the message allows.'),
  ),
  'invalid-name': error(
    'reading',
    'key',
    'A name has another form than names have, or is kept for something else.',
    phrase('Use 1 to 40 of a-z, 0-9 and -, the first one a letter.'),
  ),
  'unknown-name': error(
    'reading',
    'value',
    'Nothing in the plan has the name that is referred to.',
    phrase('Correct the name, or declare what it names.'),
  ),
  'unsafe-path': error(
    'reading',
    'value',
    'A path leaves the root, reaches into git’s or our own folders, or cannot exist on every system.',
    phrase('Use a plain path relative to the root.'),
  ),
  'invalid-pattern': error(
    'reading',
    'value',
    'A pattern is not of the form that is read here.',
    phrase(
      'Use literal segments, `*` inside a segment, `**` as a whole segment; a stub is `<folder>/**`.',
    ),
  ),

  // The graph
  'dependency-cycle': error(
    'graph',
    'value',
    'Things wait for each other in a circle of hard dependencies, so none of them can start.',
    phrase('Make one of the dependencies that the message shows soft, or remove it.'),
  ),
  'in-two-tiers': error(
    'graph',
    'value',
    'A module is listed in two tiers.',
    phrase('List it in one; let the other include that tier.'),
  ),
} as const satisfies Readonly<Record<string, CodeInfo>>;
