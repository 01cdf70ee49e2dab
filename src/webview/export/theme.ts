/** The editor says by classes of the body which kind of theme it has; so does this page. */
const kinds = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  hc: 'vscode-dark vscode-high-contrast',
} as const;
type Theme = keyof typeof kinds;

/** What a person has turned to; null: as the system has it. */
let turned: 'dark' | 'light' | null = null;

const asks = (feature: string): MediaQueryList => window.matchMedia(`(${feature})`);
const darkness = asks('prefers-color-scheme: dark');
const contrast = asks('prefers-contrast: more');

export const isDark = (): boolean => (turned === null ? darkness.matches : turned === 'dark');

const listeners = new Set<() => void>();

/** Tells whenever it becomes another; the answer ends that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the system until a person turns the theme. */
export function followTheme(): void {
  show();
  for (const each of [darkness, contrast]) each.addEventListener('change', show);
}

export function turnTheme(): void {
  turned = isDark() ? 'light' : 'dark';
  show();
}

function show(): void {
  const theme: Theme = !isDark() ? 'light' : contrast.matches ? 'hc' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.body.className = kinds[theme];
  for (const each of listeners) each();
}
