/** What a key does with a module: the one that has the focus, or else the selected one. */
export type ModuleKey = 'o' | 'v' | 'd' | 'e' | 't' | 'w' | 'a' | 'r' | 'm';

/** Every key of a module, in the order in which the sheet of keys lists them. */
export const moduleKeys: readonly (readonly [ModuleKey, string])[] = [
  ['o', 'opens its contract'],
  ['v', 'compares its contract with the version before'],
  ['d', 'opens the diff of what it handed in last'],
  ['e', 'goes to the evidence of its last verdict, at file and line'],
  ['t', 'opens what its agents were told, said and did'],
  ['w', 'says why it waits, and shows what holds it up'],
  ['a', 'amends its contract'],
  ['r', 'reopens it'],
  ['m', 'gives it more budget'],
];

export const isModuleKey = (key: string): key is ModuleKey =>
  moduleKeys.some(([each]) => each === key);

/** One part of the board, and what keys do in it. */
interface KeyGroup {
  readonly where: string;
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[];
}

/** All keys of the board, part by part: what the sheet shows. */
export const keyGroups: readonly KeyGroup[] = [
  {
    where: 'Anywhere on the board',
    keys: [
      [['/'], 'finds a module'],
      [['?'], 'opens this sheet'],
      [['Escape'], 'closes it, or the details'],
    ],
  },
  {
    where: 'The graph, and tiles',
    keys: [
      [['↑', '↓', '←', '→'], 'go from stone to stone, to what an edge leads to first'],
      [['Enter'], 'opens the details'],
      [['z'], 'zooms to the selected module'],
      [['f'], 'fits the graph'],
      [['+', '−'], 'zoom in and out'],
      [['b'], 'shows what holds the selected module up'],
      [['c'], 'puts the critical path away, or draws it again'],
    ],
  },
  {
    where: 'A module: in the graph, the table or its details',
    keys: moduleKeys.map(([key, does]) => [[key], does] as const),
  },
  {
    where: 'The table',
    keys: [
      [['↑', '↓', 'Home', 'End', 'Page Up', 'Page Down'], 'go from row to row'],
      [['→', '←'], 'open and close a row'],
      [['Enter'], 'opens the details'],
      [['g'], 'shows the module in the graph'],
    ],
  },
  {
    where: 'The time bar',
    keys: [
      [['←', '→'], 'go an event back or on'],
      [['v', 'f', 'a'], 'go to the next verdict, failure or amendment, with Shift to the last'],
      [['Space'], 'plays the run from there, or stops'],
      [['l'], 'goes back to live'],
    ],
  },
];
