import { t } from '../../core/language.ts';

/** One part of the board, and what keys do in it. */
interface KeyGroup {
  readonly where: string;
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[];
}

/** All keys of the board, part by part: what the sheet shows. */
export const keyGroups = (): readonly KeyGroup[] => [
  {
    where: t('Anywhere on the board'),
    keys: [
      [['/'], t('finds a module')],
      [['?'], t('opens this sheet')],
      [['Escape'], t('closes it, or the details')],
    ],
  },
  {
    where: t('The graph, and tiles'),
    keys: [
      [['↑', '↓', '←', '→'], t('go from stone to stone, to what an edge leads to first')],
      [['Enter'], t('opens the details')],
      [['z'], t('zooms to the selected module')],
      [['f'], t('fits the graph')],
      [['+', '−'], t('zoom in and out')],
      [['x'], t('folds the tier, or opens it')],
      [['X'], t('folds all tiers, or opens them')],
      [['b'], t('shows what holds the selected module up')],
      [['c'], t('puts the critical path away, or draws it again')],
    ],
  },
  {
    where: t('A module: in the graph, the table or its details'),
    keys: [
      [['o'], t('opens its contract')],
      [['v'], t('compares its contract with the version before')],
      [['d'], t('opens the diff of what it handed in last')],
      [['e'], t('goes to the evidence of its last verdict, at file and line')],
      [['t'], t('opens what its agents were told, said and did')],
      [['w'], t('says why it waits, and shows what holds it up')],
      [['a'], t('amends its contract')],
      [['r'], t('reopens it')],
      [['m'], t('gives it more budget')],
    ],
  },
  {
    where: t('What needs you, among the gates'),
    keys: [
      [['j', 'k', '↓', '↑'], t('go from one to the next')],
      [['Enter'], t('opens its changes')],
      [['a'], t('goes to its approval, which Enter confirms')],
      [['r'], t('goes to the note that a rejection needs')],
    ],
  },
  {
    where: t('The table'),
    keys: [
      [['↑', '↓', 'Home', 'End', 'Page Up', 'Page Down'], t('go from row to row')],
      [['→', '←'], t('open and close a row')],
      [['Enter'], t('opens the details')],
      [['g'], t('shows the module in the graph')],
    ],
  },
  {
    where: t('The time bar'),
    keys: [
      [['←', '→'], t('go an event back or on')],
      [['v', 'f', 'a'], t('go to the next verdict, failure or amendment, with Shift to the last')],
      [['Space'], t('plays the run from there, or stops')],
      [['l'], t('goes back to live')],
      [['Alt ,', 'Alt .'], t('the same from anywhere on the board; with Shift by verdict')],
      [['Alt P', 'Alt L'], t('play or stop, and back to live, from anywhere')],
    ],
  },
];
