/** Stands in for the checker: every program is faultless. */

export function check(_program) {
  return [];
}
