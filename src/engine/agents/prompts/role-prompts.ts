import arbiter from './arbiter.v1.md';
import architect from './architect.v1.md';
import contractAuthor from './contract-author.v1.md';
import evaluator from './evaluator.v1.md';
import generator from './generator.v1.md';
import integrator from './integrator.v1.md';
import precondition from './precondition.v1.md';
import type { RolePrompt } from './prompt.ts';
import reviser from './reviser.v1.md';
import scout from './scout.v1.md';
import splitter from './splitter.v1.md';

const prompt = (version: string, text: string): RolePrompt => ({ version, text });

/** The newest version of each role's instructions. */
export const rolePrompts = {
  generator: prompt('generator.v1', generator),
  reviser: prompt('reviser.v1', reviser),
  evaluator: prompt('evaluator.v1', evaluator),
  integrator: prompt('integrator.v1', integrator),
  arbiter: prompt('arbiter.v1', arbiter),
  contractAuthor: prompt('contract-author.v1', contractAuthor),
  splitter: prompt('splitter.v1', splitter),
  scout: prompt('scout.v1', scout),
  precondition: prompt('precondition.v1', precondition),
  architect: prompt('architect.v1', architect),
} as const;
