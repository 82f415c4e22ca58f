/** A line of the table: one thing measured, and what it is measured beside. */
import { median } from './quantile.ts'
import type { Round } from './rounds.ts'

export type Unit = 'µs' | 'ms' | 'bytes' | 'MB' | 'a second'

export interface Line {
  /** Names the line for ever: the baseline is kept by it. */
  readonly name: string
  readonly what: string
  /** Medians over the rounds. */
  readonly ours: number
  readonly unit: Unit
  /** What it stands beside; null for a figure on its own, which is never judged. */
  readonly against: { readonly what: string; readonly value: number } | null
  /** The median of the rounds' ratios, and the lowest and highest of them; of figures on their own, of the values. */
  readonly middle: number
  readonly low: number
  readonly high: number
  /** The ratio that is aimed at. */
  readonly target: number | null
  /** How many times its baseline the ratio may become before `--guard` fails. */
  readonly tolerance: number
}

export interface LineFacts {
  readonly name: string
  readonly what: string
  readonly unit: Unit
  readonly against: string
  readonly target?: number
  readonly tolerance?: number
}

/** Medians of times move this much between runs on a machine that does other things too. */
const ORDINARY_TOLERANCE = 1.5

export function ratioLine(facts: LineFacts, rounds: readonly Round<number>[]): Line {
  const ratios = rounds.map(({ ours, theirs }) => ours / theirs)
  return {
    name: facts.name,
    what: facts.what,
    unit: facts.unit,
    ours: median(rounds.map(({ ours }) => ours)),
    against: { what: facts.against, value: median(rounds.map(({ theirs }) => theirs)) },
    middle: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    target: facts.target ?? null,
    tolerance: facts.tolerance ?? ORDINARY_TOLERANCE,
  }
}

export function figureLine(facts: Pick<LineFacts, 'name' | 'what' | 'unit'>, values: readonly number[]): Line {
  const middle = median(values)
  return {
    ...facts,
    ours: middle,
    against: null,
    middle,
    low: Math.min(...values),
    high: Math.max(...values),
    target: null,
    tolerance: Number.POSITIVE_INFINITY,
  }
}
