import type { YAMLError } from 'yaml';
import { joined, phrase, type Phrase } from '../../core/phrase.ts';

/** What is wrong with a text that is no YAML, for people; `says`: the parser's own words, in English. */
export function yamlWords(code: YAMLError['code'], says: string): Phrase {
  return wordsOf[code] ?? joined('', [says]);
}

/** The parser says more exactly what it saw, and says it in English alone. */
const wordsOf: Readonly<Partial<Record<YAMLError['code'], Phrase>>> = {
  ALIAS_PROPS: phrase('an alias can have neither an anchor nor a tag'),
  BAD_ALIAS: phrase('the name of an anchor or alias is not of the form that YAML knows'),
  BAD_COLLECTION_TYPE: phrase('the tag does not fit the list or mapping behind it'),
  BAD_DIRECTIVE: phrase('the directive is not of the form that YAML knows'),
  BAD_DQ_ESCAPE: phrase('the escape in the quoted text is none that YAML knows'),
  BAD_INDENT: phrase('the line is not indented as the lines that it belongs to'),
  BAD_PROP_ORDER: phrase('an anchor or tag stands before its "-", "?" or ":"'),
  BAD_SCALAR_START: phrase('a text cannot begin with this character; put it in quotes'),
  BLOCK_AS_IMPLICIT_KEY: phrase('a list or mapping begins on the line of its key'),
  BLOCK_IN_FLOW: phrase('within [ ] or { } everything is written in [ ] and { }'),
  DUPLICATE_KEY: phrase('the mapping holds a key twice'),
  KEY_OVER_1024_CHARS: phrase('a key is over 1024 characters long'),
  MISSING_CHAR: phrase('a mark is missing: a quote, a bracket, a comma or a colon'),
  MULTILINE_IMPLICIT_KEY: phrase('a key reaches over more than one line'),
  MULTIPLE_ANCHORS: phrase('a value has more than one anchor'),
  MULTIPLE_DOCS: phrase('the file holds a second document'),
  MULTIPLE_TAGS: phrase('a value has more than one tag'),
  NON_STRING_KEY: phrase('a key must be a plain text'),
  TAB_AS_INDENT: phrase('a line is indented with a tab; YAML takes spaces alone'),
  TAG_RESOLVE_FAILED: phrase('the tag is none that YAML knows'),
  UNEXPECTED_TOKEN: phrase('this cannot stand here; what holds : , # or brackets needs quotes'),
};
