// The pictures of README and user guide: which test takes each, in which theme, and what of it is shown.

/** `image` lies below docs; `shot` below build/screenshots/<theme>, where `test` leaves it. */
export const pictures = [
  { image: 'images/board.png', test: 'run', theme: 'dark', shot: 'run-building' },
  { image: 'guide/images/preview.png', test: 'activation', theme: 'dark', shot: 'preview-example' },
  {
    ...{ image: 'guide/images/goal-question.png', test: 'planning' },
    ...{ theme: 'dark', shot: 'goal-question', cut: { x: 350, width: 700, height: 160 } },
  },
  { image: 'guide/images/goal-plan.png', test: 'planning', theme: 'dark', shot: 'goal-plan' },
  { image: 'guide/images/account.png', test: 'run', theme: 'dark', shot: 'run-account' },
  { image: 'guide/images/comparison.png', test: 'palette', theme: 'dark', shot: 'comparison' },
  { image: 'guide/images/streams.png', test: 'run', theme: 'dark', shot: 'run-streams' },
  { image: 'guide/images/details.png', test: 'run', theme: 'dark', shot: 'drawer' },
  { image: 'guide/images/gates.png', test: 'run', theme: 'dark', shot: 'run-gates' },
  { image: 'guide/images/submissions.png', test: 'run', theme: 'dark', shot: 'submissions' },
  { image: 'guide/images/thread.png', test: 'verdicts', theme: 'dark', shot: 'thread' },
  { image: 'guide/images/amendment.png', test: 'run', theme: 'dark', shot: 'amendment' },
  { image: 'guide/images/key-refused.png', test: 'planning', theme: 'dark', shot: 'key-refused' },
  {
    image: 'guide/images/interrupted.png',
    test: 'interrupted',
    theme: 'dark',
    shot: 'interrupted',
  },
  { image: 'guide/images/moment.png', test: 'palette', theme: 'dark', shot: 'moment' },
  { image: 'guide/images/opened.png', test: 'palette', theme: 'dark', shot: 'opened-export' },
  { image: 'guide/images/pull-request.png', test: 'run', theme: 'dark', shot: 'pull-request' },
  { image: 'guide/images/two-windows.png', test: 'windows', theme: 'dark', shot: 'two-windows' },
  { image: 'guide/images/table.png', test: 'run', theme: 'light', shot: 'run-table' },
];
