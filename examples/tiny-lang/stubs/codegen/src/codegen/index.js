/** Stands in for the code generator: every program does nothing. */

export function generate(_program) {
  const code = [['return']];
  return { functions: [{ name: 'main', parameters: 0, slots: 0, code, positions: [[1, 1]] }] };
}
