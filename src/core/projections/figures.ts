import { decimal } from '../language.ts';

/** `03:12`, `1:04:12`: as wide in the next second as it is now. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h === 0 ? `${two(m)}:${two(s)}` : `${h}:${two(m)}:${two(s)}`;
}

/** `0:04`, `18:42`, `1:04:12`: the same where it stands alone, or in a column that is aligned to the right. */
export function runTime(ms: number): string {
  return clockTime(ms).replace(/^0(?=\d:)/, '');
}

/** How long something has been waiting, in its largest unit: `40 s`, `6 min`, `3 h`, `2 d`. */
export function age(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  const hours = Math.floor(seconds / 3_600);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** `$1.20`; amounts below a cent are not rounded to nothing. */
export function money(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  return `$${decimal(usd, usd !== 0 && Math.abs(usd) < 0.01 ? 4 : 2)}`;
}

/** `950`, `12.3 k`, `1.24 M`. */
export function tokens(count: number): string {
  if (Math.abs(count) < 1_000) return `${count}`;
  if (Math.abs(count) < 999_950) return `${shortest(count / 1_000, 1)} k`;
  return `${shortest(count / 1_000_000, 2)} M`;
}

/** `12`, `12.5`: minutes that are expected, no more exact than anybody can know. */
export const minutesText = (minutes: number): string => shortest(minutes, 1);

const two = (value: number): string => String(value).padStart(2, '0');
const shortest = (value: number, digits: number): string =>
  decimal(value, digits).replace(/[.,]0+$|(?<=[.,]\d+)0+$/, '');
