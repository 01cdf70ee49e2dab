/** Trees made by hand, so that the checker is judged alone: a node is a type, a place and the rest. */

const node = (type, place, rest) => {
  const [line, column] = place.split(':').map(Number);
  return { type, line, column, ...rest };
};

export const program = (...body) => node('program', '1:1', { body });
export const block = (place, ...body) => node('block', place, { body });
export const declare = (place, name, value) => node('let', place, { name, value });
export const assign = (place, target, value) => node('assign', place, { target, value });
export const print = (place, value) => node('print', place, { value });
export const give = (place, value) => node('return', place, { value });
export const statement = (place, value) => node('expression', place, { value });
export const loop = (place, condition, body) => node('while', place, { condition, body });
export const when = (place, condition, then, otherwise = null) =>
  node('if', place, { condition, then, else: otherwise });

export const literal = (place, value) => node('literal', place, { value });
export const name = (place, text) => node('name', place, { name: text });
export const list = (place, ...items) => node('list', place, { items });
export const unary = (place, operator, operand) => node('unary', place, { operator, operand });
export const binary = (place, operator, left, right) =>
  node('binary', place, { operator, left, right });
export const index = (place, of, at) => node('index', place, { list: of, index: at });
export const call = (place, callee, ...args) => node('call', place, { callee, arguments: args });

export const parameter = (place, text) => {
  const { line, column } = node('', place);
  return { name: text, line, column };
};
export const lambda = (place, parameters, body) => node('lambda', place, { parameters, body });
export const define = (place, text, parameters, body) =>
  node('function', place, { name: text, parameters, body });
