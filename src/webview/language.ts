import { setLanguage, type Language } from '../core/language.ts';

/** The page brings its language along, as data that nothing executes: `<script type="application/json">`. */
export function speakAsThePage(page: Document): void {
  const told = page.getElementById('language')?.textContent;
  if (told !== undefined) setLanguage(JSON.parse(told) as Language);
}
