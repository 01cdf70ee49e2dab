import { decimal, isEnglish, t } from '../language.ts';

/** `0.4 s`, `42 s`, `3 min 12 s`, `1 h 04 min`. */
export function duration(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < 950) return `${decimal(whole / 1000, 1)} s`;
  const seconds = Math.round(whole / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) {
    const rest = seconds % 60;
    return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** So little that it is said without a figure. */
export const isFew = (ms: number): boolean => ms < 5_000;

/** How long something is expected to take, no more exact than anyone can know. */
export function roughly(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (isFew(ms)) return t('a few seconds');
  if (seconds < 55) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 90) return '1 min';
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** `3 modules`, `1 module`, in English: for what is written down. People are told with `plural`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `lexer`, `lexer and vm`, `lexer, vm and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) {
    return t('{0} and {1}', names.slice(0, -1).join(', '), names.at(-1) ?? '');
  }
  const shown = names.slice(0, most - 1);
  return t('{0} and {1} more', shown.join(', '), names.length - shown.length);
}

/** A sentence's words behind other words. */
export const lowerFirst = (text: string): string =>
  isEnglish() ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;

/** Words as a sentence begins. */
export const upperFirst = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `2026-03-01 12:00:05 UTC`. The core has no calendar, so this is the civil one, by arithmetic. */
export function utcTime(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const seconds = Math.floor((ms - days * 86_400_000) / 1000);
  // Days since 0000-03-01, in eras of 400 years: leap days fall at the end of each year.
  const sinceMarch = days + 719_468;
  const era = Math.floor(sinceMarch / 146_097);
  const dayOfEra = sinceMarch - era * 146_097;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date} ${two(h)}:${two(m)}:${two(s)} UTC`;
}

const two = (value: number): string => String(value).padStart(2, '0');
