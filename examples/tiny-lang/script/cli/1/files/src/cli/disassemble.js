/** Bytecode as text: a heading for each function, and an instruction a line. */
export function disassemble({ functions }) {
  return functions.map(showFunction).join('\n');
}

function showFunction({ name, code }) {
  const width = String(code.length - 1).length;
  const lines = code.map(([operation, ...operands], number) => {
    const words = [String(number).padStart(width), operation, ...operands.map(showOperand)];
    return `  ${words.join(' ')}\n`;
  });
  return `${name ?? 'fn'}\n${lines.join('')}`;
}

function showOperand(operand, _index) {
  if (operand === null) return 'nil';
  return typeof operand === 'string' ? JSON.stringify(operand) : String(operand);
}
