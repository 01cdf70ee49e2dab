/** Takes out of a text what must not be recorded. */
export type Redaction = (text: string) => string;

/** What stands in its place. */
const mark = '•••';
/** Shorter values (a port, a level, "true") are no secrets, and taking them out would spoil every text. */
const leastChars = 6;

/**
 * Takes out the values of variables that a command was given, however it printed them: as they are,
 * line by line, or as they stand in JSON and in URLs.
 */
export function redactionOf(env: NodeJS.ProcessEnv, names: readonly string[]): Redaction {
  return redactionOfValues([...new Set(names)].map((name) => env[name] ?? ''));
}

/** The same for values that are known themselves. */
export function redactionOfValues(given: readonly string[]): Redaction {
  const values = [...new Set(given)].flatMap(formsOf);
  // The longest first: where one value begins another, nothing of the longer one stays.
  const ordered = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((rest, value) => rest.replaceAll(value, mark), text);
}

function formsOf(value: string): string[] {
  const trimmed = value.trim();
  const forms = [value, trimmed, ...trimmed.split(/\r?\n/).map((line) => line.trim())];
  const quoted = forms.map((form) => JSON.stringify(form).slice(1, -1));
  return [...forms, ...quoted, ...forms.map(inUrl)].filter((form) => form.length >= leastChars);
}

/** Empty where a half of a character keeps it from standing in one. */
function inUrl(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '';
  }
}
