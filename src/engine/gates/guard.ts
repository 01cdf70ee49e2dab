/**
 * Loaded before anything else into every process of a `node --test` that we take apart: what the
 * contract's tests lean on can no longer be changed by what they test. The canaries would notice
 * most such changes; here the change has no effect in the first place.
 */
export const guardSource = `'use strict';
const assert = require('node:assert');
const parts = [assert, assert.strict];
if (process.env.NODE_TEST_CONTEXT !== undefined) {
  const test = require('node:test');
  parts.push(test, test.test, test.it, test.describe, test.suite);
}
for (const part of parts) if (part !== undefined) Object.freeze(part);
`;
