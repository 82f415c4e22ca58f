/** The committed baseline: the ratios that were once measured, which later ones must not fall far behind. */
import fs from 'node:fs'
import type { Line } from './line.ts'
import type { MachineFacts } from './machine.ts'

export interface Baseline {
  readonly machine: MachineFacts | null
  readonly lines: Readonly<Record<string, KeptLine>>
}

/** A ratio with its spread, or a figure on its own, in its unit. */
interface KeptLine {
  readonly middle: number
  readonly low: number
  readonly high: number
  readonly unit: string
}

const FILE = new URL('baseline.json', import.meta.url)

/** Empty when none was ever kept. */
export function readBaseline(): Baseline {
  if (!fs.existsSync(FILE)) return { machine: null, lines: {} }
  return JSON.parse(fs.readFileSync(FILE, 'utf8')) as Baseline
}

/** Keeps what was measured; lines that were not measured this time stay as they were. */
export function keepBaseline(machine: MachineFacts, lines: readonly Line[]): void {
  const kept: Record<string, KeptLine> = { ...readBaseline().lines }
  for (const { name, against, unit, ...line } of lines) {
    kept[name] = {
      middle: rounded(line.middle),
      low: rounded(line.low),
      high: rounded(line.high),
      unit: against === null ? unit : 'ratio',
    }
  }
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)))
  const baseline: Baseline = { machine, lines: sorted }
  fs.writeFileSync(FILE, `${JSON.stringify(baseline, null, 2)}\n`)
}

/**
 * The lines whose ratio is further above its baseline than the line tolerates, and whose every round was above it: one
 * slow moment of the machine is no regression.
 */
export function worseThan(baseline: Baseline, lines: readonly Line[]): Line[] {
  return lines.filter((line) => {
    const before = baseline.lines[line.name]
    if (line.against === null || before === undefined) return false
    return line.middle > before.middle * line.tolerance && line.low > before.middle
  })
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
