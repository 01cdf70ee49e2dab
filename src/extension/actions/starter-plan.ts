/**
 * A small plan to begin with: three modules, two of them side by side. Its text is sound as it
 * stands; `check` names the files that are still to be written.
 */
export function starterPlan(name: string): string {
  return `# What is built, and how it is judged. \`Ashlar: Check Plan\` holds it against the quality bar;
# suggestions and explanations come while you type.
ashlar: 1

artifact:
  name: ${name}
  kind: library
  purpose: Say in one sentence what ${name} is for.
  sourceOfTruth: [README.md] # files that every agent may read and none may change
  success: Say how one sees that it is done.

preconditions: # why it pays to build this side by side
  modules: Reading, writing and their command share one plain data form, and nothing else.
  interfaces: Every module is called through one function, and tested through that alone.
  workPerModule: Each is a morning's work with errors of its own to get right.

prerequisites: # must all pass before anything starts
  node: node --version

pools:
  builders: { max: auto, agent: scripted } # scripted agents play the files in script/ beside this plan
  reviewers: { max: 2 }

budget: { tokens: 1_000_000, minutes: 120, usd: 20 }

streams:
  core: { title: Core }
  tooling: { title: Tooling }

modules:
  reader:
    purpose: Turn text into data, or say exactly what is wrong with it and where.
    stream: core
    owns: [src/reader/**] # nobody else writes here
    contract:
      file: contracts/reader.md # inputs, outputs, error mode
      tests: [tests/reader/**] # these decide, and nothing else
      stub: stubs/reader/** # stands in for the module until it is sealed
    checks:
      unit: { run: node --test tests/reader/reader.test.js, report: node }
    estimate: { minutes: 15, review: 2 }
    budget: { turns: 60, tokens: 200_000, minutes: 30 }

  writer:
    purpose: Turn data into text that the reader reads back unchanged.
    stream: core
    owns: [src/writer/**]
    contract:
      file: contracts/writer.md
      tests: [tests/writer/**]
      stub: stubs/writer/**
    checks:
      unit: { run: node --test tests/writer/writer.test.js, report: node }
    estimate: { minutes: 15, review: 2 }
    budget: { turns: 60, tokens: 200_000, minutes: 30 }

  command:
    purpose: Put both behind one command with exit codes that scripts can rely on.
    stream: tooling
    needs: [reader, writer] # starts when both are sealed
    owns: [src/command/**]
    contract:
      file: contracts/command.md
      tests: [tests/command/**]
      stub: stubs/command/**
    checks:
      unit: { run: node --test tests/command/command.test.js, report: node }
    estimate: { minutes: 10, review: 2 }
    budget: { turns: 60, tokens: 200_000, minutes: 30 }

tiers: # what is sealed is composed and tested together
  all:
    modules: [reader, writer, command]
    checks:
      together: { run: node --test tests/all/all.test.js, report: node }

gates:
  accept:
    kind: end-to-end
    requires: [tier:all]
    checks:
      scenario: node tests/scenario.mjs
  ship: # a person looks before anything is delivered
    kind: approval
    requires: [gate:accept]
    approvers: person
`;
}
