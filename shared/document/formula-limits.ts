/** What keeps the drawing of a formula within bounds, wherever it is drawn: it may load, link and run nothing, and it ends. */

/** Characters; more is no formula, and would be felt at each key. */
export const LONGEST_FORMULA = 5000

/** Options of KaTeX. */
export const FORMULA_LIMITS = {
  throwOnError: true,
  strict: 'ignore',
  trust: false,
  maxExpand: 500,
  maxSize: 20,
} as const
