import { inWriting, phrase } from '../phrase.ts';
import { mostPrerequisites } from './schema-prerequisite.ts';

/** What the schema says of the form of values, behind their names; as it stands there, for people. */
const forms = [
  phrase('may not hold control characters'),
  phrase('must be 1 to 40 of a-z, 0-9 and -, the first one a letter'),
  phrase('must be a whole number such as 200_000'),
  phrase('must be a model’s id, such as claude-sonnet-5-5'),
  phrase('must be the name of a variable'),
  phrase('must be the name of a program, without a folder'),
  phrase('must be bounds such as ">=24" or ">=20.1 <23"'),
  phrase('must be host:port, or a URL of http or https without a password'),
  phrase('must be the name of a file in .claude/agents, without .md'),
  phrase('may not hold more than {0}', mostPrerequisites),
];

/** By what the schema says. */
export const formWords = new Map(forms.map((each) => [inWriting(each), each]));
