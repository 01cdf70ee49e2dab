/**
 * The board in a plain browser: `npm run dev:board`. A recorded journal is played in place of the
 * editor, and what a person does is written in the corner instead of being done. Never shipped.
 *
 * The address takes `theme` (dark, light, hc), `surface` (board, sidebar, compare), `at` (a moment: the
 * number of an event), `speed`, `lang` (de), and `bare` (without the switch, for pictures).
 */
import '../export/themes.css';
import './dev.css';
import { installStandIn } from './stand-in.ts';

const address = new URLSearchParams(location.search);
const kinds: Readonly<Record<string, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  hc: 'vscode-dark vscode-high-contrast',
};

const wanted = address.get('theme') ?? 'dark';
const theme = wanted in kinds ? wanted : 'dark';
document.documentElement.dataset.theme = theme;
document.body.className = kinds[theme] ?? '';
const root = document.getElementById('root');
if (root !== null) root.dataset.surface = address.get('surface') ?? 'board';

if (address.get('lang') === 'de') {
  const messages: unknown = await (await fetch('de.json')).json();
  const language = document.createElement('script');
  language.type = 'application/json';
  language.id = 'language';
  language.textContent = JSON.stringify({ tag: 'de', messages, decimalMark: ',' });
  document.body.append(language);
  document.documentElement.lang = 'de';
}

const journal = await fetch('journal.jsonl');
installStandIn(await journal.text(), address);
// The store asks for the editor as soon as it is connected, so the stand-in comes first.
await import('../main.tsx');

new EventSource('/esbuild').addEventListener('change', () => location.reload());
