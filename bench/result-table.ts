/** The table a person reads: each line's ratio, its spread, its target and its baseline. */
import type { Baseline } from './baseline.ts'
import type { Line } from './line.ts'

const HEADINGS = ['measured', 'ours', 'beside', 'theirs', 'ratio', 'spread', 'target', 'baseline', ''] as const
/** Columns of words stand left, columns of numbers right. */
const WORDS = new Set([0, 2, 8])

export function resultTable(lines: readonly Line[], baseline: Baseline): string {
  const rows = [[...HEADINGS], ...lines.map((line) => cells(line, baseline))]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          WORDS.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells(line: Line, baseline: Baseline): string[] {
  const before = baseline.lines[line.name]
  const spread = `${short(line.low)}–${short(line.high)}`
  const kept = before === undefined ? '–' : short(before.middle)
  if (line.against === null) return [line.what, amount(line.ours, line.unit), '', '', '', spread, '', kept, '']
  const verdict = line.target === null ? '' : line.middle <= line.target ? 'reached' : 'missed'
  return [
    line.what,
    amount(line.ours, line.unit),
    line.against.what,
    amount(line.against.value, line.unit),
    short(line.middle),
    spread,
    line.target === null ? '' : `≤ ${line.target}`,
    kept,
    verdict,
  ]
}

function amount(value: number, unit: string): string {
  return `${unit === 'bytes' ? value.toFixed(0) : short(value)} ${unit}`
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
