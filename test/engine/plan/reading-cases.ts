import { elsewhere, one, whole, type DiagnosticCase } from './diagnostic-case.ts';

const times = (count: number, text: string): string => Array(count).fill(text).join(', ');
const aliasBomb =
  `a: &a [${times(100, 'x')}]\nb: &b [${times(100, '*a')}]\n` + `c: [${times(8, '*b')}, ‹*b›]\n`;

/** What keeps a text from being a plan that can be scheduled. */
export const readingCases: readonly DiagnosticCase[] = [
  // The text
  whole('too-large', '2 MiB', `‹›a: ${'b'.repeat(2 * 1024 * 1024)}`, '1 MiB'),
  whole('too-large', 'many bytes in few units', `‹›a: ${'日'.repeat(400_000)}`, '1 MiB'),
  whole('yaml-syntax', 'an open bracket', 'ashlar: [1, 2\n‹›', 'Flow sequence'),
  whole('yaml-syntax', 'a tab as indent', 'modules:\n‹\t›a: 1\n', 'Tabs are not allowed'),
  whole('yaml-syntax', 'NUL', 'ashlar: ‹\0›1\n', 'U+0000'),
  whole('yaml-syntax', 'a tag', 'ashlar: ‹!js/function› "x"\n', 'Unresolved tag'),
  whole('yaml-syntax', 'a second document', 'ashlar: 1\n‹›---\nashlar: 1\n', 'second document'),
  whole('yaml-syntax', 'an unknown alias', 'ashlar: ‹*nobody›\n', 'nobody'),
  whole('yaml-syntax', 'a list as key', '‹[a]›: 1\n', 'a key must be'),
  whole('too-deep', 'brackets', `${'['.repeat(64)}‹›${'['.repeat(1000)}`, '64 levels'),
  whole('too-many-aliases', 'a bomb', aliasBomb, '100000 values'),
  whole('too-many-aliases', 'an alias in itself', 'a: &a [‹*a›]\n', 'holds itself'),
  one('duplicate-key', 'kind: service', 'kind: service\n  ‹kind›: x', '"kind" stands here twice'),
  whole('not-a-mapping', 'a list', '‹›- ashlar: 1\n', 'mapping'),
  whole('not-a-mapping', 'nothing', '‹›', 'mapping'),

  // The language
  one('wrong-version', 'ashlar: 1', 'ashlar: ‹2›', 'version 2'),
  one('wrong-version', 'ashlar: 1\nartifact', '‹artifact›', '"ashlar" is missing'),
  one('unknown-key', 'streams:\n', '‹strems›: {}\nstreams:\n', 'unknown key "strems"'),
  one('unknown-key', 'timeoutMinutes:', '‹timeout›:', 'unknown key "timeout"'),
  one('unknown-key', '  name: notes', '  name: notes\n  ‹constructor›: x', '"constructor"'),
  one('unknown-key', '  name: notes', '  name: notes\n  ‹<<›: { x: 1 }', 'unknown key "<<"'),
  one('missing-key', 'unit: { run: node --test tests/server, ', '‹unit›: { ', '"run" is missing'),
  one('missing-key', '  accept:\n    kind: end-to-end', '  ‹accept›:', '"kind" is missing'),
  one(
    'missing-key',
    'unit: { run: node --test tests/server, report: node',
    '‹unit›: { run: x, report: junit',
    '"reportFile"',
  ),
  one('wrong-type', 'title: Backend', '‹title›: [Backend]', 'must be text, not a list'),
  one('wrong-type', 'tokens: 250000', 'tokens: ‹true›', 'must be a whole number, not true'),
  one('invalid-value', 'tokens: 250000', 'tokens: ‹plenty›', 'a whole number such as'),
  one('invalid-value', 'kind: approval', 'kind: ‹aproval›', 'must be end-to-end or approval'),
  one('invalid-value', 'approvers: person', 'approvers: ‹nobody›', 'must be person'),
  one('invalid-value', 'minutes: 20.5', 'minutes: ‹0›', 'must be over 0'),
  one('invalid-value', 'success: every note that was kept is found', 'success: ‹""›', 'empty'),
  one('invalid-name', '  server:\n', '  ‹Server›:\n', '1 to 40 of a-z'),
  one('invalid-name', '  node: node', '  ‹"__proto__"›: x\n  node: node', '__proto__'),
  one('invalid-name', '  ship:', '  ‹con›:', 'device on Windows'),
  one('unknown-name', 'needs: [store]', 'needs: [‹stor›]', 'no module "stor"'),
  one('unknown-name', 'needs: [store]', 'needs: [‹core›]', 'no module "core"'),
  one('unknown-name', '[tier:whole]', '[‹tier:hole›]', 'no tier "hole"'),
  one('unknown-name', '[gate:accept]', '[‹gate:acept›]', 'no gate "acept"'),
  one('unknown-name', '[gate:accept]', '[‹door:accept›]', 'nothing that is allowed'),
  one('unknown-name', 'between: [store, search]', 'between: [store, ‹serch›]', 'no module'),
  one('unknown-name', 'includes: [core]', 'includes: [‹cor›]', 'no tier "cor"'),
  one('unknown-name', 'backend\n    needs', '‹docs›\n    needs', 'no stream "docs"'),
  one('unsafe-path', '[src/server/**]', '[‹src/../**›]', 'holds the segment ..'),
  one('unsafe-path', '[src/server/**]', '[‹/src/server/**›]', 'is absolute'),
  one('unsafe-path', '[src/server/**]', '‹src/server/›', 'empty segment'),
  one('unsafe-path', 'spec/notes.md', '‹.git/config›', 'lies inside .git'),
  one('invalid-pattern', '[src/server/**]', '[‹"!src/server"›]', '"!"'),
  one('invalid-pattern', '[src/server/**]', '[‹"src/{a,b}/**"›]', '{ } ?'),
  one('invalid-pattern', 'spec/notes.md', '‹spec/*.md›', 'wildcard'),
  one('invalid-pattern', 'stubs/server/**', '‹stubs/server/*.js›', 'does not name a folder'),

  one(
    'unknown-name',
    '    needs: [store]\n',
    '    resources: [‹database›]\n',
    'no resource "database"',
  ),
  one(
    'invalid-value',
    '    needs: [store]\n',
    '    needs: [{ module: store, rounds: ‹2› }]\n',
    '"rounds" goes with',
  ),
  one(
    'invalid-value',
    '    needs: [store]\n',
    '    needs: [{ module: ‹server›, kind: feedback }]\n',
    'on itself',
  ),
  one('invalid-value', 'needs: [store]', 'reviewers: ‹4›', 'may not be over 3'),
  one('invalid-value', 'tiers:\n', 'resources: { database: ‹0› }\ntiers:\n', 'at least 1'),
  elsewhere(
    'invalid-value',
    'more than there is',
    ['needs: [store]', 'resources: { memory: ‹8› }'],
    [['streams:\n', 'resources: { memory: 4 }\nstreams:\n']],
    'there are 4',
  ),
  one(
    'unknown-name',
    'tiers:\n',
    'handoffs: [{ from: ‹stor›, to: server, items: [x] }]\ntiers:\n',
    'no module "stor"',
  ),

  // The graph
  one('dependency-cycle', 'needs: [store]', 'needs: [‹server›]', 'server → server'),
  one(
    'dependency-cycle',
    'purpose: Keeps notes.\n',
    'purpose: Keeps notes.\n    needs: [‹server›]\n',
    'store → server → store',
  ),
  one(
    'dependency-cycle',
    'needs: [store]',
    'needs: [store, ‹gate:accept›]',
    'server → gate:accept → tier:whole → server',
  ),
  one(
    'dependency-cycle',
    'needs: [store]',
    'needs: [‹stream:backend›]',
    'server → stream:backend → server',
  ),
  one(
    'dependency-cycle',
    'modules: [store, search]\n',
    'modules: [store, search]\n    includes: [‹whole›]\n',
    'tier:core → tier:whole → tier:core',
  ),
  elsewhere(
    'dependency-cycle',
    'hard edges beside others',
    [
      'purpose: Keeps notes.\n',
      'purpose: Keeps notes.\n    needs: [{ module: search, kind: resource }, ‹server›]\n',
    ],
    [],
    'store → server → store',
  ),
  one('in-two-tiers', 'modules: [server]', 'modules: [server, ‹store›]', 'again in tier whole'),
];
