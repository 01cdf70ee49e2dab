/** The editor's own three looks: its id and its label for each, and how its page is marked then. */
export const themes = {
  dark: { id: 'Dark Modern', label: 'Dark Modern', mark: 'vs-dark' },
  light: { id: 'Light Modern', label: 'Light Modern', mark: 'vs' },
  hc: { id: 'Default High Contrast', label: 'Dark High Contrast', mark: 'hc-black' },
} as const;

/** Settings by which the look is that of the system, as the browser tells it. */
export const followsSystem = {
  'window.autoDetectColorScheme': true,
  // What moves would be seen half-way.
  'workbench.reduceMotion': 'on',
  'workbench.preferredDarkColorTheme': themes.dark.id,
  'workbench.preferredLightColorTheme': themes.light.id,
} as const;

export type Theme = keyof typeof themes;
export const themeNames: readonly Theme[] = ['dark', 'light', 'hc'];
