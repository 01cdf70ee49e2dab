import { holds, quickScript } from './tiny-plan.ts';
import type { Files } from './tiny-workspace.ts';

const contract = (part: string, test: string, stub: Files): Files =>
  Object.fromEntries(
    Object.entries({
      [`contracts/${part}.md`]: `# ${part}\n\nThis part of gamma holds what its test asks for, no more.\n`,
      [`tests/${part}/test.sh`]: test,
      ...Object.fromEntries(
        Object.entries(stub).map(([path, text]) => [`stubs/${part}/${path}`, text]),
      ),
    }).map(([path, text]) => [`gamma/split-1/files/${path}`, text]),
  );

/** `gamma` never gets it right, and is cut into its number and the reason for it. */
export const splitScript = (): Files => ({
  ...quickScript(),
  ...holds('gamma', 1, '4'),
  'gamma/split-1/turn.yaml': `summary: The number and its reason are two things.
parts:
  gamma-number:
    purpose: Hold the number.
    owns: [src/gamma/number]
    checks: [{ name: unit, run: sh tests/gamma-number/test.sh }]
  gamma-why:
    purpose: Say why.
    owns: [src/gamma/why/**]
    needs: [gamma-number]
    checks: [{ name: unit, run: sh tests/gamma-why/test.sh }]
`,
  ...contract('gamma-number', 'test "$(cat src/gamma/number)" -eq 3\n', {
    'src/gamma/number': '0\n',
  }),
  ...contract('gamma-why', 'test -s src/gamma/why/reason\n', { 'src/gamma/why/reason': '' }),
  'gamma-number/1/turn.yaml': 'summary: It is three.\n',
  'gamma-number/1/files/src/gamma/number': '3\n',
  'gamma-why/1/turn.yaml': 'summary: It is said.\n',
  'gamma-why/1/files/src/gamma/why/reason': 'it is two and one\n',
});
