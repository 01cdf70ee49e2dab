/** A plan that nothing is wrong with; tests spoil one thing of it at a time. */
export const goodPlan = `ashlar: 1
artifact:
  name: notes
  kind: service
  purpose: Keeps notes and finds them again.
  sourceOfTruth: [spec/notes.md]
  success: every note that was kept is found
preconditions:
  modules: Storing, searching and serving share nothing but plain data.
  interfaces: Each is a function from data to data.
  workPerModule: Each is half an hour's work.
prerequisites:
  node: node --version
pools:
  builders: { max: 3, agent: scripted }
  reviewers: { max: 2 }
budget: { tokens: 3_000_000, minutes: 90, usd: 30 }
streams:
  backend: { title: Backend }
modules:
  store:
    purpose: Keeps notes.
    stream: backend
    owns: [src/store/**]
    contract:
      file: contracts/store.md
      tests: [tests/store/**]
      stub: stubs/store/**
    checks:
      unit: { run: node --test tests/store, report: node }
      lint: node scripts/lint.mjs src/store
    estimate: { minutes: 30, review: 2 }
    budget: { turns: 20, tokens: 500_000, minutes: 40 }
  search:
    purpose: Finds notes.
    stream: backend
    owns: [src/search/**]
    contract:
      file: contracts/search.md
      tests: [tests/search/**]
      stub: stubs/search/**
    checks:
      unit: { run: node --test tests/search, report: node }
    estimate: { minutes: 60, review: 2 }
    budget: { turns: 20, tokens: 500_000, minutes: 70, usd: 2.5, attempts: 2 }
  server:
    purpose: Answers requests.
    stream: backend
    needs: [store]
    owns: [src/server/**]
    contract:
      file: contracts/server.md
      tests: [tests/server/**]
      stub: stubs/server/**
    checks:
      unit: { run: node --test tests/server, report: node, timeoutMinutes: 0.5 }
    estimate: { minutes: 20.5, review: 1 }
    budget: { turns: 20, tokens: 250000, minutes: 30 }
    onExhausted: [escalate]
tiers:
  core:
    modules: [store, search]
    checks:
      cross: { run: node --test tests/core, report: node, between: [store, search] }
  whole: { includes: [core], modules: [server] }
gates:
  accept:
    kind: end-to-end
    requires: [tier:whole]
    checks: { golden: node tests/golden.mjs }
  ship: { kind: approval, requires: [gate:accept], approvers: person }
`;

/** Replaces what stands exactly once. */
export function spoil(from: string, to: string, text: string = goodPlan): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`stands ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

/** A text whose expected range is marked `‹so›`, without the marks, and where they stood. */
export function unmark(marked: string) {
  const start = marked.indexOf('‹');
  const end = marked.indexOf('›') - 1;
  if (start === -1 || end < start) throw new Error('nothing is marked');
  const text = marked.replace('‹', '').replace('›', '');
  const place = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  };
  const last = place(end);
  return { text, at: { ...place(start), endLine: last.line, endColumn: last.column } };
}
