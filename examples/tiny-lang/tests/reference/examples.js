/** The examples of a page: what stands in ```tiny, and in the ```output directly behind it. */
export function readExamples(page) {
  const pattern = /^```tiny\n(.*?)^```\n(?:\n?^```output\n(.*?)^```$)?/gms;
  return [...page.matchAll(pattern)].map(({ 1: source, 2: output, index }) => ({
    line: page.slice(0, index).split('\n').length,
    source,
    output,
  }));
}
