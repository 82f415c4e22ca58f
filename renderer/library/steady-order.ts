/** Rows that keep the order they had, whatever order they come in; new ones come first, as what was just made does. */
export function steadyOrder<Row>(
  before: readonly Row[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
): readonly Row[] {
  const now = new Map(rows.map((row) => [idOf(row), row]))
  const known = new Set(before.map(idOf))
  const kept = before.flatMap((row) => now.get(idOf(row)) ?? [])
  return [...rows.filter((row) => !known.has(idOf(row))), ...kept]
}
