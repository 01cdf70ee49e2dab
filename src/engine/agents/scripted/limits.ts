/** What a script may hold: it is read whole before a run, and may come from anywhere. */
export const scriptLimits = {
  turns: 2_000,
  turnYamlBytes: 262_144,
  filesPerTurn: 5_000,
  fileBytesPerTurn: 67_108_864,
  folderDepth: 32,
  seconds: 86_400,
  callsPerTurn: 1_000,
  progressSteps: 200,
  handoffs: 50,
  evidence: 50,
} as const;
