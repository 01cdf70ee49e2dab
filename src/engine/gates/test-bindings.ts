/** Names under which a test file has what it tests with; a wrong guess does no harm. */
export interface TestBindings {
  /** Functions that register a test: `test`, `it`. */
  readonly register: readonly string[];
  /** Objects that hold assertions: `assert`. */
  readonly assert: readonly string[];
  /** Single assertions under names of the file's own: `{ equal: same }` gives `['equal', 'same']`. */
  readonly assertions: readonly (readonly [assertion: string, local: string])[];
  /** Functions that begin an assertion: `expect`. */
  readonly expect: readonly string[];
}

const identifier = /^[A-Za-z_$][\w$]*$/;
const assertModule = /^(?:node:)?assert(?:\/strict)?$/;
/** Assertions of other makers are recognised by the names that people give them. */
const assertName = /^(assert|strict|t)$/;

/**
 * Reads a test file's imports and requires by their look. Comments and strings may hold what looks
 * like one: the canaries ask whether a name is there before they use it.
 */
export function testBindings(source: string): TestBindings {
  const register = new Set<string>();
  const assert = new Set<string>();
  const assertions = new Map<string, string>();
  const expect = new Set<string>();
  for (const { clause, module } of clauses(source)) {
    for (const { imported, local } of names(clause)) {
      const whole = imported === 'default' || imported === '*';
      if (module === 'node:test') {
        if (whole || imported === 'test' || imported === 'it') register.add(local);
      } else if (assertModule.test(module)) {
        if (whole || imported === 'strict' || imported === 'ok') assert.add(local);
        else assertions.set(local, imported);
      } else if (imported === 'expect' || local === 'expect') expect.add(local);
      else if (assertName.test(local)) assert.add(local);
    }
  }
  return {
    register: [...register],
    assert: [...assert],
    assertions: [...assertions].map(([local, assertion]) => [assertion, local] as const),
    expect: [...expect],
  };
}

interface Clause {
  readonly clause: string;
  readonly module: string;
}

function clauses(source: string): Clause[] {
  const imports = source.matchAll(
    /\bimport\s+(?:type\s+)?([\w$*{}\s,]{1,2000}?)\s*from\s*(['"])([^'"\n]+)\2/g,
  );
  const requires = source.matchAll(
    /\b(?:const|let|var)\s+([\w$]+|\{[\w$\s,:]{0,2000}\})\s*=\s*require\(\s*(['"])([^'"\n]+)\2\s*\)(\.\w+)?/g,
  );
  const found = [...imports].map((match) => ({ clause: match[1] ?? '', module: match[3] ?? '' }));
  for (const [, clause = '', , module = '', member] of requires) {
    const named = member === undefined ? clause : `{ ${member.slice(1)} as ${clause} }`;
    found.push({ clause: named.replaceAll(':', ' as '), module });
  }
  return found;
}

/** `a, { b, c as d }` and `* as e` as pairs; a bare name stands for the default. */
function names(clause: string): { imported: string; local: string }[] {
  const braces = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  const bare = clause.replace(/\{[^}]*\}/, '').split(',');
  const pairs = [
    ...bare.map((part) => {
      const star = /^\s*\*\s*as\s+(\S+)\s*$/.exec(part)?.[1];
      return star === undefined
        ? { imported: 'default', local: part.trim() }
        : { imported: '*', local: star };
    }),
    ...braces.split(',').map((part) => {
      const [imported = '', as, local] = part.trim().split(/\s+/);
      return { imported, local: as === 'as' && local !== undefined ? local : imported };
    }),
  ];
  return pairs.filter(({ local }) => identifier.test(local));
}
