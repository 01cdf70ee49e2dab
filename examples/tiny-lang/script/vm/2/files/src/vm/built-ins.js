import { Fault } from './fault.js';
import { BuiltIn, kindOf, show } from './values.js';

const FUNCTIONS = {
  len(value) {
    if (typeof value === 'string') return [...value].length;
    if (Array.isArray(value)) return value.length;
    throw cannotTake('len', value);
  },
  push(list, value) {
    if (!Array.isArray(list)) throw cannotTake('push', list);
    list.push(value);
    return list;
  },
  str(value) {
    return show(value);
  },
};

export const BUILT_INS = new Map(
  Object.entries(FUNCTIONS).map(([name, apply]) => [name, new BuiltIn(name, apply)]),
);

function cannotTake(name, value) {
  return new Fault(`${name} cannot take ${kindOf(value)}`);
}
