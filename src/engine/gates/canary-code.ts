import { testBindings } from './test-bindings.ts';

/** A test that must fail, as code at the end of a test file registers it. */
export interface CanaryCode {
  readonly name: string;
  /** A body that throws when whatever it leans on does its work. */
  readonly body: string;
  /** What registers it: a name of the file's own, or null for the runner as Node itself gives it. */
  readonly register: string | null;
}

/** What must throw, by the assertion it is called with; `x` and `y` are numbers that differ. */
const failing: Readonly<Record<string, (x: number, y: number) => string>> = {
  ok: () => '(false)',
  equal: (x, y) => `(${x}, ${y})`,
  strictEqual: (x, y) => `(${x}, ${y})`,
  deepEqual: (x, y) => `({ a: [${x}] }, { a: [${y}] })`,
  deepStrictEqual: (x, y) => `({ a: [${x}] }, { a: [${y}] })`,
  notEqual: (x) => `(${x}, ${x})`,
  notStrictEqual: (x) => `(${x}, ${x})`,
  notDeepEqual: (x) => `([${x}], [${x}])`,
  notDeepStrictEqual: (x) => `([${x}], [${x}])`,
  throws: (x) => `(() => ${x})`,
  doesNotThrow: (x) => `(() => { throw new Error('${x}'); })`,
  rejects: (x) => `(Promise.resolve(${x}))`,
  doesNotReject: (x) => `(async () => { throw new Error('${x}'); })`,
  match: (x, y) => `('${x}', /^${y}$/)`,
  doesNotMatch: (x) => `('${x}', /^${x}$/)`,
  ifError: (x) => `(new Error('${x}'))`,
  fail: () => '()',
};

const always = ['equal', 'deepStrictEqual', 'throws'];

/**
 * Bodies for one file: the assertions that it uses, through the very names by which it uses them,
 * beside a few that every file gets. A name that is not there makes its canary fail, as it should:
 * a wrong guess costs nothing, and a name that is taken away fails the contract's own tests.
 */
function bodies(source: string, number: () => number): string[] {
  const bindings = testBindings(source);
  const call = (callee: string, assertion: string): string[] => {
    const [x, difference] = [number(), number()];
    const given = failing[assertion]?.(x, x + difference);
    return given === undefined ? [] : [`await ${callee}${given};`];
  };
  const used = Object.keys(failing).filter((name) => new RegExp(`\\.${name}\\s*\\(`).test(source));
  return [
    ...always.flatMap((name) => call(`process.getBuiltinModule('node:assert').${name}`, name)),
    ...bindings.assert.flatMap((local) => [
      ...[...new Set([...always, ...used])].flatMap((name) => call(`${local}.${name}`, name)),
      ...call(local, 'ok'),
    ]),
    ...bindings.assertions.flatMap(([name, local]) => call(local, name)),
    ...bindings.expect.map((local) => {
      const [x, y] = [number(), -number()];
      return `const e = ${local}(${x}); await (e.toBe ? e.toBe(${y}) : e.to.equal(${y}));`;
    }),
  ];
}

/** The canaries of one file, and what those that throw plainly must say. */
export interface Canaries {
  readonly codes: readonly CanaryCode[];
  readonly proofs: ReadonlyMap<string, string>;
}

/** `name` and `number` give another one each time; numbers are positive. */
export function canariesOf(source: string, name: () => string, number: () => number): Canaries {
  const register = testBindings(source).register[0] ?? null;
  const codes: CanaryCode[] = bodies(source, number).map((body) => ({
    name: name(),
    body,
    register,
  }));
  const proofs = new Map<string, string>();
  for (const through of new Set([null, register])) {
    const plain = name();
    const [x, y] = [number(), number()];
    proofs.set(plain, `${x * y}`);
    // Only who runs it knows what it says: the source holds the factors alone.
    codes.push({ name: plain, body: `throw new Error(String(${x} * ${y}));`, register: through });
  }
  return { codes, proofs };
}

/** One line of code that registers the canaries, for ESM and CommonJS alike. */
export function canaryLine(codes: readonly CanaryCode[]): string {
  const given = "process.getBuiltinModule('node:test').test";
  const statements = codes.map(({ name, body, register }) => {
    const runner =
      register === null ? given : `(typeof ${register} === 'function' ? ${register} : ${given})`;
    return `${runner}(${JSON.stringify(name)}, async () => { ${body} });`;
  });
  return `\n;{ ${statements.join(' ')} }\n`;
}
