import { Fault } from './fault.js';
import { kindOf } from './values.js';

export function readElement(list, index) {
  return list[elementNumber(list, index)];
}

export function writeElement(list, index, value) {
  list[elementNumber(list, index)] = value;
}

function elementNumber(list, index) {
  if (!Array.isArray(list)) throw new Fault(`${kindOf(list)} has no elements`);
  if (Number.isInteger(index) && index >= 0 && index < list.length) return index;
  const wanted = typeof index === 'number' ? index : `at a ${kindOf(index)}`;
  throw new Fault(`no element ${wanted} in a list of ${list.length}`);
}
