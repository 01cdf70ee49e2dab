/** The editor's own three looks: its id and its label for each, and how its page is marked then. */
export const themes = {
  dark: { id: 'Dark Modern', label: 'Dark Modern', mark: 'vs-dark' },
  light: { id: 'Light Modern', label: 'Light Modern', mark: 'vs' },
  hc: { id: 'Default High Contrast', label: 'Dark High Contrast', mark: 'hc-black' },
} as const;

export type Theme = keyof typeof themes;
export const themeNames: readonly Theme[] = ['dark', 'light', 'hc'];
