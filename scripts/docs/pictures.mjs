// The pictures of README, user guide and walkthrough: which test takes each, in which theme, and what of it is shown.

/** `file` says where it goes; `shot` lies below build/screenshots/<theme>, where `test` leaves it. */
export const pictures = [
  { file: 'docs/images/board.png', test: 'run', theme: 'dark', shot: 'run-building' },
  ...inGuide([
    { name: 'account', test: 'run', shot: 'run-account' },
    { name: 'amendment', test: 'run', shot: 'amendment' },
    { name: 'comparison', test: 'palette', shot: 'comparison' },
    { name: 'details', test: 'run', shot: 'drawer' },
    { name: 'gates', test: 'run', shot: 'run-gates' },
    { name: 'goal-plan', test: 'planning', shot: 'goal-plan' },
    { name: 'goal-question', test: 'planning', shot: 'goal-question', cut: part(350, 0, 700, 160) },
    { name: 'interrupted', test: 'interrupted', shot: 'interrupted' },
    { name: 'key-refused', test: 'planning', shot: 'key-refused' },
    { name: 'moment', test: 'palette', shot: 'moment' },
    { name: 'opened', test: 'palette', shot: 'opened-export' },
    { name: 'preview', test: 'activation', shot: 'preview-example' },
    { name: 'pull-request', test: 'run', shot: 'pull-request' },
    { name: 'streams', test: 'run', shot: 'run-streams' },
    { name: 'submissions', test: 'run', shot: 'submissions' },
    { name: 'table', test: 'run', shot: 'run-table', theme: 'light' },
    { name: 'thread', test: 'verdicts', shot: 'thread' },
    { name: 'two-windows', test: 'windows', shot: 'two-windows' },
  ]),
  // The editor shows them about as large as they are.
  ...inWalkthrough([
    { name: 'preview', test: 'activation', shot: 'preview-example', cut: part(352, 36, 1048, 836) },
    { name: 'board', test: 'run', shot: 'run-building', cut: part(543, 160, 660, 516) },
    { name: 'decide', test: 'run', shot: 'run-gates', cut: part(372, 190, 590, 330) },
  ]),
];

function inGuide(rows) {
  return rows.map(({ name, ...row }) => ({
    ...{ file: `docs/guide/images/${name}.png`, theme: 'dark' },
    ...row,
  }));
}

/** One for light and one for dark editors. */
function inWalkthrough(rows) {
  return rows.flatMap(({ name, ...row }) =>
    ['light', 'dark'].map((theme) => ({
      ...{ file: `media/walkthrough/${name}-${theme}.png`, theme },
      ...row,
    })),
  );
}

function part(x, y, width, height) {
  return { x, y, width, height };
}
