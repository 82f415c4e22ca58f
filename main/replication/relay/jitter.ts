/** When to try again: at a random moment that is further off each time, so that many who lost one relay don't come at once. */

const LEAST = 500
const MOST = 60_000

/** Milliseconds before try number `attempt`, counted from 0; `chance` is from 0 up to 1. */
export function fullJitter(attempt: number, chance: number): number {
  const most = Math.min(MOST, LEAST * 2 ** Math.min(attempt, 16))
  return Math.max(LEAST, Math.round(chance * most))
}
